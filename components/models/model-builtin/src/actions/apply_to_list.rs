//! Doing something with every task of a list, after asking.
//!
//! Nobody likes to be asked twice: where the chat endpoint holds calls back and asks with their true number, nothing is
//! asked here. All tasks of a list are deleted or completed by one call.

use serde_json::json;

use super::apply::apply;
use super::list::{FILTERED_PAGE_SIZE, belongs};
use super::{Context, bulk, describe_call_error};
use crate::calls::CallError;
use crate::intents::{DueChange, Listing, PriorityChange, Status, TaskAction};
use crate::memory::{Outcome, Question};
use crate::replies::{count, due_words, none, numbered};
use crate::tasks::Page;

/// At most this many tasks are changed one by one: the chat endpoint runs 32 calls for one message.
const MAX_CHANGED: usize = 25;
/// A page of a list whose tasks are changed one by one.
const BULK_PAGE_SIZE: u32 = 25;
/// More changes than this of one message are held back by the chat endpoint, which asks about them.
const MAX_UNASKED_CHANGES: usize = 3;

/// Lists the tasks that would be touched, and asks; hands deletions over to the question of the chat endpoint.
pub fn apply_to_list(
    action: &TaskAction,
    listing: &Listing,
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    let bulk = bulk::tool(action).filter(|tool| context.calls.needs_confirmation(tool));
    if let Some(tool) = bulk.filter(|_| !listing.is_filtered_here()) {
        return bulk::change(tool, action, &bulk::filters(action, listing), listing, context);
    }
    let limit = if listing.is_filtered_here() { FILTERED_PAGE_SIZE } else { BULK_PAGE_SIZE };
    let answer = match context.call("every", "list_tasks", &listing.query(limit)) {
        Ok(answer) => answer,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let mut page = Page::read(&answer);
    page.items.retain(|task| belongs(task, listing, context));
    if page.items.is_empty() {
        return Ok(Outcome::words(none(listing)));
    }
    if let Some(tool) = bulk {
        let ids: Vec<&str> = page.items.iter().map(|task| task.id.as_str()).collect();
        return bulk::change(tool, action, &[json!({"ids": ids})], listing, context);
    }
    let has_more = page.next_cursor.is_some() || page.items.len() > MAX_CHANGED;
    page.items.truncate(MAX_CHANGED);
    let tasks = page.items;
    let is_asked_anyway = match action {
        TaskAction::Delete => context.calls.needs_confirmation("delete_task"),
        _ => tasks.len() > MAX_UNASKED_CHANGES && context.calls.any_needs_confirmation(),
    };
    if is_asked_anyway {
        let mut outcome = apply(action, &tasks, false, context)?;
        if has_more && !outcome.changes.is_empty() {
            outcome.text.push_str("\n\nThere are more: say it again for the next ones.");
        }
        return Ok(outcome);
    }
    let kind = match listing.status {
        Status::Open => "open task",
        Status::Done => "done task",
        Status::All => "task",
    };
    let these = match (tasks.len(), has_more) {
        (many, true) => format!("the first {many} {kind}s (there are more)"),
        (1, false) => format!("this {kind}"),
        (many, false) => format!("these {}", count(many, kind)),
    };
    let asked = match action {
        TaskAction::Complete => format!("Mark {these} as done?"),
        TaskAction::Reopen => format!("Reopen {these}?"),
        TaskAction::Delete => format!("Delete {these} for good?"),
        TaskAction::Reschedule(DueChange::To(when)) => {
            let due = when.due(context.clock).map_or_else(String::new, |due| due_words(&due, context.clock));
            format!("Move {these} to {due}?")
        }
        TaskAction::Prioritise(PriorityChange::To(priority)) => {
            format!("Set {these} to {} priority?", priority.name())
        }
        _ => format!("Change {these}?"),
    };
    let text = format!(
        "{asked}\n{}\n\nSay “yes” to go ahead or “no” to leave everything as it is.",
        numbered(&tasks, 0, context.clock)
    );
    let question = Question::Sure { action: action.clone(), tasks: tasks.clone() };
    Ok(Outcome { shown: Some(tasks), page: Some(None), ..Outcome::asking(text, question) })
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_chat_endpoint_asks_about_is_not_asked_about_here() {
        assert_eq!(super::MAX_UNASKED_CHANGES as u32, task_model::consent::MAX_UNASKED_CHANGES);
    }
}
