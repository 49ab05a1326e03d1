//! Taking the last changes back, and with each further "undo" those before.

use serde_json::{Map, Value, json};

use super::{Context, describe_call_error, latest};
use crate::calls::CallError;
use crate::changes::{Change, Many};
use crate::memory::Outcome;
use crate::replies::{is_transient, joined, quoted};
use crate::tasks::{Bulk, Task};

/// More names than this are a number.
const MAX_NAMED: usize = 5;

/// A call that takes changes back.
struct Reversal<'a> {
    tool: &'static str,
    arguments: Value,
    what: What<'a>,
}

/// What a call takes back.
enum What<'a> {
    One(&'a Change),
    Deletions(Together<'a>),
    Completions(Together<'a>),
}

/// Changes that one call takes back.
#[derive(Default)]
struct Together<'a> {
    /// Those whose titles are known.
    tasks: Vec<&'a Task>,
    ids: Vec<&'a str>,
    count: u64,
}

/// Takes back what was done last; where no tool knows of it, what the last message changed that was not taken back yet.
pub fn undo(context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    if let Some(outcome) = latest::undo(context)? {
        return Ok(outcome);
    }
    let changes = context.memory.last_changes().to_vec();
    if changes.is_empty() {
        return Ok(Outcome::words(
            "There's nothing to undo here: I know of no change in this conversation that is not undone.",
        ));
    }
    let reversals = reversals(&changes);
    if let ([], [Change::ListDeleted(name), ..]) = (reversals.as_slice(), changes.as_slice()) {
        let text = format!(
            "I can't bring the list {} back. Its tasks are in the inbox, and “make a list called …” makes a new one.",
            quoted(name)
        );
        return Ok(Outcome { undone: 1, ..Outcome::words(text) });
    }
    let answers: Vec<Result<Value, CallError>> = reversals
        .iter()
        .enumerate()
        .map(|(at, reversal)| context.call(&format!("undo{at}"), reversal.tool, &reversal.arguments))
        .collect();
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    let mut outcome = Outcome::default();
    // What a person declined or a database out of reach refused can be tried again.
    let is_kept = answers.iter().all(|answer| match answer {
        Ok(_) => false,
        Err(CallError::Failed(failure)) => is_transient(failure),
        Err(_) => true,
    });
    outcome.undone = usize::from(!is_kept);
    let mut words: Vec<String> = Vec::new();
    for (reversal, answer) in reversals.iter().zip(answers) {
        match answer {
            Ok(answer) => words.push(taken_back(&reversal.what, &answer, &mut outcome)),
            Err(error) => words.push(describe_call_error(error, title(&reversal.what))?),
        }
    }
    outcome.text = words.join("\n");
    Ok(outcome)
}

/// The calls that take the changes back, the last change first.
fn reversals(changes: &[Change]) -> Vec<Reversal<'_>> {
    let deletions = together(changes, |change| match change {
        Change::Deleted(task) => Some((Some(task), vec![task.id.as_str()], 1)),
        Change::DeletedMany(many) => Some((None, ids(many), many.count)),
        _ => None,
    });
    let completions = together(changes, |change| match change {
        Change::Completed(task) => Some((Some(task), vec![task.id.as_str()], 1)),
        Change::CompletedMany(many) => Some((None, ids(many), many.count)),
        _ => None,
    });
    let mut reversals = Vec::new();
    if !deletions.ids.is_empty() {
        let arguments = json!({"ids": deletions.ids, "undo": "deletion"});
        reversals.push(Reversal { tool: "restore_tasks", arguments, what: What::Deletions(deletions) });
    }
    // One that was completed by itself is opened by itself.
    let is_single = completions.ids.len() == 1 && completions.tasks.len() == 1;
    if !is_single && !completions.ids.is_empty() {
        let arguments = json!({"ids": completions.ids, "undo": "completion"});
        reversals.push(Reversal { tool: "restore_tasks", arguments, what: What::Completions(completions) });
    }
    for (at, change) in changes.iter().enumerate().rev() {
        let later = changes.get(at + 1..).unwrap_or_default();
        let (tool, arguments) = match change {
            Change::Added(task) => ("delete_task", json!({"id": task.id})),
            Change::Completed(task) if is_single => ("reopen_task", json!({"id": task.id})),
            Change::Reopened(task) => ("complete_task", json!({"id": task.id})),
            Change::Updated { before, after } => ("update_task", back(before, after, later)),
            Change::ListAdded(list) => ("delete_list", json!({"id": list.id})),
            Change::ListRenamed { list, before } => ("update_list", json!({"id": list.id, "name": before})),
            _ => continue,
        };
        reversals.push(Reversal { tool, arguments, what: What::One(change) });
    }
    reversals
}

fn ids(many: &Many) -> Vec<&str> {
    many.ids.iter().map(String::as_str).collect()
}

fn together<'a>(
    changes: &'a [Change],
    read: impl Fn(&'a Change) -> Option<(Option<&'a Task>, Vec<&'a str>, u64)>,
) -> Together<'a> {
    let mut together = Together::default();
    for (task, ids, count) in changes.iter().filter_map(read) {
        together.tasks.extend(task);
        together.ids.extend(ids);
        together.count += count;
    }
    together
}

/// The title to speak of when it could not be taken back.
fn title<'w>(what: &'w What<'_>) -> Option<&'w str> {
    match what {
        What::One(change) => subject(change).map(|task| task.title.as_str()),
        What::Deletions(together) | What::Completions(together) => match together.tasks.as_slice() {
            [only] if together.count == 1 => Some(&only.title),
            _ => None,
        },
    }
}

fn subject(change: &Change) -> Option<&Task> {
    match change {
        Change::Added(task) | Change::Completed(task) | Change::Reopened(task) | Change::Deleted(task) => {
            Some(task)
        }
        Change::Updated { after, .. } => Some(after.as_ref()),
        Change::DeletedMany(_)
        | Change::CompletedMany(_)
        | Change::ListAdded(_)
        | Change::ListRenamed { .. }
        | Change::ListDeleted(_) => None,
    }
}

/// The input that gives a task what it had, if nobody changed it since. `later` are the changes of the same message that
/// are taken back before: each of them and its reversal made a version.
fn back(before: &Task, after: &Task, later: &[Change]) -> Value {
    let mut input = Map::new();
    let mut cleared: Vec<&str> = Vec::new();
    input.insert("id".to_owned(), json!(before.id));
    if let Some(version) = after.version {
        let changed = later.iter().flat_map(Change::ids).filter(|id| *id == after.id).count();
        let since = u64::try_from(changed).unwrap_or(0).saturating_mul(2);
        input.insert("version".to_owned(), json!(version.saturating_add(since)));
    }
    if before.title != after.title {
        input.insert("title".to_owned(), json!(before.title));
    }
    for (field, was, is) in [
        ("notes", &before.notes, &after.notes),
        ("due", &before.due, &after.due),
        ("list_id", &before.list_id, &after.list_id),
    ] {
        match was {
            Some(was) if Some(was) != is.as_ref() => {
                input.insert(field.to_owned(), json!(was));
            }
            None if is.is_some() => cleared.push(field),
            _ => {}
        }
    }
    if let Some(zone) = before.time_zone.as_ref().filter(|_| input.contains_key("due")) {
        input.insert("time_zone".to_owned(), json!(zone));
    }
    if before.priority != after.priority {
        input.insert("priority".to_owned(), json!(before.priority.name()));
    }
    if before.labels != after.labels {
        input.insert("labels".to_owned(), json!(before.labels));
    }
    match (&before.recurrence, &after.recurrence) {
        (None, Some(_)) => cleared.push("recurrence"),
        (Some(was), is) if is.as_ref() != Some(was) => {
            let mut was = was.clone();
            if let Some(members) = was.as_object_mut() {
                members.remove("words");
            }
            input.insert("recurrence".to_owned(), was);
        }
        _ => {}
    }
    // What is not due repeats no more.
    if cleared.contains(&"due") {
        cleared.retain(|field| *field != "recurrence");
    }
    if !cleared.is_empty() {
        input.insert("clear".to_owned(), json!(cleared));
    }
    Value::Object(input)
}

/// What was taken back, in a sentence.
fn taken_back(what: &What<'_>, answer: &Value, outcome: &mut Outcome) -> String {
    let change = match what {
        What::One(change) => *change,
        What::Deletions(together) => return brought_back(together, answer, outcome, ["is back", "are back"]),
        What::Completions(together) => {
            return brought_back(together, answer, outcome, ["is open again", "are open again"]);
        }
    };
    let task = Task::read(answer).or_else(|| subject(change).cloned());
    let title = task.as_ref().map_or_else(|| "That".to_owned(), |task| quoted(&task.title));
    if !matches!(change, Change::Added(_)) {
        outcome.touched.extend(task);
    }
    match change {
        Change::Added(_) => format!("Deleted {title}, which I had just added."),
        Change::Completed(_) => format!("{title} is open again."),
        Change::Reopened(_) => format!("{title} is done again."),
        Change::ListAdded(list) => format!("Deleted the list {}, which I had just made.", quoted(&list.name)),
        Change::ListRenamed { before, .. } => format!("The list is called {} again.", quoted(before)),
        _ => format!("{title} is the way it was."),
    }
}

/// How many are back of those that one call brought back; a few of them by name.
fn brought_back(
    together: &Together<'_>,
    answer: &Value,
    outcome: &mut Outcome,
    [is, are]: [&str; 2],
) -> String {
    let Bulk { count, tasks, .. } = Bulk::read(answer);
    let missing = together.count.saturating_sub(count);
    let names: Vec<String> = tasks.iter().map(|task| quoted(&task.title)).collect();
    outcome.touched.extend(tasks);
    let few = names.len() <= MAX_NAMED && u64::try_from(names.len()) == Ok(count);
    let said = match (count, few) {
        (0, _) => return "There was nothing left to undo: it is as it was before.".to_owned(),
        (1, true) => format!("{} {is}.", joined(&names)),
        (_, true) => format!("{} {are}.", joined(&names)),
        (1, false) => format!("1 task {is}."),
        (_, false) => format!("{count} tasks {are}."),
    };
    if missing > 0 { format!("{said} I can't undo the other {missing}.") } else { said }
}
