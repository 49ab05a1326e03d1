//! Doing something with every task of a list: `mark everything as done`, `delete all done tasks`. The person is asked
//! before anything is changed.

use std::sync::LazyLock;

use super::target::targets;
use super::{DueChange, Intent, LabelChange, Listing, PriorityChange, Status, Target, TaskAction};
use crate::text::{Patterns, Word};
use task_language::Clock;
use task_language::{labels, length, whole};
use task_language::{list, priorities};

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

static BY: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        push|move|postpone|delay|defer|shift|snooze|put [back|off|out] {x} back|out|off [by|for] {by}
        push|move|postpone|delay|defer|shift|snooze|put [back|off|out] {x} by|for {by}
        push|move|postpone|delay|defer|shift|snooze {x} {by}
        bring|move|pull {x} forward|up|ahead [by] {earlier}
        ",
    )
});

static LABEL: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "label|tag {x} as|with|under {labels}\nadd|put {labels} to|on {x}\nlabel|tag|mark {x} {hash}",
    )
});

static UNLABEL: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        remove|take|clear|drop|delete [the] [label|tag] {labels} [label|tag] off|from|of|on {x}
        untag {labels} from|on|off {x}
        ",
    )
});

static AWAY: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        remove|clear|drop|delete|take [the|all] [due] dates|date|deadlines|deadline [off] from|of|off|for {x}
        unschedule {x}
        ",
    )
});

/// Parts of a task.
const PARTS: &[&str] = list![
    label labels tag tags date dates deadline deadlines note notes priority priorities reminder reminders
];

/// Words that leave some out.
const EXCEPT: &[&[&str]] = &[
    &["except", "for"],
    &["apart", "from"],
    &["aside", "from"],
    &["other", "than"],
    &["but", "not"],
    &["except"],
    &["besides"],
    &["excluding"],
    &["without"],
    &["minus"],
    &["but"],
];

/// Reads a request about every task of a list.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if words.last().is_some_and(|word| word.trail.contains('?')) {
        return None;
    }
    let (words, except) = without_exceptions(words);
    let words = words.as_slice();
    let to_intent = |action: TaskAction, listing: Listing| {
        (except.is_empty() || listing.status == Status::Open)
            .then(|| Intent::ApplyToList { action, listing: Listing { except: except.clone(), ..listing } })
    };
    for (patterns, action) in
        [(&DELETE, TaskAction::Delete), (&COMPLETE, TaskAction::Complete), (&REOPEN, TaskAction::Reopen)]
    {
        for found in patterns.matches(words) {
            if let Some(mut listing) = all(found.get("x"), clock, &action, !except.is_empty()) {
                if action == TaskAction::Reopen {
                    listing.status = Status::Done;
                }
                return to_intent(action, listing);
            }
        }
    }
    let moved = MOVE.matches(words).into_iter().find_map(|found| {
        let action = TaskAction::Reschedule(DueChange::To(whole(found.get("when"), clock)?));
        to_intent(action.clone(), all(found.get("x"), clock, &action, !except.is_empty())?)
    });
    let shifted = || {
        BY.matches(words).into_iter().find_map(|found| {
            let by = match found.has("earlier") {
                true => length(found.get("earlier"), clock)?.reversed(),
                false => length(found.get("by"), clock)?,
            };
            let action = TaskAction::Reschedule(DueChange::By(by, None));
            // What has no date has none to move.
            let listing = all(found.get("x"), clock, &action, !except.is_empty())?;
            to_intent(action, Listing { dated: true, ..listing })
        })
    };
    let prioritised = || {
        PRIORITISE.matches(words).into_iter().find_map(|found| {
            let action = TaskAction::Prioritise(PriorityChange::To(priorities::whole(found.get("p"))?));
            to_intent(action.clone(), all(found.get("x"), clock, &action, !except.is_empty())?)
        })
    };
    let says_label = || {
        words
            .iter()
            .any(|word| word.key.starts_with('#') || word.is(&["label", "tag", "labels", "tags", "untag"]))
    };
    let labelled = || {
        LABEL.matches(words).into_iter().filter(|_| says_label()).find_map(|found| {
            let hash = found.get("hash");
            if hash.iter().any(|word| !word.key.starts_with('#')) {
                return None;
            }
            let said = if hash.is_empty() { found.get("labels") } else { hash };
            let action = TaskAction::Label(LabelChange::Add(labels(said)?));
            to_intent(action.clone(), all(found.get("x"), clock, &action, !except.is_empty())?)
        })
    };
    let unlabelled = || {
        UNLABEL.matches(words).into_iter().filter(|_| says_label()).find_map(|found| {
            let names = labels(found.get("labels"))?;
            let label = names.first().cloned();
            let action = TaskAction::Label(LabelChange::Remove(names));
            let listing = all(found.get("x"), clock, &action, !except.is_empty())?;
            // Only those that have it are changed.
            to_intent(action, Listing { label: listing.label.clone().or(label), ..listing })
        })
    };
    let undated = || {
        AWAY.matches(words).into_iter().find_map(|found| {
            let action = TaskAction::Reschedule(DueChange::ClearDue);
            to_intent(action.clone(), all(found.get("x"), clock, &action, !except.is_empty())?)
        })
    };
    moved.or_else(shifted).or_else(undated).or_else(prioritised).or_else(labelled).or_else(unlabelled)
}

/// Words that mean every task of a list, to be put into another one.
pub fn all_of(words: &[Word], clock: &Clock) -> Option<Listing> {
    all(words, clock, &TaskAction::Show, false)
}

/// The words without those that leave some out, and what they leave out.
fn without_exceptions(words: &[Word]) -> (Vec<Word>, Vec<Vec<String>>) {
    let keys_at = |at: usize| {
        EXCEPT.iter().find(|keys| {
            keys.iter().enumerate().all(|(n, key)| words.get(at + n).is_some_and(|word| word.key == *key))
        })
    };
    let every = words.iter().any(|word| word.is(&["everything", "all", "every", "tasks", "list"]));
    // "tasks without a date" are the ones meant.
    let is_filter = |at: usize| {
        words.get(at).is_some_and(|word| word.is(&["without"]))
            && words.iter().skip(at + 1).take(3).any(|word| word.is(PARTS))
    };
    let found =
        (1..words.len()).filter(|at| every && !is_filter(*at)).find_map(|at| Some((at, keys_at(at)?)));
    let Some((at, keys)) = found else {
        return (words.to_vec(), Vec::new());
    };
    let (before, after) =
        (words.get(..at).unwrap_or_default(), words.get(at + keys.len()..).unwrap_or_default());
    // "move everything except the report to monday"
    let end = after.iter().position(|word| word.is(&["to", "until", "as", "by"])).unwrap_or(after.len());
    let (named, later) = after.split_at_checked(end).unwrap_or((after, &[]));
    let except: Vec<Vec<String>> = targets(named)
        .into_iter()
        .filter_map(|target| match target {
            Target::Named { words, .. } => Some(words),
            _ => None,
        })
        .collect();
    if except.is_empty() {
        return (words.to_vec(), Vec::new());
    }
    ([before, later].concat(), except)
}

/// "everything", "all #work tasks", "my done tasks", "completed": words that mean a list and nothing else.
fn all(words: &[Word], clock: &Clock, action: &TaskAction, leaves_out: bool) -> Option<Listing> {
    let both = words.len() > 1 && words.first().is_some_and(|word| word.is(&["both"]));
    let words = if both { words.get(1..).unwrap_or_default() } else { words };
    if words.iter().any(|word| word.quoted || word.is(&["them", "both", "those", "these", "it"])) {
        return None;
    }
    let mut reading = Listing::read(words, clock);
    let every = both || words.iter().any(|word| word.is(&["everything", "all", "every", "each"]));
    let plural =
        words.iter().any(|word| word.is(&["tasks", "todos", "items", "ones", "list", "stuff", "things"]));
    let finished = *action == TaskAction::Delete && reading.listing.status == Status::Done;
    // "what's due today"
    let relative =
        reading.filtered && words.first().is_some_and(|word| word.is(&["what", "whats", "whatever"]));
    let alone = words.iter().all(|word| word.is(&["all", "the", "ones"]));
    let meant = (every && (!alone || leaves_out))
        || (reading.filtered
            && reading.listing.range.is_none()
            && words.last().is_some_and(|word| word.is(&["one"])))
        || (plural
            && (reading.filtered
                || words.iter().all(|word| {
                    word.is(&["my", "the", "list", "tasks", "todos", "todo", "whole", "entire"])
                })))
        || finished
        || relative;
    // "overdue and due today": both, up to the end of today.
    if let Some(range) = reading
        .listing
        .range
        .as_mut()
        .filter(|range| reading.listing.overdue && range.from == Some(clock.today()))
    {
        range.from = None;
        reading.listing.overdue = false;
    }
    reading.rest.retain(|word| !word.is(&["from", "inside"]));
    // "all shopping", "all sales tasks"
    let of_kind = words.last().is_some_and(|word| word.is(&["tasks", "todos"]))
        && !words.iter().any(|word| word.is(&["the"]));
    let named = every || of_kind || (plural && reading.filtered);
    if named && (1..=2).contains(&reading.rest.len()) && reading.rest.iter().all(|word| !word.key.is_empty())
    {
        let keys: Vec<&str> = reading.rest.iter().map(|word| word.key.as_str()).collect();
        reading.listing.about = Some(keys.join(" "));
        reading.rest.clear();
    }
    // "remove all labels": a part of the tasks, and not they.
    let first = words.iter().find(|word| !word.is(&["all", "the", "my", "every", "each", "of", "due"]));
    let of_a_part = *action == TaskAction::Delete && first.is_some_and(|word| word.is(PARTS));
    let meant = meant || (of_kind && reading.listing.about.is_some());
    (meant && !of_a_part && reading.rest.is_empty()).then_some(reading.listing)
}
