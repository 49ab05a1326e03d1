//! Requests joined by a comma or an "and": whether what follows is one of its own.

use super::{Intent, Target, TaskAction, add, explicit};
use crate::text::{Word, is_task_verb, without_politeness};
use task_language::Clock;
use task_language::list;

/// The words after a comma or an "and" begin a request of their own. After a request to add, only what can't be part
/// of a title does: "add buy a frame and move the couch" is about two tasks, not about moving one.
pub fn begins_request(before: &[Word], later: &[Word], clock: &Clock) -> bool {
    if before.len() > MAX_WORDS || later.len() > MAX_WORDS {
        return false;
    }
    let later = without_politeness(later);
    let before = without_politeness(before);
    let first = later.first().map_or("", |word| word.key.as_str());
    let Some(intent) = explicit(later, clock).filter(|_| is_opening(first)) else {
        return after_statement(before, later, clock);
    };
    match explicit(before, clock).or_else(|| add::implied(before, clock)) {
        Some(Intent::Add(_) | Intent::AskWhatToAdd) => match &intent {
            Intent::Add(_) => true,
            // "…, it's important" says more about what is added.
            Intent::ApplyToTargets {
                action: TaskAction::Prioritise(_) | TaskAction::Reschedule(_), ..
            } if matches!(first, "its" | "it" | "thats") => false,
            Intent::ApplyToTargets { targets, .. }
                if targets.contains(&Target::It) || targets.contains(&Target::Them) =>
            {
                true
            }
            Intent::ApplyToTargets { action: TaskAction::Delete, .. } => matches!(first, "delete" | "remove"),
            Intent::ApplyToTargets { action: TaskAction::Complete, .. } => matches!(first, "mark" | "tick"),
            Intent::ApplyToTargets { action: TaskAction::Rename(_) | TaskAction::Reopen, .. } => true,
            Intent::Cannot(_) | Intent::List(_) | Intent::ApplyToList { .. } | Intent::Overview(_) => true,
            _ => false,
        },
        Some(_) => true,
        None => matches!(intent, Intent::Add(_)) && is_statement(before),
    }
}

/// A request begins with such a word. One that begins with the name of a task ("groceries are done") is not told
/// apart from the end of the one before.
fn is_opening(first: &str) -> bool {
    const OPENING: &[&str] = list![
        add remind create new todo put delete remove get clear erase scrap drop cancel complete finish mark tick
        check cross done close set make change move push postpone reschedule delay snooze bring rename tag label
        untag unlabel reopen undo uncheck show list what whats when how find search plan i im ive its it thats dont
        remember note tell prioritise prioritize bump raise lower take flag need gotta schedule everything give
        defer shift update edit
    ];
    OPENING.contains(&first) || crate::text::base_form(first).is_some()
}

/// "Finished the report by the way, and remind me …": a telling that the rules read with some words too many.
fn is_statement(before: &[Word]) -> bool {
    before
        .first()
        .is_some_and(|word| crate::text::base_form(&word.key).is_some() || word.is(&["i", "ive", "im"]))
}

/// Requests of more words than this are not joined to others.
pub const MAX_WORDS: usize = 40;

/// "Mark milk as done and buy oat milk": a request that is closed, then a task.
fn after_statement(before: &[Word], later: &[Word], clock: &Clock) -> bool {
    let closed = match explicit(before, clock) {
        Some(Intent::ApplyToTargets { action: TaskAction::Complete, .. }) => {
            before.last().is_some_and(|word| word.is(&["done", "complete", "completed", "finished", "off"]))
        }
        Some(Intent::ApplyToTargets {
            action: TaskAction::Reschedule(_) | TaskAction::Prioritise(_),
            ..
        }) => true,
        _ => false,
    };
    // "report done, taxes not yet"
    if closed
        && matches!(
            explicit(later, clock),
            Some(Intent::ApplyToTargets { action: TaskAction::Complete | TaskAction::Reopen, .. })
        )
    {
        return true;
    }
    closed && later.len() > 1 && later.first().is_some_and(|word| is_task_verb(&word.key))
}
