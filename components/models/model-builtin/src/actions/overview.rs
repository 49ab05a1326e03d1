//! Where the person stands, and what to do first.

use serde_json::{Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::intents::OverviewKind;
use crate::memory::Outcome;
use crate::replies::{count, numbered, quoted};
use crate::tasks::Task;

/// Tells where the person stands.
pub fn overview(kind: OverviewKind, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let answer = match context.call("overview", "overview", &json!({})) {
        Ok(answer) => answer,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let overdue = tasks(&answer, "overdue");
    let today = tasks(&answer, "due_today");
    let upcoming = tasks(&answer, "upcoming");
    let open = number(&answer, "open_count");
    let mut text = match kind {
        OverviewKind::Morning => "Good morning! ".to_owned(),
        _ => String::new(),
    };
    text.push_str(&standing(&answer, open));
    let first = first(&overdue, &today, &upcoming);
    if let Some(first) = first
        && kind != OverviewKind::Standing
    {
        text.push_str(&format!(" I'd start with {}.", quoted(&first.title)));
    }
    let mut shown: Vec<Task> = Vec::new();
    let upcoming_wanted = kind == OverviewKind::Standing || (overdue.is_empty() && today.is_empty());
    for (name, tasks, wanted) in
        [("Overdue", overdue, true), ("Today", today, true), ("Coming up", upcoming, upcoming_wanted)]
    {
        let tasks: Vec<Task> = tasks.into_iter().take(5).collect();
        if wanted && !tasks.is_empty() {
            text.push_str(&format!("\n\n{name}:\n{}", numbered(&tasks, shown.len(), context.clock)));
            shown.extend(tasks);
        }
    }
    Ok(Outcome { text, shown: Some(shown), page: Some(None), ..Outcome::default() })
}

/// "You have 8 open tasks: 1 overdue, 1 due today and 3 in the next 7 days. You finished 2 today."
fn standing(answer: &Value, open: u64) -> String {
    if open == 0 {
        return "You have no open tasks. All done!".to_owned();
    }
    let counts = [
        ("overdue_count", "overdue"),
        ("due_today_count", "due today"),
        ("upcoming_count", "in the next 7 days"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .map(|(field, words)| (number(answer, field), words))
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{number} {words}"))
        .collect();
    let mut text = format!("You have {}", count(usize::try_from(open).unwrap_or(usize::MAX), "open task"));
    text.push_str(&match parts.as_slice() {
        [] => ", none of them due soon.".to_owned(),
        parts => format!(": {}.", crate::replies::joined(parts)),
    });
    let finished = number(answer, "completed_today_count");
    if finished > 0 {
        text.push_str(&format!(" You finished {finished} today."));
    }
    text
}

/// What to start with: the most urgent of what is overdue, then of today, then what comes.
fn first<'a>(overdue: &'a [Task], today: &'a [Task], upcoming: &'a [Task]) -> Option<&'a Task> {
    [overdue, today, upcoming]
        .into_iter()
        .find(|tasks| !tasks.is_empty())
        // Of equals, the first: they come in the order of their due dates.
        .and_then(|tasks| tasks.iter().rev().max_by_key(|task| task.priority))
}

fn tasks(answer: &Value, field: &str) -> Vec<Task> {
    answer.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Task::read).collect()
}

fn number(answer: &Value, field: &str) -> u64 {
    answer.get(field).and_then(Value::as_u64).unwrap_or_default()
}
