//! Doing something with every task of a list.
//!
//! Nothing is asked here: the chat endpoint holds back what can't be taken back and what changes many, and asks with the true
//! number. All tasks of a list are deleted or completed by one call.

use serde_json::json;

use super::apply::apply;
use super::list::{FILTERED_PAGE_SIZE, belongs};
use super::{Context, bulk, describe_call_error};
use crate::calls::CallError;
use crate::intents::{Listing, TaskAction};
use crate::memory::Outcome;
use crate::replies::{escaped, none};
use crate::tasks::{Page, best_matches};

/// At most this many tasks are changed one by one: the chat endpoint runs 32 calls for one message.
const MAX_CHANGED: usize = 25;
/// A page of a list whose tasks are changed one by one.
const BULK_PAGE_SIZE: u32 = 25;

/// Does it with every task of the list: by one call where there is one for it, else with one task after the other.
pub fn apply_to_list(
    action: &TaskAction,
    listing: &Listing,
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    let bulk = bulk::tool(action).filter(|tool| context.calls.allows(tool));
    if let Some(tool) = bulk.filter(|_| !listing.is_filtered_here()) {
        return bulk::change(tool, action, &bulk::filters(action, listing), listing, context);
    }
    let limit = if listing.is_filtered_here() { FILTERED_PAGE_SIZE } else { BULK_PAGE_SIZE };
    let answer = match context.call("every", "list_tasks", &listing.query(limit)) {
        Ok(answer) => answer,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let mut page = Page::read(&answer);
    // A name that is not found can't be left out: then nothing is done.
    let missing = listing.except.iter().find(|words| {
        let found = best_matches(words, &page.items);
        found.exact.is_empty() && found.near.is_empty()
    });
    if let Some(words) = missing {
        return Ok(Outcome::words(format!(
            "I couldn't find a task matching “{}”, so I left everything as it is.",
            escaped(&words.join(" "))
        )));
    }
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
    let mut outcome = apply(action, &page.items, false, context)?;
    if has_more && !outcome.changes.is_empty() {
        outcome.text.push_str("\n\nThere are more: say it again for the next ones.");
    }
    Ok(outcome)
}
