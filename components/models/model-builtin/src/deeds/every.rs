//! Doing something with every task of a list, after asking.
//!
//! Deletions are not asked about here when the chat endpoint holds them back anyway: it names each task in its question,
//! and nobody likes to be asked twice.

use super::apply::apply;
use super::{Context, stopped};
use crate::calls::Stop;
use crate::intents::{Deed, Listing, Move, Status, Step};
use crate::memory::{Outcome, Question};
use crate::replies::{count, due_words, none, numbered};
use crate::tasks::Page;

/// At most this many tasks are changed at once: the chat endpoint runs 32 calls for one message.
const MOST: u32 = 25;

/// Lists the tasks that would be touched, and asks; hands deletions over to the question of the chat endpoint.
pub fn ask(deed: &Deed, listing: &Listing, context: &mut Context<'_, '_>) -> Result<Outcome, Stop> {
    let answer = match context.call("every", "list_tasks", &listing.query(MOST)) {
        Ok(answer) => answer,
        Err(stop) => return stopped(stop, None).map(Outcome::words),
    };
    let page = Page::read(&answer);
    let tasks = page.items;
    if tasks.is_empty() {
        return Ok(Outcome::words(none(listing)));
    }
    if *deed == Deed::Delete && context.calls.is_held_back("delete_task") {
        let mut outcome = apply(deed, &tasks, false, context)?;
        if page.next_cursor.is_some() && !outcome.changes.is_empty() {
            outcome.text.push_str("\n\nThere are more: say it again for the next ones.");
        }
        return Ok(outcome);
    }
    let kind = match listing.status {
        Status::Open => "open task",
        Status::Done => "done task",
        Status::All => "task",
    };
    let these = match (tasks.len(), &page.next_cursor) {
        (many, Some(_)) => format!("the first {many} {kind}s (there are more)"),
        (1, None) => format!("this {kind}"),
        (many, None) => format!("these {}", count(many, kind)),
    };
    let asked = match deed {
        Deed::Complete => format!("Mark {these} as done?"),
        Deed::Reopen => format!("Reopen {these}?"),
        Deed::Delete => format!("Delete {these} for good?"),
        Deed::Reschedule(Move::To(when)) => {
            let due = when.due(context.clock).map_or_else(String::new, |due| due_words(&due, context.clock));
            format!("Move {these} to {due}?")
        }
        Deed::Prioritise(Step::To(priority)) => format!("Set {these} to {} priority?", priority.name()),
        _ => format!("Change {these}?"),
    };
    let text = format!(
        "{asked}\n{}\n\nSay “yes” to go ahead or “no” to leave everything as it is.",
        numbered(&tasks, 0, context.clock)
    );
    let question = Question::Sure { deed: deed.clone(), tasks: tasks.clone() };
    Ok(Outcome { shown: Some(tasks), page: Some(None), ..Outcome::asking(text, question) })
}
