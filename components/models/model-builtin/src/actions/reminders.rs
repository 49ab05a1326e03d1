//! Reminders of tasks.

use serde_json::{Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::memory::Outcome;
use crate::replies::{count, due_words, quoted};
use crate::tasks::Task;
use task_language::{Draft, Due};

/// What came of the reminders that were asked for with new tasks.
#[derive(Debug, Default)]
pub struct OfAdded {
    /// The places of the tasks that have one.
    pub added: Vec<usize>,
    /// Why others have none.
    pub failed: Vec<String>,
}

/// Adds a reminder to each task that was added with one, for the time at which it is due. A day has none.
pub fn add_with_tasks(
    drafts: &[Draft],
    tasks: &[Option<Task>],
    context: &mut Context<'_, '_>,
) -> Result<OfAdded, CallError> {
    let mut outcome = OfAdded::default();
    if !context.calls.offers("add_reminder") {
        return Ok(outcome);
    }
    let mut is_pending = false;
    for (at, (draft, task)) in drafts.iter().zip(tasks).enumerate() {
        let Some(task) = task.as_ref().filter(|task| draft.remind && has_time(task, context)) else {
            continue;
        };
        let input = json!({"task_id": task.id, "before_due_minutes": 0});
        match context.call(&format!("remind{at}"), "add_reminder", &input) {
            Ok(_) => outcome.added.push(at),
            Err(CallError::Pending) => is_pending = true,
            // It was said for a time that is over: the task is overdue, and says so.
            Err(CallError::Failed(_)) => {}
            Err(error) => outcome.failed.push(describe_call_error(error, Some(&task.title))?),
        }
    }
    if is_pending { Err(CallError::Pending) } else { Ok(outcome) }
}

fn has_time(task: &Task, context: &Context<'_, '_>) -> bool {
    let due = task.due.as_deref().and_then(|due| Due::parse(due, context.clock));
    matches!(due, Some(Due::At(_)))
}

/// Adds a reminder so long before each of the tasks is due.
pub fn remind(minutes: u32, tasks: &[Task], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let mut answers = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        if !has_time(task, context) {
            answers.push(Ok(format!(
                "{} is due at no time of day, so I can't remind you before it. Give it a time first: “move it to tomorrow at 9”.",
                quoted(&task.title)
            )));
            continue;
        }
        let input = json!({"task_id": task.id, "before_due_minutes": minutes});
        let answer = context.call(&format!("remind{at}"), "add_reminder", &input);
        answers.push(answer.map(|reminder| {
            let at = time_of(&reminder, context).map(|at| format!(": {at}")).unwrap_or_default();
            format!("I'll remind you of {} {} before{at}.", quoted(&task.title), length(minutes))
        }));
    }
    said(tasks, answers)
}

/// Cancels the reminders of the tasks that still wait.
pub fn cancel(tasks: &[Task], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let mut answers = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        answers.push(cancel_of(task, at, context));
    }
    said(tasks, answers)
}

fn cancel_of(task: &Task, at: usize, context: &mut Context<'_, '_>) -> Result<String, CallError> {
    let waiting = json!({"task_id": task.id, "state": "waiting"});
    let found = context.call(&format!("reminders{at}"), "list_reminders", &waiting)?;
    let ids: Vec<&str> = items(&found).iter().filter_map(|one| one.get("id")?.as_str()).collect();
    let mut is_pending = false;
    for (place, id) in ids.iter().enumerate() {
        match context.call(&format!("cancel{at}x{place}"), "cancel_reminder", &json!({"id": id})) {
            Err(CallError::Pending) => is_pending = true,
            other => drop(other?),
        }
    }
    if is_pending {
        return Err(CallError::Pending);
    }
    Ok(match ids.len() {
        0 => format!("{} has no reminder.", quoted(&task.title)),
        1 => format!("Cancelled the reminder of {}.", quoted(&task.title)),
        many => format!("Cancelled {} of {}.", count(many, "reminder"), quoted(&task.title)),
    })
}

/// Tells which reminders wait.
pub fn list(context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let found = match context.call("reminders", "list_reminders", &json!({})) {
        Ok(found) => found,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let lines: Vec<String> = items(&found)
        .iter()
        .filter_map(|one| {
            let title = quoted(one.get("title")?.as_str()?);
            let at = time_of(one, context).unwrap_or_else(|| "once it is due at a time".to_owned());
            Some(format!("- {title}, {at}"))
        })
        .collect();
    if lines.is_empty() {
        return Ok(Outcome::words(
            "No reminders are set. Say “remind me tomorrow at 9 to call Anna”, or “remind me an hour before the dentist”.",
        ));
    }
    Ok(Outcome::words(format!("You have {}:\n{}", count(lines.len(), "reminder"), lines.join("\n"))))
}

fn items(found: &Value) -> &[Value] {
    found.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn time_of(reminder: &Value, context: &Context<'_, '_>) -> Option<String> {
    let at = context.clock.instant(reminder.get("at")?.as_str()?)?;
    Some(due_words(&Due::At(at), context.clock))
}

/// "30 minutes", "2 hours", "a day"
fn length(minutes: u32) -> String {
    let (number, unit) = match minutes {
        minutes if minutes % (24 * 60) == 0 => (minutes / (24 * 60), "day"),
        minutes if minutes % 60 == 0 => (minutes / 60, "hour"),
        minutes => (minutes, "minute"),
    };
    count(usize::try_from(number).unwrap_or(usize::MAX), unit)
}

/// What was done with each task, or why not.
fn said(tasks: &[Task], answers: Vec<Result<String, CallError>>) -> Result<Outcome, CallError> {
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    let mut lines: Vec<String> = Vec::new();
    for (task, answer) in tasks.iter().zip(answers) {
        let line = match answer {
            Ok(line) => line,
            Err(error) => describe_call_error(error, Some(&task.title))?,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Ok(Outcome { touched: tasks.to_vec(), ..Outcome::words(lines.join("\n\n")) })
}
