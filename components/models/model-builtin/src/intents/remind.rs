//! Reminders of tasks: `remind me 30 minutes before the dentist`, `what reminders do I have?`, `cancel the reminder for milk`.

use std::sync::LazyLock;

use super::target::{Target, targets};
use super::{Intent, TaskAction};
use crate::text::{Patterns, Word};
use task_language::{Clock, beginning, length};

/// A reminder is at most this long before its task is due: four weeks.
const MAX_MINUTES: i64 = 4 * 7 * 24 * 60;

static BEFORE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [and|also|please] remind|notify|alert|ping|warn me [again] {long} (before|ahead of) {x}
        [and|also|please] remind|notify|alert|ping|warn me [again] of|about {x} {long} before|beforehand|ahead|earlier
        [and|also|please] remind|notify|alert|ping|warn me [again] {long} before|beforehand|ahead|earlier [please|pls]
        [and|also|please] (set|add|create|make|give me|i want|i need|id like|i would like) [me] [a|an|another] reminder {long} (before|ahead of) {x}
        [and|also|please] (set|add|create|make|give me) [me] [a|an|another] reminder (for|of|about) {x} {long} before|beforehand|ahead|earlier
        ",
    )
});

static LIST: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (what|which) reminders (do i have|have i got|are there|are set|are coming|did i set|have i set) [now|today|please|pls|coming up]
        do i have [any] reminders [set]
        when will you remind me
        what will you remind me of|about
        (what|which) are my reminders
        ",
    )
});

static CANCEL: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        cancel|delete|remove|clear|drop|stop [the|my|all|that|this] [the|my] reminder|reminders (for|of|about|on|to) {x}
        cancel|delete|remove|clear|drop [the|my] {x} reminder|reminders
        (turn off|switch off) [the|my|all] [the|my] reminder|reminders (for|of|about|on|to) {x}
        (dont|do not|no need to|you need not) remind me [again] (of|about|to) {x} [anymore|any more|any longer|again]
        ",
    )
});

/// Reads a request about reminders.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if LIST.hit(words) {
        return Some(Intent::Reminders);
    }
    if let Some(targets) =
        CANCEL.matches(words).into_iter().map(|found| targets(found.get("x"))).find(|found| !found.is_empty())
    {
        return Some(Intent::ApplyToTargets { action: TaskAction::CancelReminders, targets });
    }
    BEFORE.matches(words).into_iter().find_map(|found| {
        let minutes = minutes(found.get("long"), clock)?;
        // "15 minutes before 5pm to pack up" says when something new is due.
        if beginning(found.get("x"), clock).is_some() {
            return None;
        }
        let targets = if found.has("x") { targets(found.get("x")) } else { vec![Target::It] };
        (!targets.is_empty())
            .then_some(Intent::ApplyToTargets { action: TaskAction::Remind(minutes), targets })
    })
}

/// A length of time in minutes: "half an hour", "the day".
fn minutes(words: &[Word], clock: &Clock) -> Option<u32> {
    let one = match words {
        [the, unit] if the.is(&["the"]) && unit.is(&["day"]) => Some(24 * 60),
        _ => None,
    };
    let minutes = one.or_else(|| {
        let length = length(words, clock)?;
        let is_fixed = length.months == 0 && length.workdays == 0;
        is_fixed.then(|| length.minutes.saturating_add(length.days.saturating_mul(24 * 60)))
    })?;
    (1..=MAX_MINUTES).contains(&minutes).then(|| u32::try_from(minutes).ok()).flatten()
}
