//! What is said where the person has stopped a turn.

use serde_json::Value;
use task_model::consent::quoted;

use crate::transcript::{Call, Step};

const NOTHING_DONE: &str = "I stopped here, as you asked. Nothing was changed.";

/// What was done until then, in a sentence or two.
pub(super) fn sentence(steps: &[Step], is_read_only: impl Fn(&str) -> bool) -> String {
    let calls = steps.iter().flat_map(|step| &step.calls).filter(|call| !is_read_only(&call.name));
    let done: Vec<String> = calls.filter_map(what_was_done).collect();
    if done.is_empty() {
        return NOTHING_DONE.to_owned();
    }
    format!("I stopped here, as you asked. Done until then: {}. The rest was not done.", done.join("; "))
}

/// What a call has changed, in the words of its tool.
fn what_was_done(call: &Call) -> Option<String> {
    let outcome = call.outcome.as_ref().filter(|outcome| !outcome.failed)?;
    let content = |member: &str| outcome.content.get(member);
    if content("dry_run").is_some_and(|dry_run| *dry_run == true) {
        return None;
    }
    let tasks = match (content("title").and_then(Value::as_str), content("count").and_then(Value::as_u64)) {
        (Some(title), _) => quoted(title),
        (None, Some(1)) => "a task".to_owned(),
        (None, Some(count)) => format!("{count} tasks"),
        (None, None) => "a task".to_owned(),
    };
    Some(match &call.wording {
        Some(wording) => wording.done.replace("{tasks}", &tasks),
        None => format!("{} ({tasks})", call.name),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};
    use task_model::describe::wording;

    use super::*;
    use crate::transcript::Outcome;

    fn call(name: &str, failed: bool, content: Value) -> Call {
        let wording = Some(wording("add", "Adding {tasks}", "Added {tasks}"));
        let outcome = Some(Outcome { failed, content });
        Call { id: "a".into(), name: name.into(), arguments: Map::new(), outcome, wording }
    }

    fn said(calls: Vec<Call>) -> String {
        sentence(&[Step { text: String::new(), calls }], |name| name == "list")
    }

    #[test]
    fn what_was_changed_is_named_and_nothing_else() {
        let read = || call("list", false, json!({"items": []}));
        let failed = || call("add", true, json!("no"));
        assert_eq!(
            said(vec![read(), failed(), call("add", false, json!({"dry_run": true, "count": 2}))]),
            NOTHING_DONE
        );
        let done =
            vec![call("add", false, json!({"title": "milk"})), call("add", false, json!({"count": 3}))];
        assert_eq!(
            said(done),
            "I stopped here, as you asked. Done until then: Added “milk”; Added 3 tasks. The rest was not done."
        );
    }
}
