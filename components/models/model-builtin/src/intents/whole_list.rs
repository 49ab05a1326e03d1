//! Doing something with every task of a list: `mark everything as done`, `delete all done tasks`. The person is asked
//! before anything is changed.

use std::sync::LazyLock;

use super::{DueChange, Intent, Listing, PriorityChange, Status, TaskAction};
use crate::clock::Clock;
use crate::dates::whole;
use crate::details::priorities;
use crate::text::{Patterns, Word};

static COMPLETE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        mark|set|check|tick {x} [off] [as] done|complete|completed|finished|off
        complete|finish|close {x}
        (tick off|check off|cross off) {x}
        [im|i am] (done|finished) with {x}
        [i] (finished|completed|did) {x}
        {x} (is|are) done|finished|completed
        ",
    )
});

static DELETE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        delete|remove|clear|erase|trash|purge|wipe|empty|drop|nuke|bin|clean [out|up] {x} [from my list|from the list]
        (get rid of|throw away|clean up) {x}
        ",
    )
});

static REOPEN: LazyLock<Patterns> = LazyLock::new(|| Patterns::new("reopen|restore|uncheck {x}"));

static MOVE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        move|reschedule|postpone|push|shift|put|bring|snooze|defer|change {x} [back|forward] to|until|for|on {when}
        ",
    )
});

static PRIORITISE: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new("make|mark|set|flag|change {x} [as|to] {p}"));

/// Reads a request about every task of a list.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if words.last().is_some_and(|word| word.trail.contains('?')) {
        return None;
    }
    for (patterns, action) in
        [(&DELETE, TaskAction::Delete), (&COMPLETE, TaskAction::Complete), (&REOPEN, TaskAction::Reopen)]
    {
        for found in patterns.matches(words) {
            if let Some(mut listing) = all(found.get("x"), clock, &action) {
                if action == TaskAction::Reopen {
                    listing.status = Status::Done;
                }
                return Some(Intent::ApplyToList { action, listing });
            }
        }
    }
    let moved = MOVE.matches(words).into_iter().find_map(|found| {
        let action = TaskAction::Reschedule(DueChange::To(whole(found.get("when"), clock)?));
        Some(Intent::ApplyToList { listing: all(found.get("x"), clock, &action)?, action })
    });
    moved.or_else(|| {
        PRIORITISE.matches(words).into_iter().find_map(|found| {
            let action = TaskAction::Prioritise(PriorityChange::To(priorities::whole(found.get("p"))?));
            Some(Intent::ApplyToList { listing: all(found.get("x"), clock, &action)?, action })
        })
    })
}

/// "everything", "all #work tasks", "my done tasks", "completed": words that mean a list and nothing else.
fn all(words: &[Word], clock: &Clock, action: &TaskAction) -> Option<Listing> {
    if words.iter().any(|word| word.quoted || word.is(&["them", "both", "those", "these", "it"])) {
        return None;
    }
    let reading = Listing::read(words, clock);
    let every = words.iter().any(|word| word.is(&["everything", "all", "every", "each"]));
    let plural = words.iter().any(|word| word.is(&["tasks", "todos", "items", "ones", "list"]));
    let finished = *action == TaskAction::Delete && reading.listing.status == Status::Done;
    let alone = words.iter().all(|word| word.is(&["all", "the", "ones"]));
    let meant = (every && !alone)
        || (plural
            && (reading.filtered
                || words.iter().all(|word| {
                    word.is(&["my", "the", "list", "tasks", "todos", "todo", "whole", "entire"])
                })))
        || finished;
    (meant && reading.rest.is_empty()).then_some(reading.listing)
}
