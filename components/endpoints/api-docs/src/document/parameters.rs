//! The members of a tool's input (`x-query`) as query parameters.

use serde_json::{Map, Value, json};

use super::Error;

/// Expands `x-query`: `schema` names the input, `rename` members that have another name as parameters.
pub(super) fn expand(operation: &mut Map<String, Value>, schemas: &Map<String, Value>) -> Result<(), Error> {
    let Some(query) = operation.shift_remove("x-query") else { return Ok(()) };
    let name = query.get("schema").and_then(Value::as_str).unwrap_or_default();
    let schema = schemas.get(name).ok_or_else(|| Error::Unknown(name.to_owned()))?;
    let required = schema.get("required").and_then(Value::as_array);
    let members = schema.get("properties").and_then(Value::as_object);
    let mut parameters: Vec<Value> = Vec::new();
    for (member, schema) in members.into_iter().flatten() {
        let name = query.pointer(&format!("/rename/{member}")).and_then(Value::as_str).unwrap_or(member);
        let is_required = required.is_some_and(|required| required.iter().any(|other| other == member));
        parameters.push(parameter(name, is_required, schema));
    }
    if let Some(Value::Array(present)) = operation.shift_remove("parameters") {
        parameters.extend(present);
    }
    operation.insert("parameters".to_owned(), Value::Array(parameters));
    Ok(())
}

fn parameter(name: &str, is_required: bool, schema: &Value) -> Value {
    let mut schema = without_null(schema);
    let description = schema.as_object_mut().and_then(|schema| schema.shift_remove("description"));
    let is_list = schema.get("type") == Some(&json!("array"));
    let mut parameter = json!({
        "name": name, "in": "query", "required": is_required, "description": description, "schema": schema,
    });
    // A list is one parameter, separated by commas.
    if let Some(members) = parameter.as_object_mut().filter(|_| is_list) {
        members.insert("explode".to_owned(), json!(false));
    }
    parameter
}

/// A parameter is left out, never null.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            if let Some(name) = schema.get_mut("type") {
                *name = only;
            }
        }
    }
    let is_null = |alternative: &Value| alternative.get("type") == Some(&json!("null"));
    // Other alternatives, such as those of formats, stay as they are.
    let has_null = schema.get("anyOf").and_then(Value::as_array).is_some_and(|any| any.iter().any(is_null));
    let alternatives =
        schema.as_object_mut().filter(|_| has_null).and_then(|schema| schema.shift_remove("anyOf"));
    if let (Some(Value::Array(alternatives)), Some(schema)) = (alternatives, schema.as_object_mut()) {
        let real = alternatives.into_iter().find(|alternative| !is_null(alternative));
        if let Some(Value::Object(real)) = real {
            schema.extend(real);
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_member_becomes_a_parameter_that_can_be_left_out() {
        let schemas = json!({"Query": {
            "properties": {
                "query": {"type": "string", "description": "Words."},
                "limit": {"type": ["integer", "null"], "minimum": 0},
                "status": {"description": "Which.", "anyOf": [{"$ref": "#/x"}, {"type": "null"}]}
            },
            "required": ["query"]
        }});
        let mut operation =
            json!({"x-query": {"schema": "Query", "rename": {"query": "q"}}, "parameters": ["kept"]});
        expand(operation.as_object_mut().unwrap(), schemas.as_object().unwrap()).unwrap();
        assert_eq!(
            operation,
            json!({"parameters": [
                {"name": "q", "in": "query", "required": true, "description": "Words.", "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "required": false, "description": null,
                 "schema": {"type": "integer", "minimum": 0}},
                {"name": "status", "in": "query", "required": false, "description": "Which.",
                 "schema": {"$ref": "#/x"}},
                "kept"
            ]})
        );
    }

    #[test]
    fn a_list_is_one_parameter_separated_by_commas() {
        let ids = parameter("ids", false, &json!({"type": ["array", "null"], "items": {"type": "string"}}));
        assert_eq!((&ids["explode"], &ids["schema"]["type"]), (&json!(false), &json!("array")));
    }

    #[test]
    fn a_schema_that_is_not_there_is_an_error() {
        let mut operation = json!({"x-query": {"schema": "Nothing"}});
        assert!(expand(operation.as_object_mut().unwrap(), &Map::new()).is_err());
    }
}
