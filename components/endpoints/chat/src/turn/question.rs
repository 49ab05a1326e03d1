//! The sentence that asks before something is done that can't be taken back.

use serde_json::{Map, Value};

/// One call to ask about.
pub struct Asked<'a> {
    /// The tool's name.
    pub tool: &'a str,
    /// The tool's name for people.
    pub title: &'a str,
    /// The call's input.
    pub arguments: &'a Map<String, Value>,
    /// The title of the task it is about, if it is about one.
    pub task: Option<String>,
}

/// The tool whose question has words of its own.
pub const DELETE: &str = "delete_task";

/// The question about all of these calls: a yes runs every one, so every one is named.
pub fn prompt(calls: &[Asked<'_>]) -> String {
    let (deletions, others): (Vec<_>, Vec<_>) = calls.iter().partition(|call| call.tool == DELETE);
    let mut parts = Vec::new();
    match deletions.as_slice() {
        [] => {}
        [one] => parts.push(format!("delete {}", subject(one))),
        several => {
            let subjects: Vec<String> = several.iter().map(|call| subject(call)).collect();
            parts.push(format!("delete these {} tasks: {}", several.len(), listed(&subjects)));
        }
    }
    parts.extend(others.iter().map(|call| other(call)));
    format!("Shall I {}? Please answer yes or no.", listed(&parts))
}

fn subject(call: &Asked<'_>) -> String {
    match &call.task {
        Some(title) => format!("“{title}”"),
        None => format!(
            "the task {}",
            call.arguments.get("id").and_then(Value::as_str).unwrap_or("without an id")
        ),
    }
}

fn other(call: &Asked<'_>) -> String {
    let about = match &call.task {
        Some(title) => format!(" for “{title}”"),
        None => String::new(),
    };
    format!("run “{}”{about} with {}", call.title, Value::Object(call.arguments.clone()))
}

fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asked<'a>(tool: &'a str, arguments: &'a Value, task: Option<&str>) -> Asked<'a> {
        let arguments = arguments.as_object().unwrap();
        Asked { tool, title: "Empty the trash", arguments, task: task.map(str::to_owned) }
    }

    #[test]
    fn every_call_that_a_yes_runs_is_named() {
        let input = json!({"id": "7"});
        let delete = |task| asked(DELETE, &input, task);
        assert_eq!(prompt(&[delete(Some("milk"))]), "Shall I delete “milk”? Please answer yes or no.");
        assert_eq!(prompt(&[delete(None)]), "Shall I delete the task 7? Please answer yes or no.");
        assert_eq!(
            prompt(&[delete(Some("a")), delete(Some("b")), delete(Some("c"))]),
            "Shall I delete these 3 tasks: “a”, “b” and “c”? Please answer yes or no."
        );
        assert_eq!(
            prompt(&[delete(Some("a")), asked("empty_trash", &input, None)]),
            "Shall I delete “a” and run “Empty the trash” with {\"id\":\"7\"}? Please answer yes or no."
        );
    }
}
