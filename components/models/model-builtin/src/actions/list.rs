//! Showing lists, a page at a time.

use serde_json::{Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::intents::{Listing, Status};
use crate::memory::Outcome;
use crate::replies::{heading, none, numbered};
use crate::tasks::{Page, Task, best_matches};

/// A page of a list that is shown.
const PAGE_SIZE: u32 = 10;

/// A page of a list that is filtered here.
pub const FILTERED_PAGE_SIZE: u32 = 100;

/// Shows the first page of a list.
pub fn list(listing: &Listing, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let limit = if listing.is_filtered_here() { FILTERED_PAGE_SIZE } else { PAGE_SIZE };
    let query = listing.query(limit);
    let answer = match context.call("list", "list_tasks", &query) {
        Ok(answer) => answer,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let mut page = Page::read(&answer);
    let mut total = page.items.len();
    if listing.is_filtered_here() {
        page.items.retain(|task| belongs(task, listing, context));
        total = page.items.len();
        page.items.truncate(20);
        page.next_cursor = None;
    }
    if page.items.is_empty() {
        let mut outcome = Outcome::words(none(listing));
        outcome.shown = Some(Vec::new());
        outcome.page = Some(None);
        return Ok(outcome);
    }
    let count = match &page.next_cursor {
        Some(_) => format!("the first {}", page.items.len()),
        None if total > page.items.len() => format!("the first {} of {total}", page.items.len()),
        None => total.to_string(),
    };
    let mut text = format!("{} ({count}):\n{}", heading(listing), numbered(&page.items, 0, context.clock));
    if page.next_cursor.is_some() {
        text.push_str("\n\nThere are more: say “show more”.");
    }
    Ok(shown(text, page, query, &[]))
}

/// What the tool can't filter by: no due date, and the day of completion.
pub fn belongs(task: &Task, listing: &Listing, context: &Context<'_, '_>) -> bool {
    let one = std::slice::from_ref(task);
    let fits = |wanted: &[String]| {
        let found = best_matches(wanted, one);
        !found.exact.is_empty() || !found.near.is_empty()
    };
    let about = listing.about.as_ref().is_none_or(|about| {
        let said: Vec<String> = about.split_whitespace().map(str::to_owned).collect();
        task.labels.contains(about) || !best_matches(&said, one).exact.is_empty()
    });
    if (listing.undated && task.due.is_some())
        || (listing.unlabelled && !task.labels.is_empty())
        || (listing.dated && task.due.is_none())
        || (listing.repeating && task.recurrence.is_none())
        || !about
        || listing.except.iter().any(|words| fits(words))
    {
        return false;
    }
    let Some(range) = listing.range.as_ref().filter(|_| listing.status == Status::Done) else { return true };
    let Some(at) = task.completed_at.as_deref().and_then(|at| context.clock.instant(at)) else {
        return false;
    };
    range.from.is_none_or(|from| at.date() >= from) && range.before.is_none_or(|before| at.date() < before)
}

/// Shows the next page of the last list.
pub fn more(context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let Some((query, cursor)) = context.memory.next_page().cloned() else {
        return Ok(Outcome::words("There's no longer list to go on with. Say “show my tasks” to see one."));
    };
    let mut next = query.clone();
    if let Some(fields) = next.as_object_mut() {
        fields.insert("cursor".to_owned(), json!(cursor));
    }
    let answer = match context.call("more", "list_tasks", &next) {
        Ok(answer) => answer,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let page = Page::read(&answer);
    let before = context.memory.shown_tasks();
    let mut text = numbered(&page.items, before.len(), context.clock);
    text.push_str(if page.next_cursor.is_some() {
        "\n\nThere are more: say “show more”."
    } else {
        "\n\nThat's all of them."
    });
    Ok(shown(text.trim_start().to_owned(), page, query, before))
}

/// The numbers go on over the pages, so the list shown is all of them.
fn shown(text: String, page: Page, query: Value, before: &[Task]) -> Outcome {
    let next = page.next_cursor.map(|cursor| (query, cursor));
    let all = before.iter().cloned().chain(page.items).collect();
    Outcome { text, shown: Some(all), page: Some(next), ..Outcome::default() }
}
