//! Another due date: `move dentist to next monday`, `push the report back 2 days`, `no, on friday`.

use std::sync::LazyLock;

use super::target::targets;
use super::{DueChange, Intent, Target, TaskAction};
use crate::text::{Match, Patterns, Word, is_task_verb};
use task_language::Clock;
use task_language::{length, whole};

static AWAY: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        remove|delete|clear|drop|unset|erase [the|its|any] (due date|date|deadline|due|due time|time) from|of|on|for {x}
        remove|delete|clear|drop|unset {x} (due date|deadline)
        unschedule {x}
        {x} (is not|isnt|are not|arent) due [anymore|any more|any longer|at all|now]
        (no due date|no deadline|no date) for|on {x}
        take [the|its] (due date|date|deadline) off|from {x}
        {x} (has no|have no|doesnt have a|does not have a|needs no|doesnt need a|no longer has a) (due date|deadline|date)
        (make|set) {x} (undated|without a due date|without due date|to no date|not due)
        ",
    )
});

static BY: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        push|move|postpone|delay|defer|shift|put|snooze|extend|reschedule|set|hold [off|out|back] {x} back|out|off|on|along [by|for] {by}
        push|move|postpone|delay|defer|shift|put|snooze|extend|reschedule|hold back|off|out {x} by|for {by}
        push|move|postpone|delay|defer|shift|snooze|extend|reschedule|give {x} by|for {by}
        push|move|postpone|delay|defer|shift|snooze|extend|give [off|back] {x} {by}
        (extend|move|push) [the] (due date|deadline) (of|for|on) {x} [back|out] by {by}
        make|move|start|do|have {x} {shift}
        {short} {shift}
        {x} (is|are|starts|begins|will be|should be|has to be|needs to be) [now|actually] {shift}
        ",
    )
});

static EARLIER: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        bring|move|pull|push|shift {x} forward|up|ahead|earlier|in [by] {by}
        bring|move|pull|push|shift forward|up|ahead {x} [by] {by}
        ",
    )
});

static AFTER: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        move|push|postpone|delay|shift|reschedule|change|put {x} [back] [to|until|till|for|on] [the] day after|later [at|,] {time*}
        move|push|postpone|delay|shift|reschedule|change|put {x} [back] [to|until|till|for|on] the next|following day [at] {time*}
        move|push|postpone|delay|shift|reschedule|change|put {x} [back] [to|until|till|for|on] the week after {none*}
        ",
    )
});

static TO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (move|reschedule|postpone|push|shift|change|delay|defer|snooze|put|bring|set|update) [the] (due date|due|date|deadline|time|due time|day) (of|for|on) {x} to|as|until|on {when}
        (move|change|set|update|push|shift) {x} (due date|deadline|due|date|time) to|as|until|on {when}
        (set|give|add|put) [a|the] (due date|deadline|date|due) (for|of|on|to) {x} [to|on|at|as|for|of] {when}
        (give|set) {x} [a|the] (due date|deadline|date) [of|to|for|on] {when}
        move|reschedule|postpone|push|shift|change|delay|defer|snooze|put|bring|set|make|schedule|rebook|update|kick|bump|roll|carry|pull [off|back|out|over] {x} [back|forward|off|out|over|up] to|until|for|on|due|at|by|in {when}
        move|reschedule|postpone|push|shift|change|delay|defer|snooze|bring|rebook|make [off|back] {x} {when}
        move|reschedule|push|shift|change|put|set {x} to|for {when} (the same day|that day|same day|on the same day)
        set|make|mark {x} due {when}
        {x} (is|are|isnt|should be|has to be|needs to be|must be|got|has been|was|will be) [now|actually] (due|moved to|rescheduled to|postponed to|moved|pushed to|scheduled for|pushed back to|postponed until|rescheduled for) {when}
        [the] (due date|deadline) (of|for) {x} (is|is now|should be|moved to|changed to) {when}
        {x} (is|are) [now|actually|really] (on|at|for|by|until) {when}
        {x} at|on {when} (instead of|not|rather than) {old}
        {x} {when} (instead of|rather than) {old}
        {x} (is|are) needed|wanted|required|necessary [now] [by|on|at|before|until] {when}
        [do|make|have|put|take] {x} [on|at|for|to|by|until] {when} instead
        {x} (is|are) [on|at|for|by|until] {when} now
        {x} can wait until|till|to|for {when}
        {x} (has to be|have to be|must be|needs to be|need to be|should be|is to be|has to|needs to|must|should) [happen|ready|done|finished|in|sent|submitted|handed in|complete|completed] [by|on|at|before|until|for] {when}
        {x} (isnt|is not|arent|are not|doesnt have to be|does not have to be) [needed|due|necessary|done] {old} [but] {when} (is enough|is fine|will do|is ok|is okay|is good enough|is soon enough|works|suffices)
        (i cant|i cannot|i wont|we cant|i wont be able to|cant) [do|make|finish|manage|get to] {x} {old} [but] {when} (is enough|is fine|will do|is ok|is okay|works|is better)
        {x} sooner|earlier|later [on|by|at|already] {when}
        {x} [has|have|was|were|is|got|just] moved|changed|shifted|postponed|rescheduled|pushed [to] {when}
        {x} (is|are) now {when}
        {x} (starts|begins|takes place|happens) [now|on|at] {when}
        (i will do|ill do|lets do|i will handle|ill handle) {x} {when} [instead]
        {named} to|until {when}
        ",
    )
});

static CORRECTION: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        not {old} [but|make it|rather|no] {when}
        no|actually|wait|oops|sorry|nope [no|sorry|wait|i mean] [i meant|i mean|make it|make that|it should be|its|it is|make|better] {when}
        (i meant|i mean|make it|make that|it should be|better|rather|i wanted) {when}
        (its|it is|thats) [actually|now] [due|on|for] {when} [now]
        (do it|do that|do this|have it|schedule it|do them) [on|for] {when} [instead]
        it (moved|was moved|got moved|is moved|has moved|changed|was changed|starts|begins) [to|at|on] {it}
        (can we make it) {when} [instead]
        (how about|what about) {when} instead
        {when} instead
        {when} (i mean|i meant|rather|sorry)
        {time}
        {when} (is|works|would be|suits me|is much|is actually) better [for me|actually]
        (better|rather|lets say|say|lets do|lets make it|make it) {when}
        ",
    )
});

static DAY_AFTER: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [no|actually|wait|sorry] (i meant|i mean|make it|make that|rather|better) [the] day {which}
        (no|actually|wait) [the] day {which}
        [no|actually] a day {which}
        ",
    )
});

static LATER: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        postpone|reschedule|delay|defer|snooze {x} [a bit|for now|for later|for a bit|please|pls]
        (push back|put off|push off) {x} [a bit|for now|for later]
        push {x} back|off|out
        put {x} off
        (change|move|set|edit|update) [the] (due date|deadline|date|time) (of|for|on) {x}
        do {x} later
        {x} (can wait|has to wait|must wait)
        ",
    )
});

/// Reads a request to take the due date away. Looked at before adding and deleting, which begin alike.
pub fn without_date(words: &[Word], clock: &Clock) -> Option<Intent> {
    // "which tasks have no date?" asks.
    if words.first().is_some_and(|word| word.is(&["which", "what", "show", "list"]))
        || words.last().is_some_and(|word| word.trail.contains('?'))
    {
        return None;
    }
    let found = AWAY.first(words)?;
    to_intent(&found, DueChange::ClearDue, clock)
}

/// Reads "add a due date to the report: friday", which begins as a request to add does.
pub fn dated(words: &[Word], clock: &Clock) -> Option<Intent> {
    let field = words.iter().skip(1).find(|word| !word.is(&["a", "the", "due", "another"]))?;
    let is_dated = words.first()?.is(&["add", "put", "give", "set"]) && field.is(&["date", "deadline"]);
    is_dated.then(|| read(words, clock)).flatten()
}

/// Reads a correction of the due date just said: "no, on friday".
pub fn correction(words: &[Word], clock: &Clock) -> Option<Intent> {
    let when = CORRECTION.matches(words).iter().find_map(|found| {
        if found.has("old") {
            whole(found.get("old"), clock)?;
        }
        let it = found.has("it");
        // "at 3pm"
        if found.has("time") {
            return whole(found.get("time"), clock).filter(|when| !when.has_day() && when.has_time());
        }
        let said = without_old(found.get(if it { "it" } else { "when" }), clock);
        whole(said, clock).or_else(|| whole(&with_at(said), clock).filter(|_| it))
    })?;
    Some(Intent::ApplyToTargets {
        action: TaskAction::Reschedule(DueChange::To(when)),
        targets: vec![Target::It],
    })
}

/// Reads a change of due date.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if let Some(by) = DAY_AFTER.first(words) {
        let day = length(&crate::text::words("a day"), clock)?;
        let earlier = by.get("which").first().is_some_and(|word| word.is(&["before", "earlier"]));
        let change = DueChange::By(if earlier { day.reversed() } else { day }, None);
        return Some(Intent::ApplyToTargets {
            action: TaskAction::Reschedule(change),
            targets: vec![Target::It],
        });
    }
    let asks = words.last().is_some_and(|word| word.trail.contains('?'))
        || !words.last().is_some_and(|word| word.is(&["instead"]))
            && words.first().is_some_and(|word| {
                word.is(&["what", "whats", "which", "when", "how", "is", "are", "do", "any", "anything"])
            });
    if let Some(corrected) = correction(words, clock) {
        return Some(corrected);
    }
    let after = AFTER.matches(words).into_iter().find_map(|found| {
        let days = crate::text::words(if found.has("none") { "a week" } else { "a day" });
        let time = found.get("time");
        let when = whole(time, clock).or_else(|| whole(&with_at(time), clock));
        if !time.is_empty() && when.is_none() {
            return None;
        }
        to_intent(&found, DueChange::By(length(&days, clock)?, when), clock)
    });
    after
        .or_else(|| {
            EARLIER.matches(words).into_iter().find_map(|found| {
                to_intent(&found, DueChange::By(length(found.get("by"), clock)?.reversed(), None), clock)
            })
        })
        .or_else(|| {
            TO.matches(words).into_iter().filter(|_| !asks).find_map(|found| {
                let when = without_old(found.get("when"), clock);
                let named = found.get("named");
                let when = whole(when, clock)
                    .or_else(|| whole(&with_at(when), clock).filter(|_| named.is_empty()))?;
                // "the car to monday": a verb before it would be one of something else.
                if let Some(first) = named.first()
                    && (begins_task(first, named) || named.len() > 5 || !when.has_day() || when.is_weak)
                {
                    return None;
                }
                to_intent(&found, DueChange::To(when), clock)
            })
        })
        .or_else(|| {
            BY.matches(words).into_iter().find_map(|found| {
                let shift = found.get("shift");
                // "dentist 30 minutes later": what is named has no verb.
                let short = found.get("short");
                if short.len() > 3 || short.first().is_some_and(|first| is_task_verb(&first.key)) {
                    return None;
                }
                if found.has("short") && !shift.last()?.is(&["earlier", "later", "sooner"]) {
                    return None;
                }
                let by = if found.has("shift") && shift.last()?.is(&["earlier", "later", "sooner"]) {
                    shift
                } else {
                    found.get("by")
                };
                to_intent(&found, DueChange::By(length(by, clock)?, None), clock)
            })
        })
        .or_else(|| {
            LATER.matches(words).into_iter().find_map(|found| to_intent(&found, DueChange::Later, clock))
        })
}

/// "at 3, not 2:15": what it was says nothing of what it shall be.
fn without_old<'a>(words: &'a [Word], clock: &Clock) -> &'a [Word] {
    let old = |at: usize, length: usize| {
        let said = words.get(at + length..).unwrap_or_default();
        whole(said, clock).is_some() || whole(&with_at(said), clock).is_some()
    };
    for (at, word) in words.iter().enumerate().skip(1) {
        let next = words.get(at + 1).map_or("", |next| next.key.as_str());
        let length = match (word.key.as_str(), next) {
            ("instead" | "rather", "of" | "than") => 2,
            ("not", _) => 1,
            _ => continue,
        };
        if old(at, length) {
            return words.get(..at).unwrap_or(words);
        }
    }
    words
}

/// "wash the car", and not "report and slides".
fn begins_task(first: &Word, named: &[Word]) -> bool {
    is_task_verb(&first.key) && named.get(1).is_some_and(|next| !next.is(&["and"]))
}

/// "move it to 4": the "at" that was not said.
fn with_at(words: &[Word]) -> Vec<Word> {
    let mut led = vec![Word { text: "at".to_owned(), key: "at".to_owned(), ..Word::default() }];
    led.extend(words.iter().cloned());
    led
}

fn to_intent(found: &Match<'_>, change: DueChange, clock: &Clock) -> Option<Intent> {
    let said = ["named", "short", "x"]
        .into_iter()
        .find(|hole| found.has(hole))
        .map_or(&[][..], |hole| found.get(hole));
    // "the dentist from tuesday": when it was due says nothing of what it is called.
    let old = said.iter().position(|word| word.is(&["from"])).filter(|at| *at > 0);
    let old = old.filter(|at| whole(said.get(at + 1..).unwrap_or_default(), clock).is_some());
    let targets = targets(said.get(..old.unwrap_or(said.len())).unwrap_or(said));
    (!targets.is_empty())
        .then_some(Intent::ApplyToTargets { action: TaskAction::Reschedule(change), targets })
}
