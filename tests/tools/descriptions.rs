//! What the components say of themselves is what their crates say, and their examples are inputs that they take.

use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

#[test]
fn every_example_is_an_input_that_the_tool_understands() {
    let tools = ToolHarness::shared();
    let user = tools.user().in_zone("Europe/Berlin");
    for tool in tool_catalog::folders() {
        let description = tools.description(&tool);
        let examples = description["examples"].as_array().unwrap();
        assert!(examples.len() >= 2, "{tool} has {} examples", examples.len());
        for example in examples {
            let input: Value = serde_json::from_str(example["arguments"].as_str().unwrap()).unwrap();
            let answer = user.call(&tool, input.clone());
            // Ids in examples are nobody's.
            let is_nobodys = ["not_found", "list_not_found", "reminder_not_found", "action_not_found"]
                .iter()
                .any(|case| answer["error"].get(*case).is_some());
            let understood = answer.get("ok").is_some() || is_nobodys;
            assert!(understood, "{tool} {input}: {answer}");
        }
    }
}

#[test]
fn the_hints_are_true() {
    let tools = ToolHarness::shared();
    for tool in tool_catalog::folders() {
        let description = tools.description(&tool);
        let reads = description["scope"] == "tasks:read";
        assert_eq!(description["read_only"], json!(reads), "{tool}");
        assert_eq!(description["destructive"], json!(tool.starts_with("delete-")), "{tool}");
        // A task that repeats stands for its next occurrence when it is completed or skipped once more, and undoing goes on to what was
        // done before.
        let adds_up = [
            "add-task",
            "quick-add-task",
            "add-list",
            "add-reminder",
            "complete-task",
            "skip-occurrence",
            "undo-action",
            "redo-action",
        ];
        let adds_up = adds_up.contains(&tool.as_str());
        assert_eq!(description["idempotent"], json!(!adds_up), "{tool}");
        assert!((1..=1000).contains(&description["latency_objective"].as_u64().unwrap()));
    }
}

#[test]
fn what_can_not_be_taken_back_or_touches_many_needs_consent() {
    let tools = ToolHarness::shared();
    for tool in tool_catalog::folders() {
        let description = tools.description(&tool);
        let expected = match tool.as_str() {
            "delete-task" | "delete-list" => "one",
            "delete-tasks" | "complete-tasks" => "many",
            _ => "none",
        };
        assert_eq!(description["consent"], expected, "{tool}");
        let may_need_none = description["destructive"] == json!(false);
        assert!(may_need_none || description["consent"] != "none", "{tool} destroys without asking");
    }
}

#[test]
fn every_tool_has_words_for_people() {
    let tools = ToolHarness::shared();
    for tool in tool_catalog::folders() {
        let description = tools.description(&tool);
        for member in ["verb", "running", "done"] {
            let words = description["wording"][member].as_str().unwrap();
            assert!(!words.trim().is_empty() && words.len() <= 40, "{tool}: {member} is {words:?}");
        }
        // A chip that can't count says the same of one task and of a hundred.
        let counts = description["wording"]["running"].as_str().unwrap().contains("{tasks}");
        let is_about_tasks = description["read_only"] == json!(false)
            && !tool.ends_with("-list")
            && !tool.ends_with("-reminder")
            && !tool.ends_with("-action");
        assert_eq!(counts, is_about_tasks, "{tool}");
    }
}
