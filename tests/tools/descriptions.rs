//! What the components say of themselves is what their crates say, and their examples are inputs that they take.

use serde_json::{Value, json};

use crate::door::Door;
use crate::skills::TOOLS;

#[test]
fn every_example_is_an_input_that_the_tool_understands() {
    let door = Door::shared();
    let user = door.user().in_zone("Europe/Berlin");
    for (tool, _) in TOOLS {
        let description = door.description(tool);
        let examples = description["examples"].as_array().unwrap();
        assert!(examples.len() >= 2, "{tool} has {} examples", examples.len());
        for example in examples {
            let input: Value = serde_json::from_str(example["arguments"].as_str().unwrap()).unwrap();
            let answer = user.call(tool, input.clone());
            let understood = answer.get("ok").is_some() || answer["error"] == json!({ "not_found": true });
            assert!(understood, "{tool} {input}: {answer}");
        }
    }
}

#[test]
fn the_hints_are_true() {
    let door = Door::shared();
    for (tool, _) in TOOLS {
        let description = door.description(tool);
        let reads = description["scope"] == "tasks:read";
        assert_eq!(description["read_only"], json!(reads), "{tool}");
        assert_eq!(description["destructive"], json!(tool.starts_with("delete-")), "{tool}");
        assert_eq!(description["idempotent"], json!(tool != "add-task"), "{tool}");
        assert!((1..=1000).contains(&description["latency_objective"].as_u64().unwrap()));
    }
}
