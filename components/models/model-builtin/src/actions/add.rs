//! Adding tasks.

use serde_json::{Map, Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::changes::Change;
use crate::dates::Due;
use crate::intents::Draft;
use crate::memory::{Outcome, Question};
use crate::replies::{count, due_words, quoted, task_due_words};
use crate::tasks::{Priority, Task};

/// At most this many tasks are added from one message: the chat endpoint runs 32 calls for one message.
const MAX_DRAFTS: usize = 30;

pub fn ask_what_to_add() -> Outcome {
    Outcome::asking(
        "What should I add? Say it with a day if there is one: “buy flowers on Sunday”.",
        Question::WhatToAdd,
    )
}

/// Adds one task or several.
pub fn add(drafts: &[Draft], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    if drafts.len() > MAX_DRAFTS {
        let many = count(drafts.len(), "task");
        return Ok(Outcome::words(format!(
            "That's {many}, and I add up to {MAX_DRAFTS} at once. Please send them in pieces."
        )));
    }
    let answers: Vec<Result<Value, CallError>> = drafts
        .iter()
        .enumerate()
        .map(|(at, draft)| context.call(&format!("add{at}"), "add_task", &input(draft, context)))
        .collect();
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    let mut outcome = Outcome::default();
    let mut added: Vec<String> = Vec::new();
    let mut failed: Vec<String> = Vec::new();
    for (draft, answer) in drafts.iter().zip(answers) {
        match answer {
            Ok(answer) => {
                let task = Task::read(&answer);
                added.push(described(draft, task.as_ref(), context));
                outcome.changes.extend(task.clone().map(Change::Added));
                outcome.touched.extend(task);
            }
            Err(error) => {
                let reason = describe_call_error(error, Some(&draft.title))?;
                if !failed.contains(&reason) {
                    failed.push(reason);
                }
            }
        }
    }
    let mut parts: Vec<String> = Vec::new();
    match added.as_slice() {
        [] => {}
        [one] => parts.push(format!("Added {one}.")),
        many => parts.push(format!("Added {}:\n- {}", count(many.len(), "task"), many.join("\n- "))),
    }
    parts.extend(failed);
    if !added.is_empty() {
        parts.extend(readings(drafts, context));
    }
    if outcome.touched.iter().all(|task| task.due.is_none()) && !outcome.touched.is_empty() {
        outcome.question = Some(Question::MaybeWhen(outcome.touched.clone()));
    }
    outcome.text = parts.join(if added.len() > 1 { "\n\n" } else { " " });
    Ok(outcome)
}

/// The input of `add_task`.
fn input(draft: &Draft, context: &Context<'_, '_>) -> Value {
    let mut input = Map::new();
    input.insert("title".to_owned(), json!(draft.title));
    if let Some(notes) = &draft.notes {
        input.insert("notes".to_owned(), json!(notes));
    }
    if let Some(due) = due(draft, context) {
        input.insert("due".to_owned(), json!(due.rfc3339()));
    }
    if let Some(priority) = draft.priority {
        input.insert("priority".to_owned(), json!(priority.name()));
    }
    if !draft.labels.is_empty() {
        input.insert("labels".to_owned(), json!(draft.labels));
    }
    Value::Object(input)
}

fn due(draft: &Draft, context: &Context<'_, '_>) -> Option<Due> {
    draft.when.as_ref().and_then(|when| when.due(context.clock))
}

/// “Buy milk”, due tomorrow (Sun 22 Nov) at 18:00, high priority, labelled #home, with a note
fn described(draft: &Draft, task: Option<&Task>, context: &Context<'_, '_>) -> String {
    let title = task.map_or(draft.title.as_str(), |task| task.title.as_str());
    let mut parts = vec![quoted(title)];
    let due = match task {
        Some(task) => task_due_words(task, context.clock),
        None => due(draft, context).map(|due| due_words(&due, context.clock)),
    };
    parts.extend(due.map(|due| format!("due {due}")));
    match draft.priority {
        None | Some(Priority::Normal) => {}
        Some(Priority::Urgent) => parts.push("urgent".to_owned()),
        Some(other) => parts.push(format!("{} priority", other.name())),
    }
    if !draft.labels.is_empty() {
        let labels: Vec<String> = draft.labels.iter().map(|label| format!("#{label}")).collect();
        parts.push(format!("labelled {}", labels.join(" ")));
    }
    if draft.notes.is_some() {
        parts.push("with a note".to_owned());
    }
    parts.join(", ")
}

/// What was read in one of several ways, and what can't be done.
fn readings(drafts: &[Draft], context: &Context<'_, '_>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for draft in drafts {
        let when = draft.when.as_ref();
        if let Some((digits, day)) = when.and_then(|when| Some((when.ambiguous.as_ref()?, when.day?))) {
            said.push(format!(
                "I read {digits} as {}; say “no, on {}” if you meant the other way round.",
                day.strftime("%-d %B"),
                other_reading(day)
            ));
        }
    }
    if drafts.iter().any(|draft| draft.repeats) {
        let once = match drafts.iter().find(|draft| draft.repeats).and_then(|draft| due(draft, context)) {
            Some(_) => "I can't repeat tasks yet, so this is for the first time only.",
            None => "I can't repeat tasks yet, so I added it once, without a date.",
        };
        said.push(once.to_owned());
    }
    said.dedup();
    said
}

/// 5 March ↔ May 3, as a person would correct it.
fn other_reading(day: jiff::civil::Date) -> String {
    let swapped = jiff::civil::Date::new(day.year(), day.day(), day.month());
    swapped.map_or_else(|_| "the other day".to_owned(), |day| day.strftime("%-d %B").to_string())
}
