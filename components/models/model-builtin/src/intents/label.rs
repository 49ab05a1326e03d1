//! Labels of a task: `tag milk #fridge`, `remove #home from groceries`, `untag the report`.

use std::sync::LazyLock;

use super::target::targets;
use super::{Intent, LabelChange, TaskAction};
use crate::text::{Match, Patterns, Word};
use task_language::labels;

static CLEAR: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        untag|unlabel {x}
        remove|delete|clear|drop [all|the|all the|any] labels|tags from|of|on|for {x}
        ",
    )
});

static REMOVE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        remove|delete|drop|take|clear [the] label|labels|tag|tags {labels} [off] from|of|on|off {x}
        remove|delete|drop|take|clear [the] {labels} label|labels|tag|tags [off] from|of|on|off {x}
        remove|delete|drop|take {labels} [off] from|off {x}
        untag|unlabel {labels} from|of {x}
        ",
    )
});

static ADD: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        label|tag|relabel {x} as|with|under {labels}
        (label|tag|file|put) {x} under|in|into {labels}
        add|give|put|set|attach [the|a] label|labels|tag|tags {labels} to|on|for {x}
        add|give|put|attach [the] {labels} label|labels|tag|tags to|on|for {x}
        (give|add) {x} the label|tag {labels}
        add|put {labels} to|on {x}
        {x} is|are|should be tagged|labelled|labeled [as|with] {labels}
        ",
    )
});

static ADD_HASHED: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        label|tag|mark {x}
        ",
    )
});

/// Reads a change of labels.
pub fn read(words: &[Word]) -> Option<Intent> {
    // "remove shopping from milk": one word before "from" is a label of the task; a list is spoken of elsewhere.
    let one_off = |found: &Match<'_>| {
        words.first().is_some_and(|word| word.is(&["remove", "take", "drop"]))
            && matches!(found.get("labels"), [only] if !only.is(&["it", "that", "this", "them", "everything", "all"]))
            && !found.get("x").iter().any(|word| word.is(&["list", "tasks", "todos", "todo"]))
    };
    let removed = REMOVE
        .matches(words)
        .into_iter()
        .find_map(|found| to_intent(&found, hashed_or_named(words) || one_off(&found), LabelChange::Remove));
    if removed.is_some() {
        return removed;
    }
    if let Some(found) = CLEAR.first(words) {
        let targets = targets(found.get("x"));
        return (!targets.is_empty())
            .then_some(Intent::ApplyToTargets { action: TaskAction::Label(LabelChange::Clear), targets });
    }
    ADD.matches(words)
        .into_iter()
        .find_map(|found| to_intent(&found, hashed_or_named(words), LabelChange::Add))
        .or_else(|| ADD_HASHED.first(words).and_then(|found| hashed_at_end(found.get("x"))))
        .or_else(|| plain_at_end(words))
}

/// Labels must be said as such: with `#`, or with the word "label" or "tag" somewhere.
fn hashed_or_named(words: &[Word]) -> bool {
    words.iter().any(|word| {
        word.is(&[
            "label", "labels", "tag", "tags", "tagged", "labelled", "labeled", "untag", "unlabel", "relabel",
        ])
    })
}

fn to_intent(found: &Match<'_>, named: bool, change: fn(Vec<String>) -> LabelChange) -> Option<Intent> {
    let said = found.get("labels");
    if said.iter().all(|word| word.is(&["all", "the", "any", "every", "labels", "tags"])) {
        return None;
    }
    let labels = labels(said)?;
    let hashed = said
        .iter()
        .all(|word| word.key.starts_with('#') || word.is(&["and", "label", "tag", "the", "labels", "tags"]));
    if !named && !hashed {
        return None;
    }
    let targets = targets(found.get("x"));
    (!targets.is_empty())
        .then_some(Intent::ApplyToTargets { action: TaskAction::Label(change(labels)), targets })
}

/// `label mom family`: of two words or more, the last is the label.
fn plain_at_end(words: &[Word]) -> Option<Intent> {
    let (verb, rest) = words.split_first()?;
    let (label, named) = rest.split_last()?;
    let targets = targets(named);
    if !verb.is(&["label", "tag"]) || rest.len() > 4 || targets.is_empty() {
        return None;
    }
    let change = LabelChange::Add(labels(std::slice::from_ref(label))?);
    Some(Intent::ApplyToTargets { action: TaskAction::Label(change), targets })
}

/// `tag milk #fridge`
fn hashed_at_end(words: &[Word]) -> Option<Intent> {
    let start = words.iter().position(|word| word.key.starts_with('#'))?;
    let (before, hashes) = words.split_at_checked(start)?;
    let hashed = hashes.iter().all(|word| word.key.starts_with('#') || word.is(&["and"]));
    let targets = targets(before);
    let labels = labels(hashes).filter(|_| hashed && !targets.is_empty())?;
    Some(Intent::ApplyToTargets { action: TaskAction::Label(LabelChange::Add(labels)), targets })
}
