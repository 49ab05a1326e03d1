//! The schemas of what tools take and answer, from the types themselves.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use task_model::{limits, types};

use super::rules;

macro_rules! schemas {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
        fn add_inputs(generator: &mut SchemaGenerator) {
            $(add::<types::$input>(generator);)+
        }

        fn add_outputs(generator: &mut SchemaGenerator) {
            $(add::<types::$output>(generator);)+
        }
    };
}
tool_catalog::with_tools!(schemas);

/// The document's `components` with these schemas alone.
pub(super) fn components() -> Value {
    let mut schemas = definitions(SchemaSettings::draft2020_12().for_deserialize(), add_inputs);
    // A member that is not listed is refused, so the schema refuses it too.
    for schema in schemas.values_mut().filter_map(Value::as_object_mut) {
        if schema.contains_key("properties") {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    schemas.extend(definitions(SchemaSettings::draft2020_12().for_serialize(), |generator| {
        add_outputs(generator);
        add::<problem_details::Body<'_>>(generator);
    }));
    for (name, schema) in &mut schemas {
        limits::write(name, schema);
    }
    for (changes, name, of, always) in [
        ("TaskChanges", "TaskPatch", "a task", &["title"][..]),
        ("ListChanges", "ListPatch", "a list", &["name", "before", "after", "archived"]),
    ] {
        if let Some(changes) = schemas.shift_remove(changes) {
            schemas.insert(name.to_owned(), patch(changes, of, always));
        }
    }
    rules::write(&mut schemas);
    json!({ "components": { "schemas": schemas } })
}

fn definitions(
    mut settings: SchemaSettings,
    add_all: impl FnOnce(&mut SchemaGenerator),
) -> Map<String, Value> {
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    add_all(&mut generator);
    generator.take_definitions(true)
}

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// A patch is what `update_task` or `update_list` takes, without what the path and `If-Match` say, and with `null` for `clear`; not for
/// what it is never without.
fn patch(mut changes: Value, of: &str, always: &[&str]) -> Value {
    let Some(schema) = changes.as_object_mut() else { return changes };
    schema.shift_remove("required");
    schema.insert(
        "description".to_owned(),
        json!(format!(
            "What to change about {of} (RFC 7396). What is left out stays as it is, `null` removes."
        )),
    );
    if let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for name in ["id", "version", "clear"] {
            members.shift_remove(name);
        }
        for name in always {
            if let Some(kind) = members.get_mut(*name).and_then(|member| member.get_mut("type"))
                && let Some(only) =
                    kind.as_array().and_then(|types| types.iter().find(|kind| *kind != "null"))
            {
                *kind = only.clone();
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(pointer: &str) -> Value {
        components()
            .pointer(&format!("/components/schemas/{pointer}"))
            .cloned()
            .unwrap_or_else(|| panic!("{pointer}"))
    }

    #[test]
    fn a_task_always_has_all_its_members() {
        let required = schema("Task/required");
        for member in ["id", "title", "notes", "due", "completed_at", "version"] {
            assert!(required.as_array().unwrap().contains(&json!(member)), "{member}");
        }
    }

    #[test]
    fn a_patch_can_remove_all_but_the_title_and_sets_nothing_that_is_read_only() {
        let members = schema("TaskPatch/properties");
        assert_eq!(
            members.as_object().unwrap().keys().collect::<Vec<_>>(),
            [
                "title",
                "notes",
                "due",
                "time_zone",
                "priority",
                "labels",
                "list_id",
                "parent_id",
                "recurrence"
            ]
        );
        assert_eq!(members["title"]["type"], "string");
        assert_eq!(members["notes"]["type"], json!(["string", "null"]));
    }

    #[test]
    fn inputs_refuse_members_that_are_not_listed_and_name_their_limits() {
        for input in ["NewTask", "TaskPatch", "TaskQuery", "TaskFilter", "TaskSelection", "Restoration"] {
            assert_eq!(schema(&format!("{input}/additionalProperties")), json!(false), "{input}");
        }
        assert_eq!(schema("NewTask/properties/title/maxLength"), 200);
        assert_eq!(schema("TaskPatch/properties/labels/items/maxLength"), 50);
        assert_eq!(schema("TaskQuery/properties/limit/maximum"), 100);
        assert_eq!(schema("TaskFilter/properties/ids/maxItems"), 100);
    }

    #[test]
    fn a_problem_is_described_by_its_type() {
        assert_eq!(
            schema("Problem/properties/errors/items"),
            json!({"$ref": "#/components/schemas/Violation"})
        );
        assert_eq!(schema("Problem/required"), json!(["type", "title", "status", "detail"]));
    }
}
