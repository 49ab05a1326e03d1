//! What was done to tasks, over any endpoint: the latest is taken back, done again, or told.

use serde_json::{Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::changes::Change;
use crate::memory::Outcome;
use crate::replies::{count, due_words, joined, quoted};
use crate::tasks::Task;
use task_language::Due;

/// As many as one message may have changed.
const MAX_ACTIONS: u64 = 100;
/// More names than this are a number.
const MAX_NAMED: usize = 5;
/// More than these are not told.
const MAX_TOLD: usize = 10;

/// Takes back what was done last: all that the last message changed, where nothing was done since, and otherwise the one thing
/// that was. What was added elsewhere stays, since whoever says “undo” here may not know of it and it would be deleted: then it is
/// what the last message changed, or nothing. `None` where no tool knows of it.
pub fn undo(context: &mut Context<'_, '_>) -> Result<Option<Outcome>, CallError> {
    let changes = context.memory.last_changes().to_vec();
    let is_of_lists = |change: &Change| {
        matches!(change, Change::ListAdded(_) | Change::ListRenamed { .. } | Change::ListDeleted(_))
    };
    if !context.calls.offers("undo_action") || changes.iter().any(is_of_lists) {
        return Ok(None);
    }
    let listed = match context.call("actions", "list_actions", &json!({ "limit": MAX_ACTIONS })) {
        Ok(listed) => listed,
        Err(CallError::Pending) => return Err(CallError::Pending),
        Err(_) => return Ok(None),
    };
    let is = |action: &Value, name: &str| action.get(name).and_then(Value::as_bool) == Some(true);
    let open = items(&listed).iter().filter(|action| is(action, "undoable") && !is(action, "undone"));
    let open: Vec<&Value> = open.collect();
    let mine: Vec<&str> = changes.iter().flat_map(Change::ids).collect();
    let is_mine = |action: &&&Value| tasks(action).iter().any(|task| mine.contains(&task.id.as_str()));
    let of_message: Vec<&Value> = open.iter().take(changes.len()).take_while(is_mine).copied().collect();
    let Some(latest) = open.first().copied() else { return Ok(None) };
    let chosen = if !of_message.is_empty() {
        of_message
    } else if is_deleted_by_undo(latest) {
        open.iter().filter(is_mine).take(changes.len()).copied().collect()
    } else {
        vec![latest]
    };
    if chosen.is_empty() {
        return Ok(Some(Outcome::words(left_alone(latest))));
    }
    let undone = usize::from(chosen.iter().any(|action| is_mine(&action)));
    // The latest first: they may be about one task.
    let answers: Vec<Result<Value, CallError>> = chosen
        .into_iter()
        .enumerate()
        .map(|(at, action)| {
            let id = action.get("id").cloned().unwrap_or_default();
            context.call(&format!("undo{at}"), "undo_action", &json!({ "id": id }))
        })
        .collect();
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    // What could not be taken back can be tried again.
    let undone = if answers.iter().any(Result::is_ok) { undone } else { 0 };
    let mut outcome = Outcome { undone, ..Outcome::default() };
    let mut lines = Vec::new();
    for answer in answers {
        lines.push(match answer {
            Ok(action) => taken_back(&action, &mut outcome),
            Err(error) => describe_call_error(error, None)?,
        });
    }
    outcome.text = lines.join("\n");
    Ok(Some(outcome))
}

/// Whether taking an action back deletes tasks.
fn is_deleted_by_undo(action: &Value) -> bool {
    matches!(kind(action), "added" | "restored")
}

/// Why what was added elsewhere is not deleted.
fn left_alone(action: &Value) -> String {
    let (was, it) = if number(action) == 1 { ("was", "it") } else { ("were", "them") };
    let done = if kind(action) == "added" { "added" } else { "brought back" };
    format!(
        "The last change is that {} {was} {done}, and not in this chat, so I've left {it} there. To delete {it}, say so.",
        names(action)
    )
}

/// Does again what was taken back last.
pub fn redo(context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    if !context.calls.allows("redo_action") {
        return Ok(Outcome::words("I can't do it again. Say what you want, and I'll do that."));
    }
    match context.call("redo", "redo_action", &json!({})) {
        Ok(action) => {
            let mut outcome = Outcome::default();
            outcome.text = done_again(&action, &mut outcome);
            Ok(outcome)
        }
        Err(CallError::Failed(failure)) if failure.content.contains("action-not-found") => {
            Ok(Outcome::words(
                "There's nothing to do again: nothing was taken back, or something else was done since.",
            ))
        }
        Err(error) => describe_call_error(error, None).map(Outcome::words),
    }
}

/// Tells what was done in the last day.
pub fn list(is_today: bool, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let listed = match context.call("actions", "list_actions", &json!({ "limit": MAX_ACTIONS })) {
        Ok(listed) => listed,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let today = context.clock.today();
    let told: Vec<String> = items(&listed)
        .iter()
        .filter_map(|action| {
            let at = context.clock.instant(action.get("at")?.as_str()?)?;
            (!is_today || at.date() == today).then(|| (action, due_words(&Due::At(at), context.clock)))
        })
        .map(|(action, when)| {
            let undone = action.get("undone").and_then(Value::as_bool) == Some(true);
            format!(
                "- {} {}, {when}{}",
                verb(action),
                names(action),
                if undone { " (taken back)" } else { "" }
            )
        })
        .collect();
    let period = if is_today { "today" } else { "in the last 24 hours" };
    if told.is_empty() {
        return Ok(Outcome::words(format!("Nothing was done to your tasks {period}.")));
    }
    let more = told.len().saturating_sub(MAX_TOLD);
    let mut text = format!(
        "This was done {period}:\n{}",
        told.get(..told.len().min(MAX_TOLD)).unwrap_or_default().join("\n")
    );
    if more > 0 {
        text.push_str(&format!("\n\nAnd {more} more before."));
    }
    Ok(Outcome::words(text))
}

fn items(listed: &Value) -> &[Value] {
    listed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn tasks(action: &Value) -> Vec<Task> {
    action.get("tasks").and_then(Value::as_array).into_iter().flatten().filter_map(Task::read).collect()
}

fn kind(action: &Value) -> &str {
    action.get("kind").and_then(Value::as_str).unwrap_or_default()
}

fn number(action: &Value) -> usize {
    action
        .get("count")
        .and_then(Value::as_u64)
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or_default()
}

/// A few tasks by name, many by their number.
fn names(action: &Value) -> String {
    let titles: Vec<String> = tasks(action).iter().map(|task| quoted(&task.title)).collect();
    if titles.len() == number(action) && titles.len() <= MAX_NAMED {
        joined(&titles)
    } else {
        count(number(action), "task")
    }
}

fn verb(action: &Value) -> &'static str {
    match kind(action) {
        "added" => "Added",
        "deleted" => "Deleted",
        "restored" => "Brought back",
        "completed" => "Completed",
        "reopened" => "Reopened",
        _ => "Changed",
    }
}

/// What is so again, in a sentence; what is there can be spoken of.
fn taken_back(action: &Value, outcome: &mut Outcome) -> String {
    let names = names(action);
    let are = if number(action) == 1 { "is" } else { "are" };
    if !is_deleted_by_undo(action) {
        outcome.touched.extend(tasks(action));
    }
    match kind(action) {
        "added" => format!("Deleted {names}, just added."),
        "restored" => format!("{names} {are} deleted again."),
        "deleted" => format!("{names} {are} back."),
        "completed" => format!("{names} {are} open again."),
        "reopened" => format!("{names} {are} done again."),
        _ => format!(
            "{names} {are} the way {} before.",
            if number(action) == 1 { "it was" } else { "they were" }
        ),
    }
}

/// What was done once more, in a sentence.
fn done_again(action: &Value, outcome: &mut Outcome) -> String {
    if kind(action) != "deleted" {
        outcome.touched.extend(tasks(action));
    }
    format!("{} {} again.", verb(action), names(action))
}
