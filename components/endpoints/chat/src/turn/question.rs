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
    /// What it is about.
    pub about: About,
}

/// What a call is about, as far as a person knows it.
pub enum About {
    /// Its input says what.
    Input,
    /// The task of this title.
    Task(String),
    /// That many tasks, the first of which have these titles.
    Tasks(u64, Vec<String>),
}

/// The tool whose question has words of its own.
pub const DELETE: &str = "delete_task";
/// The ones that change many at once, and what they do. Their `dry_run` says which tasks, and changes nothing.
const BULK: [(&str, &str); 2] = [("delete_tasks", "delete"), ("complete_tasks", "complete")];
/// The member of an input that makes a call only say what it would do.
pub const DRY_RUN: &str = "dry_run";

/// What a tool does to many tasks at once, if it does.
pub fn bulk_verb(tool: &str) -> Option<&'static str> {
    BULK.into_iter().find(|(name, _)| *name == tool).map(|(_, verb)| verb)
}

/// Whether the call changes nothing since it only asks what it would change.
pub fn is_tried(tool: &str, arguments: &Map<String, Value>) -> bool {
    bulk_verb(tool).is_some() && arguments.get(DRY_RUN) == Some(&Value::Bool(true))
}

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
    match &call.about {
        About::Task(title) => format!("“{title}”"),
        _ => format!(
            "the task {}",
            call.arguments.get("id").and_then(Value::as_str).unwrap_or("without an id")
        ),
    }
}

fn many(verb: &str, count: u64, titles: &[String]) -> String {
    let mut named: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    let unnamed = count.saturating_sub(u64::try_from(titles.len()).unwrap_or(u64::MAX));
    if unnamed > 0 {
        named.push(format!("{unnamed} more"));
    }
    let tasks = if count == 1 { "task" } else { "tasks" };
    format!("{verb} {count} {tasks}: {}", listed(&named))
}

fn other(call: &Asked<'_>) -> String {
    let about = match &call.about {
        About::Input => String::new(),
        About::Task(title) => format!(" for “{title}”"),
        About::Tasks(count, titles) => {
            return many(bulk_verb(call.tool).unwrap_or("change"), *count, titles);
        }
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
        let about = task.map_or(About::Input, |title| About::Task(title.to_owned()));
        Asked { tool, title: "Empty the trash", arguments, about }
    }

    #[test]
    fn many_are_counted_and_the_first_of_them_named() {
        let input = json!({"filter": {"label": "x"}});
        let asked = |count, titles: &[&str]| {
            let about = About::Tasks(count, titles.iter().map(|&title| title.to_owned()).collect());
            prompt(&[Asked { about, ..asked("delete_tasks", &input, None) }])
        };
        assert_eq!(asked(1, &["a"]), "Shall I delete 1 task: “a”? Please answer yes or no.");
        assert_eq!(asked(2, &["a", "b"]), "Shall I delete 2 tasks: “a” and “b”? Please answer yes or no.");
        assert_eq!(
            asked(12, &["a", "b"]),
            "Shall I delete 12 tasks: “a”, “b” and 10 more? Please answer yes or no."
        );
    }

    #[test]
    fn what_is_done_to_many_is_said() {
        let input = json!({"filter": {"label": "x"}});
        let about = About::Tasks(1, vec!["a".to_owned()]);
        let question = prompt(&[Asked { about, ..asked("complete_tasks", &input, None) }]);
        assert_eq!(question, "Shall I complete 1 task: “a”? Please answer yes or no.");
    }

    #[test]
    fn only_a_dry_run_of_many_is_tried() {
        let is_tried = |tool, input: Value| super::is_tried(tool, input.as_object().unwrap());
        assert!(is_tried("delete_tasks", json!({"dry_run": true})));
        for (tool, input) in [
            ("delete_tasks", json!({})),
            ("delete_tasks", json!({"dry_run": false})),
            ("delete_tasks", json!({"dry_run": "true"})),
            ("delete_tasks", json!({"filter": {"dry_run": true}})),
            (DELETE, json!({"dry_run": true})),
        ] {
            assert!(!is_tried(tool, input));
        }
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
