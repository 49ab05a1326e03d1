//! Completing: `mark milk as done`, `I'm done with the report`, `I paid the rent`, `slides done!`.

use std::sync::LazyLock;

use super::target::targets;
use super::{Intent, Target, TaskAction};
use crate::text::{Patterns, Word, base_form, gerund_base, is_task_verb};
use task_language::Clock;
use task_language::Draft;

static COMPLETE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        mark|set|flag|check|tick|change|put|move|call|consider|make {x} [off] [as|to|is] [being|all] done|complete|completed|finished|closed|dealt [with]
        mark|check|tick|cross|strike|scratch|knock off {x} [off] [from|on] [my|the] [list]
        mark|check|tick|cross|strike|scratch|knock {x} (off|off of|off from|from) the|my|our {name} list
        mark|check|tick|cross|strike|scratch|knock {x} off [from|of] [my|the] [list|todo list|todos]
        (mark|set) as done|complete|completed|finished {x}
        (tick|check|mark|cross) {x}
        {x} ✅|✓|✔|☑|✔️|✅️|👍
        ✅|✓|✔|☑|✔️|✅️ {x}
        complete|finish|close|resolve|finalise|finalize [off|up|with] {x}
        [im|i am|we are|were|all|ive|i have|i was] [just|already|finally|now] [been] done|finished|through [with|up|off|doing] {x}
        [thats|its|already] done:|finished:|completed: {x}
        [i|ive|i have|we|weve|we have] [just|already|finally|now|also|actually|have] (finished|completed|done|did|closed|handled|dealt with|taken care of|took care of|wrapped up|knocked out|ticked off|checked off|crossed off|sorted out|sorted|got done with|gotten done with|got through|accomplished|nailed|finished with|finished up|finished off) {x} [today|already|now|yesterday|this morning|last night]
        {x} [is|are|was|were|has been|have been|its|got|just] [now|all|already|finally] (done|finished|complete|completed|sorted|handled|dealt with|ready|closed|taken care of|over|finalised|finalized|wrapped up|in the bag|out of the way) [already|now|too|today|finally|with]
        (been to|ive been to|i have been to|i was at) {x} [already|now|today|yesterday]
        (i got|got|get) {x} done [today|already|now|too|finally]
        (no need to|dont need to) {x} anymore i did it
        ",
    )
});

static IT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [its|it is|thats|that is|all|thats all|i am|ok] [now|all|already|finally] done|finished|completed|complete [now|already|too|it|that|with it|with that]
        (did|finished|completed|i did|i finished|i completed|ive done|just did|done with|finished with|im done with) it|that|this [one] [already|today|now|yesterday]
        (it|that|this) [one] (is|was|has been) [now|already|finally] done|finished|sorted
        ",
    )
});

/// Reads a request to complete tasks, or the telling that they are done.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if words.last().is_some_and(|word| word.trail.contains('?')) {
        return None;
    }
    if IT.hit(words) {
        return Some(Intent::ApplyToTargets { action: TaskAction::Complete, targets: vec![Target::It] });
    }
    // "[x] pay rent"
    if let Some((_, rest)) = words.split_first().filter(|(first, _)| first.text.eq_ignore_ascii_case("[x]")) {
        let targets = targets(rest);
        return (!targets.is_empty())
            .then_some(Intent::ApplyToTargets { action: TaskAction::Complete, targets });
    }
    let by_word = COMPLETE.matches(words).into_iter().find_map(|found| {
        let targets = done_targets(found.get("x"));
        (!targets.is_empty()).then_some(targets)
    });
    // "Finish the report by friday" is something to do.
    let verb_first = words.first().is_some_and(|word| {
        word.is(&["finish", "complete", "close", "check", "resolve", "finalise", "finalize"])
    });
    // "finish the second"
    let chosen = by_word.iter().flatten().all(|target| !matches!(target, Target::Named { .. }));
    let to_do = |draft: &Draft| draft.when.is_some() || !draft.labels.is_empty() || draft.priority.is_some();
    if verb_first && by_word.is_some() && !chosen && Draft::read(words, clock).as_ref().is_some_and(to_do) {
        return None;
    }
    let targets = by_word.or_else(|| read_statement(words)).or_else(|| read_passive(words))?;
    Some(Intent::ApplyToTargets { action: TaskAction::Complete, targets })
}

/// "I paid the rent and called mom", "just bought the milk", "called mom".
fn read_statement(words: &[Word]) -> Option<Vec<Target>> {
    static STATEMENT: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
            "
            [and] [i|ive|i have|we|weve|we have|have] [just|already|finally|now|also] {x} [already|just now|today|yesterday|this morning|last night]
            ",
        )
    });
    STATEMENT.matches(words).into_iter().find_map(|found| {
        let said = found.get("x");
        let verb = said.first()?;
        let past = base_form(&verb.key)?;
        let begins_with_i =
            words.first()?.is(&["i", "ive", "we", "weve", "have", "just", "already", "finally"]);
        // "read the book", "set the table", "run" are no telling without "I".
        let clear = begins_with_i || past != verb.key;
        (clear && said.len() > 1).then(|| done_targets(said)).filter(|targets| !targets.is_empty())
    })
}

/// "rent is paid", "the car has been washed", "car's washed", "rent paid"
fn read_passive(words: &[Word]) -> Option<Vec<Target>> {
    static PASSIVE: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
            "
            {x} (is|are|was|were|has been|have been|got) [now|already|finally|all] {verb}
            {short} [now|already|finally|all] {verb}
            ",
        )
    });
    // What was called off, put off or begun is not done.
    const NOT_DONE: &[&str] =
        &["cancel", "move", "begin", "start", "schedule", "rebook", "change", "drop", "choose"];
    PASSIVE.matches(words).into_iter().find_map(|found| {
        let [verb] = found.get("verb") else { return None };
        let base = base_form(&verb.key).filter(|base| !NOT_DONE.contains(base))?;
        if !found.has("short") {
            return Some(targets(found.get("x"))).filter(|targets| !targets.is_empty());
        }
        // Without "is", only a few words and a plain past are a telling.
        let mut named = found.get("short").to_vec();
        let first = named.first()?;
        if named.len() > 3
            || base == verb.key
            || first.is(SOMEBODY)
            || (named.len() > 1 && is_task_verb(&first.key))
        {
            return None;
        }
        let last = named.last_mut()?;
        if let Some(short) = last.text.strip_suffix("'s").or_else(|| last.text.strip_suffix("’s")) {
            *last = Word { text: short.to_owned(), key: short.to_lowercase(), ..last.clone() };
        }
        Some(targets(&named)).filter(|targets| !targets.is_empty())
    })
}

/// Who does something: no task is called so.
const SOMEBODY: &[&str] = &["i", "we", "you", "he", "she", "they", "it", "ive", "weve", "who", "what", "not"];

/// Targets, where each may be told with its verb in the past: "the rent and called mom".
fn done_targets(words: &[Word]) -> Vec<Target> {
    let present: Vec<Word> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| {
            let after_joint = at == 0
                || words.get(at - 1).is_some_and(|before| {
                    before.is(&["and", "i", "ive", "just", "also"]) || before.trail.contains(',')
                });
            let base = base_form(&word.key)
                .or_else(|| gerund_base(&word.key))
                .filter(|_| after_joint && !word.quoted);
            if after_joint && at > 0 && word.is(&["i", "ive", "also", "just"]) {
                return None;
            }
            match base {
                Some("do" | "finish" | "get") if words.len() > 1 => None,
                Some(base) => Some(Word { text: base.to_owned(), key: base.to_owned(), ..word.clone() }),
                None => Some(word.clone()),
            }
        })
        .collect();
    targets(&present)
}
