//! Another priority: `make it urgent`, `set the report to low priority`, `rent is not urgent anymore`.

use std::sync::LazyLock;

use super::target::targets;
use super::{Intent, PriorityChange, TaskAction};
use crate::tasks::Priority;
use crate::text::{Match, Patterns, Word};
use task_language::priorities::whole;

static TO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (set|change|update|raise|lower|increase|decrease|bump|put|make) [the] priority (of|for|on) {x} to|as|at|on|= {p}
        (set|change|update|make|bump|raise|lower|upgrade|downgrade|put|drop|move|give) {x} priority [to|at|as|on] {p}
        make|mark|set|flag|change|bump|raise|lower|upgrade|downgrade|put|give|consider|drop [up|down] {x} [up|down] to|as|at|on|a|of|with {p}
        make|mark|set|flag|give {x} {p}
        (its|thats) [now|really|actually|very|super|pretty] {it}
        {x} [is|are|has|have|just|isnt|should be|needs to be|becomes|became|got] (is|are|has|should be|needs to be|became|becomes) [now|really|actually|super|a|of] {p} [now|anymore|any more|any longer]
        ",
    )
});

static NOT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        {x} (is not|isnt|is no longer|are not|arent|are no longer|not) [that|so|very|really|all that] urgent|important|critical [anymore|any more|any longer|now|after all]
        (deprioritise|deprioritize) {x}
        (remove|clear|drop|reset) [the] priority (of|from|for|on) {x}
        (unflag|unstar) {x}
        ",
    )
});

static UP: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (raise|increase|bump|up|bump up) [the] priority (of|for|on) {x}
        (raise|increase|bump up|bump) {x} priority
        (make|mark) {x} more (urgent|important)
        ",
    )
});

static DOWN: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (lower|decrease|reduce|drop) [the] priority (of|for|on) {x}
        (lower|decrease|reduce) {x} priority
        (make|mark) {x} less (urgent|important)
        ",
    )
});

static HIGH: LazyLock<Patterns> = LazyLock::new(|| Patterns::new("prioritise|prioritize|flag|star {x}"));

/// Reads a correction of the priority just said: "no, high".
pub fn correction(words: &[Word]) -> Option<Intent> {
    static CORRECTION: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new("no|actually|wait|sorry|oops|nope [i meant|i mean|make it|rather|just] {p}")
    });
    let priority = CORRECTION.matches(words).into_iter().find_map(|found| whole(found.get("p")))?;
    let action = TaskAction::Prioritise(PriorityChange::To(priority));
    Some(Intent::ApplyToTargets { action, targets: vec![super::Target::It] })
}

/// Reads a change of priority.
pub fn read(words: &[Word]) -> Option<Intent> {
    let asks = words.last().is_some_and(|word| word.trail.contains('?'))
        || words.first().is_some_and(|word| {
            word.is(&["what", "whats", "which", "is", "are", "show", "list", "how", "anything"])
        });
    if asks {
        return None;
    }
    let simple = [
        (&UP, PriorityChange::Up),
        (&DOWN, PriorityChange::Down),
        (&NOT, PriorityChange::To(Priority::Normal)),
    ];
    for (patterns, step) in simple {
        // "mark it as not urgent" says to what.
        let told =
            words.first().is_some_and(|word| word.is(&["mark", "set", "make", "flag", "change", "put"]));
        if told && step == PriorityChange::To(Priority::Normal) {
            continue;
        }
        if let Some(intent) = patterns.matches(words).iter().find_map(|found| to_intent(found, step)) {
            return Some(intent);
        }
    }
    let to = TO.matches(words).into_iter().find_map(|found| {
        if found.has("it") {
            let targets = vec![super::Target::It];
            return whole(found.get("it")).map(|p| Intent::ApplyToTargets {
                action: TaskAction::Prioritise(PriorityChange::To(p)),
                targets,
            });
        }
        to_intent(&found, PriorityChange::To(whole(found.get("p"))?))
    });
    to.or_else(|| HIGH.first(words).and_then(|found| to_intent(&found, PriorityChange::To(Priority::High))))
}

fn to_intent(found: &Match<'_>, step: PriorityChange) -> Option<Intent> {
    let targets = targets(found.get("x"));
    (!targets.is_empty()).then_some(Intent::ApplyToTargets { action: TaskAction::Prioritise(step), targets })
}
