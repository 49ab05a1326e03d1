//! Notes of a task: `add a note to the dentist: bring x-rays`.

use std::sync::LazyLock;

use super::target::one;
use super::{Intent, NoteChange, TaskAction};
use crate::text::{Patterns, Word};
use task_language::notes::{steps, text};

static CLEAR: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        remove|delete|clear|erase|drop [the|all|my] note|notes|comment|comments|description from|of|on|for|in {x}
        remove|delete|clear|erase {x} note|notes
        ",
    )
});

/// What is said after a colon, a quotation or "saying"; `{x}` is the task.
static ADD: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        add|put|write|make|attach|leave|append [a|the|this|another|as|following] [note|notes|comment|description] note|notes|comment|description to|on|for|in|at {x} saying|that|with|reading|which {note}
        add|put|write|attach|append {note} (to|in|on|into) the notes|note|description (of|for|on) {x}
        (on|for|to) {x} [please] note that {note}
        add|put|write|attach|append {note} as a note (to|for|on) {x}
        add|append|write|put (to|in|into|on) the|my {x} notes|note|description that|saying {note}
        (set|change|update) [the] notes|note|description (of|for|on) {x} to {note}
        ",
    )
});

/// Where the first colon ends the name of the task.
static ADD_BEFORE_COLON: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [add|put|write|make|attach|leave|append] [a|the|this|another] note|notes|comment|description to|on|for|in {x}
        add|append|write|put (to|in|into) [the|its] notes|note|description of|for|on {x}
        on|for|to {x} [add|put|write|attach|leave] [a|the|this] note|notes|comment
        {short} note|notes
        ",
    )
});

/// Steps of a task are lines of its notes.
static STEPS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        break|split|divide {x} [down|up] into [the] [steps|subtasks|parts|pieces] [like|namely] {steps}
        break|split|divide down|up {x} into {steps}
        add [the|these] subtasks|subtask|steps|step|checklist {steps} to|on|for|under {x}
        add {steps} as [a] subtasks|subtask|steps|step|checklist to|on|of|for|under {x}
        ",
    )
});

/// Reads a change of notes.
pub fn read(words: &[Word]) -> Option<Intent> {
    if let Some(found) = CLEAR.first(words) {
        let target = one(found.get("x"))?;
        return Some(Intent::ApplyToTargets {
            action: TaskAction::Note(NoteChange::Clear),
            targets: vec![target],
        });
    }
    let steps = STEPS
        .matches(words)
        .into_iter()
        .find_map(|found| Some((one(found.get("x"))?, steps(found.get("steps"))?)));
    let (target, note) = steps.or_else(|| before_colon(words)).or_else(|| {
        ADD.matches(words)
            .into_iter()
            .find_map(|found| Some((one(found.get("x"))?, text(found.get("note"))?)))
    })?;
    Some(Intent::ApplyToTargets { action: TaskAction::Note(NoteChange::Add(note)), targets: vec![target] })
}

fn before_colon(words: &[Word]) -> Option<(super::Target, String)> {
    let colon = words.iter().position(Word::has_colon)?;
    let (before, after) = words.split_at_checked(colon + 1)?;
    // "add a note: bring papers" is for the task just spoken of.
    let adds = before
        .first()
        .is_some_and(|word| word.is(&["add", "put", "write", "attach", "leave", "append", "with"]));
    if adds && before.len() <= 4 && before.last().is_some_and(|word| word.is(&["note", "notes", "comment"])) {
        return Some((super::Target::It, text(after)?));
    }
    let found = ADD_BEFORE_COLON.first(before)?;
    let named = if found.has("short") { found.get("short") } else { found.get("x") };
    if found.has("short")
        && (named.len() > 3 || named.iter().any(|word| word.is(&["add", "new", "quick", "a"])))
    {
        return None;
    }
    // "note to self: feed the fish" is something to do.
    if named.iter().any(|word| word.is(&["self", "myself"])) {
        return None;
    }
    Some((one(named)?, text(after)?))
}
