//! Deleting or completing all tasks of a list by one call, about which the chat endpoint asks.

use serde_json::{Map, Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::changes::Change;
use crate::intents::{Listing, Status, TaskAction};
use crate::memory::Outcome;
use crate::replies::{declined, none, quoted};
use crate::tasks::Bulk;

/// More names than this are a number.
const MAX_NAMED: usize = 5;

/// The tool that does this with many tasks at once.
pub fn tool(action: &TaskAction) -> Option<&'static str> {
    match action {
        TaskAction::Delete => Some("delete_tasks"),
        TaskAction::Complete => Some("complete_tasks"),
        _ => None,
    }
}

/// Which tasks, as one call or several take it: a filter that leaves no task out is refused, so that is two calls.
pub fn filters(action: &TaskAction, listing: &Listing) -> Vec<Value> {
    let with = |status: &str| {
        let mut filter = listing.selection();
        filter.insert("status".to_owned(), json!(status));
        Value::Object(filter)
    };
    match (action, listing.status) {
        (TaskAction::Complete, _) => vec![with("open")],
        (_, Status::All) => vec![with("open"), with("done")],
        _ => vec![Value::Object(listing.selection())],
    }
}

/// Makes the calls, and says what they did.
pub fn change(
    tool: &'static str,
    action: &TaskAction,
    filters: &[Value],
    listing: &Listing,
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    let answers: Vec<Result<Value, CallError>> = filters
        .iter()
        .enumerate()
        .map(|(at, filter)| {
            let input = Map::from_iter([("filter".to_owned(), filter.clone())]);
            context.call(&format!("all{at}"), tool, &Value::Object(input))
        })
        .collect();
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    let mut outcome = Outcome::default();
    let mut done = Bulk::default();
    let mut failed: Vec<String> = Vec::new();
    for answer in answers {
        match answer {
            Ok(answer) => {
                let part = Bulk::read(&answer);
                // What changes nothing ends with its dry run.
                let Some(many) = part.many() else { continue };
                done.count += part.count;
                done.remaining += part.remaining;
                done.ids.extend(part.ids);
                done.tasks.extend(part.tasks);
                outcome.changes.push(match action {
                    TaskAction::Delete => Change::DeletedMany(many),
                    _ => Change::CompletedMany(many),
                });
            }
            Err(CallError::Failed(failure)) if declined(&failure) => {
                failed = vec!["OK, I left everything as it is.".to_owned()];
            }
            Err(error) => failed.push(describe_call_error(error, None)?),
        }
    }
    outcome.text = match (done.count, failed.as_slice()) {
        (0, []) => none(listing),
        (0, _) => failed.join(" "),
        _ => format!("{}{}", receipt(action, &done), failed.join(" ")),
    };
    if *action != TaskAction::Delete {
        outcome.touched = done.tasks;
    }
    Ok(outcome)
}

/// "Deleted 61 tasks." A few are named.
fn receipt(action: &TaskAction, done: &Bulk) -> String {
    let names: Vec<String> = done.tasks.iter().map(|task| quoted(&task.title)).collect();
    let are_named = names.len() <= MAX_NAMED && u64::try_from(names.len()) == Ok(done.count);
    let mut text = match (action, names.as_slice()) {
        (TaskAction::Delete, [only]) if are_named => format!("Deleted {only}."),
        (_, [only]) if are_named => format!("{only} is done. Nice work!"),
        (TaskAction::Delete, _) => format!("Deleted {} tasks", done.count),
        _ => format!("Marked {} tasks as done. Nice work!", done.count),
    };
    if are_named {
        if names.len() > 1 {
            text.push_str(if *action == TaskAction::Delete { ":" } else { "" });
            text.push_str(&format!("\n- {}", names.join("\n- ")));
        }
    } else {
        text.push_str(if *action == TaskAction::Delete { ". " } else { " " });
        let known = done.ids.len();
        text.push_str(&if u64::try_from(known) == Ok(done.count) {
            "Say “undo” to take that back.".to_owned()
        } else {
            format!("“Undo” can bring back {known} of them.")
        });
    }
    if done.remaining > 0 {
        text.push_str(&format!("\n\nThere are {} more: say it again for the next ones.", done.remaining));
    }
    text
}
