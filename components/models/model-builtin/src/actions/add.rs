//! Adding tasks.

use serde_json::{Map, Value, json};

use super::change::rule;
use super::existing::{existing, is_change};
use super::lists::known;
use super::readings::{readings, repeats};
use super::{Context, describe_call_error, reminders};
use crate::calls::CallError;
use crate::changes::Change;
use crate::intents::{INBOX, ListChoice};
use crate::memory::{Outcome, Question};
use crate::replies::{count, due_words, escaped, quoted, task_due_words};
use crate::tasks::{Priority, Task, TaskList};
use task_language::{Draft, Due, capitalised};

/// At most this many tasks are added from one message: the chat endpoint runs 32 calls for one message.
const MAX_DRAFTS: usize = 30;

pub fn ask_what_to_add() -> Outcome {
    Outcome::asking(
        "What should I add? Say it with a day if there is one: “buy flowers on Sunday”.",
        Question::WhatToAdd,
    )
}

/// Adds one task or several, if nothing has to be asked first.
pub fn add(drafts: &[Draft], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    if let Some(question) = ask_when(drafts) {
        return Ok(question);
    }
    if let [draft] = drafts
        && let Some((task, is_same)) = existing(draft, context)?
    {
        if !is_same && is_change(draft) {
            let text = format!(
                "I didn't understand what to change about {}: say for example “move it to Friday” or “make it urgent”. Or shall I add {} as a new task?",
                quoted(&task.title),
                quoted(&draft.title)
            );
            let question = Question::AddIt(Box::new(draft.clone()));
            return Ok(Outcome { touched: vec![task], ..Outcome::asking(text, question) });
        }
        let due = task_due_words(&task, context.clock).map(|due| format!(", due {due}")).unwrap_or_default();
        let mut text = format!("You already have {}{due}. Add another one?", quoted(&task.title));
        if let Some(due) = due_of(draft, context) {
            text.push_str(&format!(" Or say “move it” to make it due {}.", due_words(&due, context.clock)));
        }
        let question = Question::AddAnother { draft: Box::new(draft.clone()), task: Box::new(task.clone()) };
        return Ok(Outcome { touched: vec![task], ..Outcome::asking(text, question) });
    }
    add_all(drafts, context)
}

/// A day that does not exist, or two that can't both be meant, is asked about before anything is added.
fn ask_when(drafts: &[Draft]) -> Option<Outcome> {
    let text = drafts.iter().find_map(|draft| {
        let nonexistent = draft.when.as_ref().and_then(|when| when.nonexistent.as_deref());
        match (nonexistent, &draft.doubt) {
            (Some(said), _) => {
                Some(format!("There is no {}. When is {} due?", escaped(said), quoted(&draft.title)))
            }
            (None, Some((one, other))) => Some(format!(
                "Do you mean “{}” or “{}”? Say when it is due, and I'll add it.",
                escaped(one),
                escaped(other)
            )),
            (None, None) => None,
        }
    })?;
    Some(Outcome::asking(text, Question::DueWhen(drafts.to_vec())))
}

/// Adds one task or several.
pub fn add_all(drafts: &[Draft], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    if drafts.len() > MAX_DRAFTS {
        let many = count(drafts.len(), "task");
        return Ok(Outcome::words(format!(
            "That's {many}, and I add up to {MAX_DRAFTS} at once. Please send them in pieces."
        )));
    }
    let (lists, made) = match lists_of(drafts, context) {
        Ok(found) => found,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let answers: Vec<Result<Value, CallError>> = drafts
        .iter()
        .zip(&lists)
        .enumerate()
        .map(|(at, (draft, list))| {
            context.call(&format!("add{at}"), "add_task", &input(draft, list.as_ref(), context))
        })
        .collect();
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    let tasks = answers.iter().map(|answer| answer.as_ref().ok().and_then(Task::read));
    let reminded = reminders::add_with_tasks(drafts, &tasks.collect::<Vec<_>>(), context)?;
    let mut outcome = Outcome::default();
    outcome.changes.extend(made.iter().cloned().map(Change::ListAdded));
    let mut added: Vec<String> = Vec::new();
    let mut failed: Vec<String> = reminded.failed;
    for (at, (draft, answer)) in drafts.iter().zip(answers).enumerate() {
        match answer {
            Ok(answer) => {
                let task = Task::read(&answer);
                let reminder = if reminded.added.contains(&at) { ", with a reminder then" } else { "" };
                added.push(format!("{}{reminder}", described(draft, task.as_ref(), context)));
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
    parts.extend(made.iter().map(|list| format!("Made the list {}.", quoted(&list.name))));
    parts.extend(failed);
    if !added.is_empty() {
        parts.extend(readings(drafts, &outcome.touched, context));
    }
    if !outcome.touched.is_empty() {
        outcome.question = Some(Question::MaybeWhen(outcome.touched.clone()));
    }
    outcome.text = parts.join(if added.len() > 1 { "\n\n" } else { " " });
    Ok(outcome)
}

/// The list that each task was said to belong on, and those that were made for it: what is put into a list is there afterwards.
fn lists_of(
    drafts: &[Draft],
    context: &mut Context<'_, '_>,
) -> Result<(Vec<Option<TaskList>>, Vec<TaskList>), CallError> {
    let mut lists = Vec::with_capacity(drafts.len());
    let mut made: Vec<(&str, TaskList)> = Vec::new();
    for draft in drafts {
        let name = draft.list.as_deref().filter(|name| *name != INBOX && context.calls.offers("list_lists"));
        let Some(name) = name else {
            lists.push(None);
            continue;
        };
        let of_this_name = made.iter().find(|(other, _)| *other == name).map(|(_, list)| list.clone());
        let found = match of_this_name {
            Some(list) => Some(list),
            None => known(name, context)?,
        };
        if let Some(list) = found {
            lists.push(Some(list));
            continue;
        }
        let input = json!({"name": capitalised(name)});
        let list = TaskList::read(&context.call(&format!("list{}", made.len()), "add_list", &input)?);
        made.extend(list.clone().map(|list| (name, list)));
        lists.push(list);
    }
    Ok((lists, made.into_iter().map(|(_, list)| list).collect()))
}

/// The input of `add_task`.
fn input(draft: &Draft, list: Option<&TaskList>, context: &Context<'_, '_>) -> Value {
    let mut input = Map::new();
    input.insert("title".to_owned(), json!(draft.title));
    if let Some(notes) = &draft.notes {
        input.insert("notes".to_owned(), json!(notes));
    }
    if let Some(due) = due_of(draft, context) {
        input.insert("due".to_owned(), json!(due.rfc3339()));
    }
    if let Some(priority) = draft.priority {
        input.insert("priority".to_owned(), json!(priority.name()));
    }
    if let Some(list) = list {
        input.insert("list_id".to_owned(), json!(list.id));
    }
    let labels = labels_of(draft, context);
    if !labels.is_empty() {
        input.insert("labels".to_owned(), json!(labels));
    }
    if let Some(every) = draft.every.as_ref().filter(|every| repeats(every, context)) {
        input.insert("recurrence".to_owned(), rule(every));
    }
    Value::Object(input)
}

/// Its labels; the list that it was said to belong on is one where the tools know no lists.
fn labels_of(draft: &Draft, context: &Context<'_, '_>) -> Vec<String> {
    let named = draft.list.as_ref().filter(|list| !context.calls.offers("list_lists") && *list != INBOX);
    let list = named.map(|list| ListChoice::named(list).as_label());
    let more = list.filter(|label| !draft.labels.contains(label));
    draft.labels.iter().cloned().chain(more).collect()
}

pub fn due_of(draft: &Draft, context: &Context<'_, '_>) -> Option<Due> {
    draft.first(context.clock).and_then(|when| when.due(context.clock))
}

/// “Buy milk”, due tomorrow (Sun 22 Nov) at 18:00, high priority, labelled #home, with a note
fn described(draft: &Draft, task: Option<&Task>, context: &Context<'_, '_>) -> String {
    let title = task.map_or(draft.title.as_str(), |task| task.title.as_str());
    let mut parts = vec![quoted(title)];
    let due = match task {
        Some(task) => task_due_words(task, context.clock),
        None => due_of(draft, context).map(|due| due_words(&due, context.clock)),
    };
    parts.extend(due.map(|due| format!("due {due}")));
    parts.extend(
        task.and_then(|task| task.list.as_deref()).map(|list| format!("in the list {}", quoted(list))),
    );
    match draft.priority {
        None | Some(Priority::Normal) => {}
        Some(Priority::Urgent) => parts.push("urgent".to_owned()),
        Some(other) => parts.push(format!("{} priority", other.name())),
    }
    let labels = labels_of(draft, context);
    if !labels.is_empty() {
        let labels: Vec<String> = labels.iter().map(|label| format!("#{label}")).collect();
        parts.push(format!("labelled {}", labels.join(" ")));
    }
    if draft.notes.is_some() {
        let steps = draft.notes.as_deref().is_some_and(|notes| notes.starts_with("- "));
        parts.push(
            if steps { "with its steps in the notes (there are no subtasks yet)" } else { "with a note" }
                .to_owned(),
        );
    }
    parts.join(", ")
}
