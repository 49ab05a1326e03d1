//! JSON Schema (2020-12) of what tools take and give, from the types themselves.

use mcp_protocol::model::JsonObject;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;
use task_model::limits;

use super::portable;

/// The two schemas of a tool.
pub(super) struct Schemas {
    input: JsonObject,
    pub(super) output: JsonObject,
}

impl Schemas {
    /// The schemas of a tool that takes an `I` and gives an `O`.
    pub(super) fn new<I: JsonSchema, O: JsonSchema>() -> Self {
        // Models read input schemas, and not every client follows references in them.
        let input = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        let output = SchemaSettings::draft2020_12().for_serialize();
        let input = object::<I>(input, |schema| {
            portable::without_null(schema);
            limits::write(&I::schema_name(), schema);
        });
        Self { input, output: object::<O>(output, portable::with_alternatives) }
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

fn object<T: JsonSchema>(settings: SchemaSettings, adapt: impl Fn(&mut Value)) -> JsonObject {
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    adapt(&mut schema);
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
    use crate::tools::Operation;

    #[test]
    fn an_input_schema_is_whole_closed_and_says_what_is_required() {
        let schema = Value::Object(Schemas::new::<NewTask, TaskPage>().input);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["type"], "object");
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], json!(["title"]));
        assert!(schema.get("title").is_none());
        assert!(!schema.to_string().contains("$ref"));
        assert!(
            Value::Object(Schemas::new::<TaskChanges, TaskPage>().input).to_string().contains("\"clear\"")
        );
    }

    /// Every schema in a schema, with where it is; `properties` and `$defs` hold schemas by names of others' choice.
    fn each_schema(schema: &Value, place: &str, visit: &mut impl FnMut(&str, &Value)) {
        visit(place, schema);
        for holder in ["properties", "$defs"] {
            for (name, member) in schema[holder].as_object().into_iter().flatten() {
                each_schema(member, &format!("{place}/{holder}/{name}"), visit);
            }
        }
        if schema["items"].is_object() {
            each_schema(&schema["items"], &format!("{place}/items"), visit);
        }
        for (number, part) in schema["anyOf"].as_array().into_iter().flatten().enumerate() {
            each_schema(part, &format!("{place}/anyOf/{number}"), visit);
        }
    }

    #[test]
    fn every_client_can_take_the_schema_of_every_tool() {
        for operation in Operation::ALL {
            let schemas = operation.schemas();
            let name = operation.name();
            each_schema(&Value::Object(schemas.input), name, &mut |place, schema| {
                for keyword in ["anyOf", "oneOf", "allOf", "$ref", "$defs", "not", "format", "pattern"] {
                    assert!(schema.get(keyword).is_none(), "{place} has {keyword}: {schema}");
                }
                assert!(schema["type"].is_string(), "{place}: {schema}");
                let names = schema["enum"].as_array().cloned().unwrap_or_default();
                assert!(names.iter().all(Value::is_string), "{place}: {schema}");
                let is_member = place.rsplit('/').nth(1) == Some("properties");
                assert!(!is_member || schema["description"].is_string(), "{place} says nothing of itself");
            });
            each_schema(&Value::Object(schemas.output), name, &mut |place, schema| {
                let is_one = ["type", "anyOf", "$ref"].iter().any(|keyword| schema.get(*keyword).is_some());
                assert!(is_one && !schema["type"].is_array(), "{place}: {schema}");
                let names = schema["enum"].as_array().cloned().unwrap_or_default();
                assert!(names.iter().all(Value::is_string), "{place}: {schema}");
            });
        }
    }

    #[test]
    fn the_limits_of_the_words_are_in_the_schemas() {
        let input = |operation: Operation| Value::Object(operation.schemas().input);
        assert_eq!(input(Operation::AddTask).pointer("/properties/title/maxLength"), Some(&json!(200)));
        assert_eq!(input(Operation::ListTasks).pointer("/properties/limit/maximum"), Some(&json!(100)));
        assert_eq!(input(Operation::Overview).pointer("/properties/days/minimum"), Some(&json!(1)));
        for many in [Operation::ExportTasks, Operation::DeleteTasks] {
            let ids = input(many).pointer("/properties/filter/properties/ids/maxItems").cloned();
            assert_eq!(ids, Some(json!(100)), "{}", many.name());
        }
    }

    #[test]
    fn every_object_of_an_output_schema_is_closed() {
        let schema = Value::Object(Schemas::new::<OverviewQuery, Overview>().output);
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
