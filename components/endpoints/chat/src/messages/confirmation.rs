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
    /// A yes deletes something, or may: buttons warn.
    destructive: bool,
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

/// What a yes does, and what a no leaves: one task, or many.
const BUTTONS: [(Action, &str, &str, &str); 3] = [
    (Action::DeleteTasks, "Delete", "Keep it", "Keep them"),
    (Action::CompleteTasks, "Complete", "Leave it open", "Leave them open"),
    (Action::UpdateTasks, "Change", "Leave it", "Leave them"),
];

impl Confirmation {
    /// What buttons for a yes and a no say: what that does, and to how many tasks.
    pub fn button_labels(&self) -> (String, String) {
        let words = BUTTONS.iter().find(|(action, ..)| *action == self.action && self.count > 0);
        match words {
            Some((_, verb, keep, _)) if self.count == 1 => ((*verb).to_owned(), (*keep).to_owned()),
            Some((_, verb, _, keep)) => (format!("{verb} {} tasks", grouped(self.count)), (*keep).to_owned()),
            None if self.action == Action::DeleteTasks => {
                let keep = if self.tool.ends_with("_tasks") { "No, keep them" } else { "No, keep it" };
                ("Yes, delete".to_owned(), keep.to_owned())
            }
            None => ("Yes, do it".to_owned(), "No, don’t".to_owned()),
        }
    }

    /// A yes deletes something, or may.
    pub fn is_destructive(&self) -> bool {
        self.destructive
    }

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
        let destructive = calls.iter().any(|call| call.destructive);
        // That is between the question and the yes.
        for call in &mut calls {
            (call.shown, call.verb, call.destructive, call.retry) = (None, None, false, None);
        }
        let first = calls.first();
        Self {
            prompt: question.prompt,
            action,
            count,
            destructive,
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

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
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
        let destructive = !matches!(verb.as_deref(), Some("complete" | "change" | "reopen"));
        PendingCall { id: "a".into(), name: name.into(), arguments, shown, verb, destructive, retry }
    }

    fn sent(calls: Vec<PendingCall>) -> Value {
        serde_json::to_value(Confirmation::from(Question { prompt: String::new(), calls })).unwrap()
    }

    #[test]
    fn buttons_learn_what_a_yes_does_and_to_how_many_tasks() {
        let one = |name: &str| held(name, json!({"id": "7"}), None);
        for (calls, action, count, destructive) in [
            (vec![one("delete_task")], "delete_tasks", 1, true),
            (vec![one("delete_task"), one("delete_task")], "delete_tasks", 2, true),
            (vec![held("delete_tasks", json!({"filter": {}}), Some(61))], "delete_tasks", 61, true),
            (vec![held("complete_tasks", json!({"filter": {}}), Some(5))], "complete_tasks", 5, false),
            (vec![one("update_task"), one("reopen_task")], "update_tasks", 2, false),
            (vec![one("update_task"), one("delete_task")], "run_tools", 2, true),
            (vec![held("empty_trash", json!({}), None)], "run_tools", 0, true),
        ] {
            let sent = sent(calls);
            assert_eq!((&sent["action"], &sent["count"]), (&json!(action), &json!(count)));
            assert_eq!(sent["destructive"], destructive, "{sent}");
            for kept in ["shown", "verb", "destructive", "retry"] {
                assert!(sent["calls"][0].get(kept).is_none(), "{kept}");
            }
        }
    }

    #[test]
    fn buttons_say_what_they_do_and_to_how_many_tasks() {
        let one = |name: &str| held(name, json!({"id": "7"}), None);
        let many = |name: &str, count| held(name, json!({"filter": {}}), Some(count));
        for (calls, yes, no) in [
            (vec![many("delete_tasks", 61)], "Delete 61 tasks", "Keep them"),
            (vec![one("delete_task"), one("delete_task")], "Delete 2 tasks", "Keep them"),
            (vec![one("delete_task")], "Delete", "Keep it"),
            (vec![many("complete_tasks", 1_200)], "Complete 1,200 tasks", "Leave them open"),
            (vec![many("complete_tasks", 1)], "Complete", "Leave it open"),
            (
                vec![one("update_task"), one("reopen_task"), one("update_task")],
                "Change 3 tasks",
                "Leave them",
            ),
            (vec![many("delete_tasks", 0)], "Yes, delete", "No, keep them"),
            (vec![held("delete_task", json!({}), None)], "Yes, delete", "No, keep it"),
            (vec![one("update_task"), one("delete_task")], "Yes, do it", "No, don’t"),
            (vec![held("empty_trash", json!({}), None)], "Yes, do it", "No, don’t"),
        ] {
            let question = Question { prompt: String::new(), calls };
            let (said_yes, said_no) = Confirmation::from(question).button_labels();
            assert_eq!((said_yes.as_str(), said_no.as_str()), (yes, no));
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
