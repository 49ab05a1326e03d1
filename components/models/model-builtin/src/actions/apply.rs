//! Doing one thing with known tasks.

use serde_json::json;

use super::change::{depends, input, next, sentence};
use super::{Context, describe_call_error, lists, reminders};
use crate::calls::CallError;
use crate::changes::Change;
use crate::intents::{DueChange, TaskAction};
use crate::memory::{Outcome, Question};
use crate::replies::{count, day_words, declined, joined, quoted, task_due_words};
use crate::tasks::{Priority, Task};
use task_language::Due;

/// More names than this are a number.
const MAX_NAMED: usize = 5;

/// Does `action` with every one of the tasks. `remembered` ones are read again where the change depends on how they are.
pub fn apply(
    action: &TaskAction,
    tasks: &[Task],
    remembered: bool,
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    match action {
        TaskAction::Show => return Ok(show(tasks, context)),
        TaskAction::MoveTo(choice) if choice.is_missing() => {
            return lists::move_into_new(&choice.name, tasks, context);
        }
        TaskAction::Remind(minutes) => return reminders::remind(*minutes, tasks, context),
        TaskAction::CancelReminders => return reminders::cancel(tasks, context),
        TaskAction::Reschedule(DueChange::Later) => {
            let names: Vec<String> = tasks.iter().map(|task| quoted(&task.title)).collect();
            let text =
                format!("Until when should I move {}? Say a day or a time, like “Thursday”.", joined(&names));
            return Ok(Outcome {
                touched: tasks.to_vec(),
                ..Outcome::asking(text, Question::When(tasks.to_vec()))
            });
        }
        TaskAction::AskNewTitle => {
            let names: Vec<String> = tasks.iter().map(|task| quoted(&task.title)).collect();
            let text = format!("What should {} be called?", joined(&names));
            return Ok(Outcome {
                touched: tasks.to_vec(),
                ..Outcome::asking(text, Question::NewTitle(tasks.to_vec()))
            });
        }
        _ => {}
    }
    let answers: Vec<Result<(Task, Task), CallError>> =
        tasks.iter().enumerate().map(|(at, task)| one(action, task, remembered, at, context)).collect();
    if answers.contains(&Err(CallError::Pending)) {
        return Err(CallError::Pending);
    }
    let mut outcome = Outcome::default();
    let mut done: Vec<(Task, Task)> = Vec::new();
    let mut failed: Vec<String> = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    for (task, answer) in tasks.iter().zip(answers) {
        match answer {
            Ok((before, after)) => {
                outcome.changes.extend(changed(action, &before, &after));
                if *action != TaskAction::Delete {
                    outcome.touched.push(after.clone());
                }
                done.push((before, after));
            }
            Err(CallError::Failed(failure)) if tasks.len() > 1 && declined(&failure) => {
                kept.push(quoted(&task.title))
            }
            Err(error) => {
                let reason = describe_call_error(error, Some(&task.title))?;
                if !failed.contains(&reason) {
                    failed.push(reason);
                }
            }
        }
    }
    let mut parts: Vec<String> = Vec::new();
    match done.as_slice() {
        [] => {}
        [(before, after)] => parts.push(sentence(action, before, after, context.clock)),
        many => parts.push(summary(action, many, context)),
    }
    match kept.len() {
        0 => {}
        1..=MAX_NAMED => parts.push(format!("OK, I kept {}.", joined(&kept))),
        all => parts.push(format!("OK, I kept all {all} as they are.")),
    }
    parts.extend(failed);
    outcome.text = parts.join(if done.len() > 1 { "\n\n" } else { " " });
    outcome.action = Some(action.clone());
    Ok(outcome)
}

/// One call, or two where the task must be read first. Answers the task before and after.
fn one(
    action: &TaskAction,
    task: &Task,
    remembered: bool,
    at: usize,
    context: &mut Context<'_, '_>,
) -> Result<(Task, Task), CallError> {
    let by_id = json!({"id": task.id});
    let before = if remembered && depends(action) && context.calls.allows("get_task") {
        let answer = context.call(&format!("read{at}"), "get_task", &by_id)?;
        Task::read(&answer).unwrap_or_else(|| task.clone())
    } else {
        task.clone()
    };
    let (tool, arguments) = match action {
        TaskAction::Complete => ("complete_task", by_id),
        TaskAction::Reopen => ("reopen_task", by_id),
        TaskAction::Delete => ("delete_task", by_id),
        TaskAction::Skip => ("skip_occurrence", by_id),
        _ => ("update_task", input(action, &before, context.clock).unwrap_or(by_id)),
    };
    let answer = context.call(&format!("do{at}"), tool, &arguments)?;
    let after = Task::read(&answer).unwrap_or_else(|| before.clone());
    Ok((before, after))
}

/// The change to take back; none where it was so already.
fn changed(action: &TaskAction, before: &Task, after: &Task) -> Option<Change> {
    match action {
        TaskAction::Complete
            if before.completed_at.is_some() && before.completed_at == after.completed_at =>
        {
            None
        }
        TaskAction::Complete => Some(Change::Completed(after.clone())),
        TaskAction::Reopen if !before.is_done() && before.version == after.version => None,
        TaskAction::Reopen => Some(Change::Reopened(after.clone())),
        TaskAction::Delete => Some(Change::Deleted(after.clone())),
        _ => Some(Change::Updated { before: Box::new(before.clone()), after: Box::new(after.clone()) }),
    }
}

/// "Marked 2 tasks as done:" and their names.
fn summary(action: &TaskAction, done: &[(Task, Task)], context: &Context<'_, '_>) -> String {
    let tasks = count(done.len(), "task");
    let head = match action {
        TaskAction::Complete => format!("Marked {tasks} as done. Nice work!"),
        TaskAction::Reopen => format!("{tasks} are open again:"),
        TaskAction::Delete => format!("Deleted {tasks}:"),
        _ => format!("Changed {tasks}:"),
    };
    let lines = done.iter().map(|(before, after)| match action {
        TaskAction::Complete if !after.is_done() && after.recurrence.is_some() => {
            format!("{}, {}", quoted(&after.title), next(after, context.clock))
        }
        TaskAction::Complete | TaskAction::Reopen | TaskAction::Delete => quoted(&after.title),
        _ => sentence(action, before, after, context.clock),
    });
    format!("{head}\n- {}", lines.collect::<Vec<_>>().join("\n- "))
}

/// All that is known of tasks.
fn show(tasks: &[Task], context: &Context<'_, '_>) -> Outcome {
    let lines: Vec<String> = tasks.iter().map(|task| all_about(task, context)).collect();
    Outcome { text: lines.join("\n\n"), touched: tasks.to_vec(), ..Outcome::default() }
}

fn all_about(task: &Task, context: &Context<'_, '_>) -> String {
    let title = quoted(&task.title);
    let mut text = match (&task.completed_at, task_due_words(task, context.clock)) {
        (Some(at), _) => match context.clock.instant(at) {
            Some(at) => format!("{title} is done since {}.", day_words(at.date(), context.clock)),
            None => format!("{title} is done."),
        },
        (None, Some(due)) => {
            let past = task
                .due
                .as_deref()
                .and_then(|due| Due::parse(due, context.clock))
                .is_some_and(|due| due.day() < context.clock.today());
            format!(
                "{title} {} due {due}{}.",
                if past { "was" } else { "is" },
                if past { " and is overdue" } else { "" }
            )
        }
        (None, None) => format!("{title} has no due date."),
    };
    match task.priority {
        Priority::Normal => {}
        Priority::Urgent => text.push_str(" It is urgent."),
        other => text.push_str(&format!(" It has {} priority.", other.name())),
    }
    if let Some(words) = task.repeats() {
        text.push_str(&format!(" It repeats {}.", crate::replies::escaped(words)));
    }
    if let Some(list) = &task.list {
        text.push_str(&format!(" It is in the list {}.", quoted(list)));
    }
    if !task.labels.is_empty() {
        let labels: Vec<String> = task.labels.iter().map(|label| format!("#{label}")).collect();
        text.push_str(&format!(" Labels: {}.", labels.join(" ")));
    }
    if let Some(notes) = task.notes.as_deref().filter(|notes| !notes.trim().is_empty()) {
        text.push_str(&format!("\n\nNotes: {}", crate::replies::escaped(notes)));
    }
    text
}
