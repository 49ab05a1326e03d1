//! Leaves out schemas that no operation uses: the tools have types that stand in a path or a header.

use std::collections::BTreeSet;

use serde_json::Value;

const SCHEMAS: &str = "/components/schemas";

/// The names of the schemas that operations use: in a `$ref`, or as a query (`x-query`).
pub(super) fn schemas_in(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for place in ["/paths", "/components/parameters", "/components/headers"] {
        document.pointer(place).into_iter().for_each(|value| collect(value, &mut found));
    }
    found
}

/// Keeps these schemas and those that they use themselves.
pub(super) fn keep(document: &mut Value, names: BTreeSet<String>) {
    let Some(schemas) = document.pointer_mut(SCHEMAS).and_then(Value::as_object_mut) else { return };
    let mut kept = BTreeSet::new();
    let mut open = names;
    while let Some(name) = open.pop_first() {
        if kept.contains(&name) {
            continue;
        }
        schemas.get(&name).into_iter().for_each(|schema| collect(schema, &mut open));
        kept.insert(name);
    }
    schemas.retain(|name, _| kept.contains(name));
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            let query = members.get("x-query").and_then(|query| query.get("schema")).and_then(Value::as_str);
            let names = [reference.and_then(|path| path.strip_prefix("#/components/schemas/")), query];
            found.extend(names.into_iter().flatten().map(str::to_owned));
            members.values().for_each(|member| collect(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_is_kept_that_an_operation_or_a_kept_schema_uses() {
        let mut document = json!({
            "paths": { "/x": { "get": {
                "x-query": { "schema": "Query" },
                "responses": [{ "schema": { "$ref": "#/components/schemas/List" } }]
            } } },
            "components": { "schemas": {
                "Query": {},
                "List": { "items": { "$ref": "#/components/schemas/Item" } },
                "Item": { "next": { "$ref": "#/components/schemas/Item" } },
                "Unused": { "$ref": "#/components/schemas/AlsoUnused" },
                "AlsoUnused": {}
            } }
        });
        let used = schemas_in(&document);
        keep(&mut document, used);
        let kept: Vec<&String> = document["components"]["schemas"].as_object().unwrap().keys().collect();
        assert_eq!(kept, ["Query", "List", "Item"]);
    }
}
