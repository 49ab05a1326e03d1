//! Lists: `show my tasks`, `what's due tomorrow?`, `urgent ones`, `#work tasks`.

use std::sync::LazyLock;

use super::{Intent, ListChoice, Listing};
use crate::tasks::content_words;
use crate::text::{Patterns, Word};
use task_language::Clock;

/// A request for a list begins like this.
static ASKING: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        show|list|display|view|see|give|get|print|read|check|whats|what|hows|how|count|which|any|anything|have|do|is|are|am|did|todays|todos|todo|my|all|everything|tasks {rest*}
        (tell me|where can i|where do i|let me see|can i see|could i see|can i get|may i see|i want to see|id like to see|pull up|bring up|look at|remind me what|lets see|lemme see|how about|what about) {rest*}
        ",
    )
});

/// Asking to see everything that is to do.
static ALL: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [show|see|view|open|display|check|give|get|print|read] [me] [all] [of] [my|the|our|all] [current|open] (tasks|task|todo|todos|list|to do list|todo list|task list|to do|to dos|tasks list|todolist|things to do|reminders|stuff) [please|pls|again|now]
        (what do i|what should i|what must i|what do we|what have i) (have|got|need) [got] [left] [to do|to get done|todo|on my plate|going on|on|open|left|coming up|planned|on my list] [still|now]
        (whats|what is) [left|still] (on my plate|on my list|on the list|left to do|left|to do|on my todo list|on my to do list|open|pending|outstanding|coming up|on my agenda|there to do|still open|still to do|in my list|on) [still|now]
        (list|show) [me] [it|all|everything|them] [all] [again|please|pls]
        (anything|what else) [else] (to do|left|left to do|open|pending|on my list) [today]
        ",
    )
});

/// "Remind me what I have to do": asking for the list, though it begins as a request to add does.
static RECALLED: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (remind|tell|inform) me [again] [of|about] [all] (my|the) [open] tasks|todos|todo|list|things|plans|deadlines|appointments {rest*}
        (remind|tell|inform) me [again] [of|about] (what i have|what i need|what i must|what i should|what i got|what is|whats|what are|which tasks|what tasks|what to do|everything i have) {rest*}
        ",
    )
});

/// Reads a request for a list that is to be recalled.
pub fn recalled(words: &[Word], clock: &Clock) -> Option<Intent> {
    let found = RECALLED.first(words)?;
    let listing = Listing::read(found.get("rest"), clock).listing;
    Some(Intent::List(listing))
}

/// Reads a request for a list.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if ALL.hit(words) && !words.iter().any(|word| word.is(&["today"])) {
        return Some(Intent::List(Listing::default()));
    }
    // "done with that" tells something.
    if let [first, second, ..] = words
        && first.is(&["done", "finished", "completed"])
        && second.is(&["with", "it", "that", "this", "them", "the"])
    {
        return None;
    }
    let ordering =
        words.split_first().filter(|(first, _)| first.is(&["sort", "order", "filter", "group", "rank"]));
    if let Some((_, rest)) = ordering {
        let reading = Listing::read(rest, clock);
        if reading.filtered && reading.rest.iter().all(|word| word.is(&["by"])) {
            return Some(Intent::List(reading.listing));
        }
    }
    // "check milk off my list" tells that it was bought.
    if words.first().is_some_and(|word| word.is(&["check", "cross", "tick"]))
        && words.iter().any(|word| word.is(&["off"]))
    {
        return None;
    }
    let reading = Listing::read(words, clock);
    // "check inbox" is something to do.
    if words.first().is_some_and(|word| word.is(&["check", "read"]))
        && reading.listing.list.as_ref().is_some_and(ListChoice::is_inbox)
    {
        return None;
    }
    let asked = ASKING.hit(words);
    let plain = reading.rest.is_empty() && (reading.filtered || reading.about_tasks);
    if plain {
        // "done", "late", "today", "urgent" alone are answers or tellings; with a noun or a question they are lists.
        let alone = words.len() == 1
            && !reading.about_tasks
            && reading.listing.label.is_none()
            && reading.listing.list.is_none()
            && reading.listing.sort.is_none();
        let statement = !asked
            && !words.last().is_some_and(|word| word.trail.contains('?'))
            && !reading.about_tasks
            && reading.listing.label.is_none()
            && reading.listing.list.is_none()
            && !is_filter_alone(words);
        return (!alone && !statement || is_filter_noun(words)).then_some(Intent::List(reading.listing));
    }
    // "how many chores are there", "any shopping due today?"
    let says = |at: usize, key: &str| words.get(at).is_some_and(|word| word.is(&[key]));
    let counts = says(0, "how") && says(1, "many");
    if (counts || (says(0, "any") && reading.filtered)) && (1..=3).contains(&reading.rest.len()) {
        let about = content_words(&reading.rest).join(" ");
        return Some(Intent::List(Listing { about: Some(about), ..reading.listing }));
    }
    // "show my work tasks", "what do i need to buy"
    let to_do = wanted_verb(words);
    if (asked && reading.about_tasks || to_do)
        && reading.rest.len() <= 3
        && !reading.rest.is_empty()
        && !is_statement(words)
    {
        let text = content_words(&reading.rest).join(" ");
        return Some(Intent::List(Listing { text: Some(text), ..reading.listing }));
    }
    None
}

/// "overdue", "today", "this week": a filter that asks by itself.
fn is_filter_noun(words: &[Word]) -> bool {
    matches!(words, [word] if word.is(&["overdue", "today", "tomorrow", "late", "urgent", "important", "completed", "tonight", "weekend", "undated"]))
}

/// "due tomorrow", "this week", "high priority": nothing but a filter.
fn is_filter_alone(words: &[Word]) -> bool {
    words.first().is_some_and(|word| {
        word.is(&[
            "due",
            "this",
            "next",
            "high",
            "low",
            "urgent",
            "important",
            "overdue",
            "done",
            "completed",
            "finished",
            "tomorrow",
            "today",
            "newest",
            "oldest",
            "open",
            "todays",
            "tomorrows",
            "p1",
            "p2",
            "p3",
            "p4",
            "past",
            "late",
        ])
    })
}

/// "what do i need to buy"
fn wanted_verb(words: &[Word]) -> bool {
    static WANTED: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
            "(what|who|whom) [else] (do|should|must|did|have) i (need to|have to|want to|must|should|got to) {verb} {rest*}",
        )
    });
    WANTED.matches(words).iter().any(|found| {
        found
            .get("verb")
            .first()
            .is_some_and(|verb| crate::text::is_task_verb(&verb.key) && !verb.is(&["do", "get"]))
    })
}

fn is_statement(words: &[Word]) -> bool {
    words.first().is_some_and(|word| word.is(&["i", "ive", "im"]))
}
