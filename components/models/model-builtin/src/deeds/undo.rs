//! Taking the last change back.

use serde_json::{Map, Value, json};

use super::{Context, stopped};
use crate::calls::Stop;
use crate::memory::{Change, Outcome};
use crate::replies::quoted;
use crate::tasks::{Priority, Task};

/// Takes the last change back, or the last several when they were made together.
pub fn undo(context: &mut Context<'_, '_>) -> Result<Outcome, Stop> {
    let changes = context.memory.changes.clone();
    if changes.is_empty() {
        return Ok(Outcome::words(
            "There's nothing to undo here: I haven't changed anything in this conversation.",
        ));
    }
    let answers: Vec<Result<Value, Stop>> = changes
        .iter()
        .enumerate()
        .map(|(at, change)| {
            let (tool, arguments) = reverse(change);
            context.call(&format!("undo{at}"), tool, &arguments)
        })
        .collect();
    if answers.contains(&Err(Stop::Waiting)) {
        return Err(Stop::Waiting);
    }
    let mut outcome = Outcome::default();
    let mut words: Vec<String> = Vec::new();
    for (change, answer) in changes.iter().zip(answers) {
        match answer {
            Ok(answer) => {
                let task = Task::read(&answer).unwrap_or_else(|| subject(change).clone());
                words.push(sentence(change, &task));
                outcome.changes.push(reversed(change, &task));
                if !matches!(change, Change::Added(_)) {
                    outcome.touched.push(task);
                }
            }
            Err(stop) => words.push(stopped(stop, Some(&subject(change).title))?),
        }
    }
    outcome.text = words.join("\n");
    Ok(outcome)
}

fn subject(change: &Change) -> &Task {
    match change {
        Change::Added(task) | Change::Completed(task) | Change::Reopened(task) | Change::Deleted(task) => {
            task
        }
        Change::Updated { after, .. } => after,
    }
}

/// The call that takes a change back.
fn reverse(change: &Change) -> (&'static str, Value) {
    match change {
        Change::Added(task) => ("delete_task", json!({"id": task.id})),
        Change::Completed(task) => ("reopen_task", json!({"id": task.id})),
        Change::Reopened(task) => ("complete_task", json!({"id": task.id})),
        Change::Deleted(task) => ("add_task", again(task)),
        Change::Updated { before, after } => ("update_task", back(before, after)),
    }
}

/// The input that adds a deleted task again.
fn again(task: &Task) -> Value {
    let mut input = Map::new();
    input.insert("title".to_owned(), json!(task.title));
    if let Some(notes) = &task.notes {
        input.insert("notes".to_owned(), json!(notes));
    }
    if let Some(due) = &task.due {
        input.insert("due".to_owned(), json!(due));
    }
    if task.priority != Priority::Normal {
        input.insert("priority".to_owned(), json!(task.priority.name()));
    }
    if !task.labels.is_empty() {
        input.insert("labels".to_owned(), json!(task.labels));
    }
    Value::Object(input)
}

/// The input that gives a task what it had, if nobody changed it since.
fn back(before: &Task, after: &Task) -> Value {
    let mut input = Map::new();
    let mut cleared: Vec<&str> = Vec::new();
    input.insert("id".to_owned(), json!(before.id));
    if let Some(version) = after.version {
        input.insert("version".to_owned(), json!(version));
    }
    if before.title != after.title {
        input.insert("title".to_owned(), json!(before.title));
    }
    for (field, was, is) in [("notes", &before.notes, &after.notes), ("due", &before.due, &after.due)] {
        match was {
            Some(was) if Some(was) != is.as_ref() => {
                input.insert(field.to_owned(), json!(was));
            }
            None if is.is_some() => cleared.push(field),
            _ => {}
        }
    }
    if before.priority != after.priority {
        input.insert("priority".to_owned(), json!(before.priority.name()));
    }
    if before.labels != after.labels {
        input.insert("labels".to_owned(), json!(before.labels));
    }
    if !cleared.is_empty() {
        input.insert("clear".to_owned(), json!(cleared));
    }
    Value::Object(input)
}

fn reversed(change: &Change, task: &Task) -> Change {
    match change {
        Change::Added(_) => Change::Deleted(task.clone()),
        Change::Completed(_) => Change::Reopened(task.clone()),
        Change::Reopened(_) => Change::Completed(task.clone()),
        Change::Deleted(_) => Change::Added(task.clone()),
        Change::Updated { after, .. } => Change::Updated { before: after.clone(), after: task.clone() },
    }
}

fn sentence(change: &Change, task: &Task) -> String {
    let title = quoted(&task.title);
    match change {
        Change::Added(_) => format!("Deleted {title}, which I had just added."),
        Change::Completed(_) => format!("{title} is open again."),
        Change::Reopened(_) => format!("{title} is done again."),
        Change::Deleted(_) => format!("I added {title} again."),
        Change::Updated { .. } => format!("{title} is the way it was."),
    }
}
