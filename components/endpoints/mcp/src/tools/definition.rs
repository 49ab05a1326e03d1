//! What a list says of a tool.

use std::sync::Arc;

use mcp_protocol::{
    ToolDefinition,
    model::{MetaObject, Tool, ToolAnnotations},
};
use serde_json::{Value, json};
use task_model::{Named, types::Description};

use super::{ListedTool, confirmation::CONFIRM, schema::Schemas};

/// The entry of a tool, from what it says of itself and from the types it takes and gives. A client that can ask
/// the person is not told of the member by which a call says that they agree: it would not count.
pub(super) fn write(listed: &ListedTool, can_ask: bool) -> Result<ToolDefinition, serde_json::Error> {
    let mut schemas = listed.operation.schemas();
    if listed.needs_consent() && !can_ask {
        schemas.input_member(CONFIRM, confirm_schema());
    }
    ToolDefinition::new(&tool(listed.description(), schemas))
}

fn tool(description: &Description, schemas: Schemas) -> Tool {
    let annotations = ToolAnnotations::with_title(description.title.clone())
        .read_only(description.read_only)
        .destructive(description.destructive)
        .idempotent(description.idempotent)
        // A tool reaches its user's tasks and nothing else.
        .open_world(false);
    let examples =
        description.examples.iter().filter_map(|example| serde_json::from_str(&example.arguments).ok());
    let input = schemas.input_with_examples(examples.collect());
    Tool::new(description.name.clone(), description.description.clone(), Arc::new(input))
        .with_title(description.title.clone())
        .with_raw_output_schema(Arc::new(schemas.output))
        .with_annotations(annotations)
        .with_meta(meta(description))
}

/// What this endpoint adds to the input of tools that need the person's consent.
fn confirm_schema() -> Value {
    json!({
        "type": "boolean",
        "description": "true: the person has been asked and agrees.",
    })
}

/// What the protocol has no member for.
fn meta(description: &Description) -> MetaObject {
    let mut meta = MetaObject::default();
    meta.insert("todo/version".to_owned(), json!(description.version));
    meta.insert("todo/scope".to_owned(), json!(description.scope));
    meta.insert("todo/latency-objective-ms".to_owned(), json!(description.latency_objective));
    meta.insert("todo/consent".to_owned(), json!(description.consent.name()));
    meta.insert("todo/duration".to_owned(), json!(description.duration.name()));
    meta.insert("todo/wording".to_owned(), json!(description.wording));
    meta
}

#[cfg(test)]
mod tests {
    use task_model::describe::wording;
    use task_model::types::{Consent, Duration, Example, NewTask, Task};

    use super::*;

    #[test]
    fn a_definition_says_what_the_tool_says_and_what_its_types_say() {
        let description = Description {
            name: "add_task".into(),
            title: "Add a task".into(),
            description: "Adds one task.".into(),
            version: "1.0.0".into(),
            read_only: false,
            destructive: false,
            idempotent: false,
            scope: "tasks:write".into(),
            consent: Consent::None,
            duration: Duration::Short,
            wording: wording("add", "Adding {tasks}", "Added {tasks}"),
            examples: vec![Example {
                request: "buy milk".into(),
                arguments: r#"{"title":"buy milk"}"#.into(),
            }],
            latency_objective: 50,
            skill: String::new(),
        };
        let tool: Value = serde_json::to_value(tool(&description, Schemas::new::<NewTask, Task>())).unwrap();
        assert_eq!(tool["name"], "add_task");
        assert_eq!(tool["title"], "Add a task");
        assert_eq!(
            tool["annotations"],
            json!({"title": "Add a task", "readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": false})
        );
        assert_eq!(tool["inputSchema"]["examples"], json!([{"title": "buy milk"}]));
        assert_eq!(tool["outputSchema"]["additionalProperties"], false);
        assert_eq!(
            tool["_meta"],
            json!({
                "todo/version": "1.0.0", "todo/scope": "tasks:write", "todo/latency-objective-ms": 50,
                "todo/consent": "none", "todo/duration": "short",
                "todo/wording": {"verb": "add", "running": "Adding {tasks}", "done": "Added {tasks}"},
            })
        );
    }
}
