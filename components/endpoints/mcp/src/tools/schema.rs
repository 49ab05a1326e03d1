//! JSON Schema (2020-12) of what tools take and give, from the types themselves.

use mcp_protocol::model::JsonObject;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// The two schemas of a tool.
pub(super) struct Schemas {
    input: JsonObject,
    pub(super) output: JsonObject,
}

impl Schemas {
    /// The schemas of a tool that takes an `I` and gives an `O`.
    pub(super) fn of<I: JsonSchema, O: JsonSchema>() -> Self {
        // Models read input schemas, and not every client follows references in them.
        let input = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        let output = SchemaSettings::draft2020_12().for_serialize();
        Self { input: object::<I>(input), output: object::<O>(output) }
    }

    /// Adds a member that may be left out to the input.
    pub(super) fn input_member(&mut self, name: &str, schema: Value) {
        if let Some(properties) = self.input.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert(name.to_owned(), schema);
        }
    }

    /// The input schema with calls that show how the tool is used.
    pub(super) fn input_with_examples(&self, examples: Vec<Value>) -> JsonObject {
        let mut input = self.input.clone();
        if !examples.is_empty() {
            input.insert("examples".to_owned(), Value::Array(examples));
        }
        input
    }
}

fn object<T: JsonSchema>(settings: SchemaSettings) -> JsonObject {
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    close(&mut schema);
    match schema {
        Value::Object(mut schema) => {
            // The name of a Rust type says nothing to a client.
            schema.remove("title");
            schema
        }
        // A type whose values are no objects can't be the input or output of a tool.
        _ => JsonObject::new(),
    }
}

/// Says what the types can't: that no other members are taken or given. Takes out the formats of integers, which only
/// Rust has; the limits they stand for are there as numbers.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let is = |wanted: &str| match members.get("type") {
                Some(Value::String(kind)) => kind == wanted,
                Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == wanted),
                _ => false,
            };
            let (is_object, is_integer) = (is("object"), is("integer"));
            if is_object {
                members.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            if is_integer {
                members.remove("format");
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use task_model::types::{NewTask, Overview, OverviewQuery, TaskChanges, TaskPage};

    use super::*;

    #[test]
    fn an_input_schema_is_whole_closed_and_says_what_is_required() {
        let schema = Value::Object(Schemas::of::<NewTask, TaskPage>().input);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["type"], "object");
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], json!(["title"]));
        assert!(schema.get("title").is_none());
        assert!(!schema.to_string().contains("$ref"));
        assert!(
            Value::Object(Schemas::of::<TaskChanges, TaskPage>().input).to_string().contains("\"clear\"")
        );
    }

    #[test]
    fn every_object_of_an_output_schema_is_closed() {
        let schema = Value::Object(Schemas::of::<OverviewQuery, Overview>().output);
        assert_eq!(schema["additionalProperties"], false);
        for definition in schema["$defs"].as_object().unwrap().values() {
            assert!(
                definition["type"] != "object" || definition["additionalProperties"] == false,
                "{definition}"
            );
        }
        assert!(!schema.to_string().contains("uint"));
    }

    #[test]
    fn a_member_called_properties_would_not_confuse_it() {
        let mut schema = json!({"type": "object", "properties": {"properties": {"type": "string"}}});
        close(&mut schema);
        assert_eq!(
            schema,
            json!({"type": "object", "properties": {"properties": {"type": "string"}}, "additionalProperties": false})
        );
    }
}
