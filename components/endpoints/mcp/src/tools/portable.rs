//! Schemas in the form that every client takes.
//!
//! Programs behind MCP clients map schemas onto dialects of one `type` each; some refuse every request while a tool has
//! another. So an optional member of an input has the plain type of its value, and can be left out. The tools take `null` for
//! it all the same. In what a tool gives, `null` is a value: it is an alternative of its own there, which those programs
//! never read.

use serde_json::{Map, Value, json};

/// Takes `null` out of the types, the names and the alternatives of an input.
pub(super) fn without_null(schema: &mut Value) {
    if let Value::Object(members) = schema {
        if let Some(only) = members.get("type").and_then(only_type) {
            members.insert("type".to_owned(), only);
        }
        if let Some(Value::Array(names)) = members.get_mut("enum") {
            names.retain(|name| !name.is_null());
        }
        if let Some(only) = members.get("anyOf").and_then(only_alternative) {
            members.remove("anyOf");
            // What is said of the member itself counts, not what is said of its type.
            for (keyword, value) in only {
                members.entry(keyword).or_insert(value);
            }
        }
    }
    each_part(schema, without_null);
}

/// Writes each type of a value as an alternative of its own.
pub(super) fn with_alternatives(schema: &mut Value) {
    if let Value::Object(members) = schema
        && let Some(only) = members.get("type").and_then(only_type)
    {
        let mut alternative = std::mem::take(members);
        if let Some(description) = alternative.remove("description") {
            members.insert("description".to_owned(), description);
        }
        alternative.insert("type".to_owned(), only);
        if let Some(Value::Array(names)) = alternative.get_mut("enum") {
            names.retain(|name| !name.is_null());
        }
        members.insert("anyOf".to_owned(), json!([alternative, {"type": "null"}]));
    }
    each_part(schema, with_alternatives);
}

/// The type beside `null`.
fn only_type(types: &Value) -> Option<Value> {
    let types = types.as_array().filter(|types| types.iter().any(|name| name == "null"))?;
    let mut others = types.iter().filter(|name| *name != "null");
    others.next().filter(|_| others.next().is_none()).cloned()
}

/// The alternative beside `null`.
fn only_alternative(alternatives: &Value) -> Option<Map<String, Value>> {
    let alternatives = alternatives.as_array()?;
    let is_null = |schema: &&Value| schema.get("type") == Some(&json!("null"));
    let mut others = alternatives.iter().filter(|schema| !is_null(schema));
    others.next().filter(|_| others.next().is_none())?.as_object().cloned()
}

fn each_part(schema: &mut Value, change: impl Fn(&mut Value)) {
    match schema {
        Value::Object(members) => members.values_mut().for_each(change),
        Value::Array(items) => items.iter_mut().for_each(change),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_member_of_an_input_has_the_type_of_its_value() {
        let mut schema = json!({"properties": {
            "due": {"type": ["string", "null"], "description": "When."},
            "labels": {"type": ["array", "null"], "items": {"type": "string"}},
            "priority": {"type": ["string", "null"], "enum": ["high", null]},
            "filter": {"description": "Which.", "anyOf": [{"type": "object", "description": "A filter."}, {"type": "null"}]},
        }});
        without_null(&mut schema);
        assert_eq!(
            schema,
            json!({"properties": {
                "due": {"type": "string", "description": "When."},
                "labels": {"type": "array", "items": {"type": "string"}},
                "priority": {"type": "string", "enum": ["high"]},
                "filter": {"description": "Which.", "type": "object"},
            }})
        );
    }

    #[test]
    fn what_a_tool_gives_may_be_null_and_says_so_as_an_alternative() {
        let mut schema = json!({"properties": {"due": {"type": ["string", "null"], "description": "When."}}});
        with_alternatives(&mut schema);
        assert_eq!(
            schema,
            json!({"properties": {"due": {
                "description": "When.", "anyOf": [{"type": "string"}, {"type": "null"}],
            }}})
        );
    }
}
