//! How a task repeats: `make rent repeat every month`, `stop repeating rent`, `skip the next standup`.

use std::sync::LazyLock;

use super::target::targets;
use super::{Intent, RepeatChange, Target, TaskAction};
use crate::text::{Patterns, Word};
use task_language::{Clock, repetition};

static TO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        make|set|have|let {x} [to] (repeat|recur|be repeated) {every}
        make|set {x} recurring|repeating|repeated {every}
        repeat {x} {every}
        {x} (should repeat|repeats|should recur|recurs|should be repeated|has to repeat|needs to repeat|must repeat|is to repeat) {every}
        change|set|switch {x} to {every}
        make|set|have {x} {every}
        make|do {it} {every}
        ",
    )
});

static STOP: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (stop repeating|do not repeat|dont repeat|no longer repeat) {x} [anymore|any more|any longer|again]
        make|let {x} (not repeat|stop repeating|stop recurring|no longer repeat|not recurring|not repeating)
        (stop|cancel|keep) {x} from repeating|recurring
        {x} (should not repeat|shouldnt repeat|should stop repeating|should no longer repeat|does not repeat|doesnt repeat|no longer repeats|is not recurring|isnt recurring|is no longer recurring|is no longer repeating|is not repeating|isnt repeating) [anymore|any more|any longer|now]
        remove|clear|cancel|delete|drop|stop|end [the] recurrence|repetition|repeat|repeating of|from|for|on {x}
        ",
    )
});

static SKIP: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        skip [the] next|this|todays|tomorrows [occurrence of|occurrence for|time of] [the|my] {x}
        skip [the] occurrence of [the|my] {x}
        skip {x} [this time|once|one time|this week|today|tomorrow|this month|next time|next week|for now]
        ",
    )
});

/// A task that is to be repeated so many times, on days that nobody said.
const ON_WHICH_DAYS: &str = "I can't repeat a task so many times on days of my choice. Say the days: “repeat it every Monday and Thursday”.";

/// Reads a change of how a task repeats.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if words.last().is_some_and(|word| word.trail.contains('?')) {
        return None;
    }
    let of = |action: TaskAction, said: &[Word]| {
        let targets = targets(said);
        (!targets.is_empty()).then_some(Intent::ApplyToTargets { action, targets })
    };
    let stopped = STOP.matches(words).into_iter();
    if let Some(intent) =
        stopped.filter_map(|found| of(TaskAction::Repeat(RepeatChange::Stop), found.get("x"))).next()
    {
        return Some(intent);
    }
    let repeated = TO.matches(words).into_iter().find_map(|found| {
        let (every, when) = repetition(found.get("every"), clock)?;
        let it = found.has("it");
        let said = found.get(if it { "it" } else { "x" });
        if it && targets(said).iter().any(|target| matches!(target, Target::Named { .. })) {
            return None;
        }
        if every.times.is_some() {
            return Some(Intent::Cannot(ON_WHICH_DAYS));
        }
        of(TaskAction::Repeat(RepeatChange::To(Box::new(every), Box::new(when))), said)
    });
    repeated
        .or_else(|| SKIP.matches(words).into_iter().find_map(|found| of(TaskAction::Skip, found.get("x"))))
}
