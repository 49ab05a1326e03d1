//! The question as it is sent.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::transcript::{PendingCall, Question};

/// What the person is asked.
#[derive(Debug, Serialize)]
pub struct Confirmation {
    prompt: String,
    /// What a yes does, for buttons.
    action: Action,
    /// How many tasks it does that to; 0 where that is not known.
    count: u64,
    /// The first call's tool.
    tool: String,
    /// The first call's input.
    arguments: Map<String, Value>,
    /// Every call that a yes runs.
    calls: Vec<PendingCall>,
    /// When the question is dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

/// What a yes does, whether by one call or by several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    /// It deletes tasks.
    DeleteTasks,
    /// It marks tasks as done.
    CompleteTasks,
    /// It changes tasks in another way.
    UpdateTasks,
    /// Something else, or several of these.
    RunTools,
}

impl Action {
    fn classify(call: &PendingCall) -> Self {
        match call.verb.as_deref() {
            Some("delete") => Self::DeleteTasks,
            Some("complete") => Self::CompleteTasks,
            Some(_) => Self::UpdateTasks,
            None => Self::RunTools,
        }
    }
}

impl Confirmation {
    /// With the instant at which it is dropped, as RFC 3339 has it.
    pub fn until(self, expires_at: String) -> Self {
        Self { expires_at: Some(expires_at), ..self }
    }
}

impl From<Question> for Confirmation {
    fn from(question: Question) -> Self {
        let mut calls = question.calls;
        let mut actions = calls.iter().map(Action::classify);
        let action = actions.next().unwrap_or(Action::RunTools);
        let action = if actions.all(|other| other == action) { action } else { Action::RunTools };
        let count = calls.iter().map(tasks).sum();
        // That is between the question and the yes.
        for call in &mut calls {
            (call.shown, call.verb, call.retry) = (None, None, None);
        }
        let first = calls.first();
        Self {
            prompt: question.prompt,
            action,
            count,
            tool: first.map(|call| call.name.clone()).unwrap_or_default(),
            arguments: first.map(|call| call.arguments.clone()).unwrap_or_default(),
            calls,
            expires_at: None,
        }
    }
}

/// How many tasks a call is about.
fn tasks(call: &PendingCall) -> u64 {
    match &call.shown {
        Some(shown) => shown.count,
        None => u64::from(call.arguments.contains_key("id")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use task_model::consent::Shown;

    use super::*;
    use crate::transcript::Retry;

    fn held(name: &str, arguments: Value, count: Option<u64>) -> PendingCall {
        let shown = count.map(|count| Shown { count, remaining: 0, tasks: Vec::new() });
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        let verb = match name {
            "delete_task" | "delete_tasks" => Some("delete"),
            "complete_tasks" => Some("complete"),
            "update_task" => Some("change"),
            "reopen_task" => Some("reopen"),
            _ => None,
        };
        let retry = Some(Retry { arguments: Map::new(), state: Some("sealed".into()), answers: Map::new() });
        let verb = verb.map(str::to_owned);
        PendingCall { id: "a".into(), name: name.into(), arguments, shown, verb, retry }
    }

    fn sent(calls: Vec<PendingCall>) -> Value {
        serde_json::to_value(Confirmation::from(Question { prompt: String::new(), calls })).unwrap()
    }

    #[test]
    fn buttons_learn_what_a_yes_does_and_to_how_many_tasks() {
        let one = |name: &str| held(name, json!({"id": "7"}), None);
        for (calls, action, count) in [
            (vec![one("delete_task")], "delete_tasks", 1),
            (vec![one("delete_task"), one("delete_task")], "delete_tasks", 2),
            (vec![held("delete_tasks", json!({"filter": {}}), Some(61))], "delete_tasks", 61),
            (vec![held("complete_tasks", json!({"filter": {}}), Some(5))], "complete_tasks", 5),
            (vec![one("update_task"), one("reopen_task")], "update_tasks", 2),
            (vec![one("update_task"), one("delete_task")], "run_tools", 2),
            (vec![held("empty_trash", json!({}), None)], "run_tools", 0),
        ] {
            let sent = sent(calls);
            assert_eq!((&sent["action"], &sent["count"]), (&json!(action), &json!(count)));
            for kept in ["shown", "verb", "retry"] {
                assert!(sent["calls"][0].get(kept).is_none(), "{kept}");
            }
        }
    }
}
