//! A task, a colon, and what is to be done with it: `slides: move to thursday`, `rent: priority low`.

use super::{Intent, Target, explicit};
use crate::tasks::content_words;
use crate::text::{Word, without_politeness};
use task_language::Clock;

/// The name of a task before a colon has at most so many words.
const MAX_NAME_WORDS: usize = 5;

/// Reads a change of the task that is named before a colon, where the words after it say one with the name put in:
/// after their verb, or before them.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    let colon = words.iter().take(MAX_NAME_WORDS).position(|word| word.has_colon() && !word.quoted)?;
    let (name, said) = words.split_at_checked(colon + 1)?;
    let said = without_politeness(said);
    let (verb, rest) = said.split_first()?;
    let mut name = name.to_vec();
    name.last_mut()?.trail = " ".to_owned();
    let wanted = content_words(&name);
    let after_verb = [std::slice::from_ref(verb), &name, rest].concat();
    let before = [name.as_slice(), said].concat();
    let to = Word { text: "to".to_owned(), key: "to".to_owned(), trail: " ".to_owned(), ..verb.clone() };
    let to_it = [said, &[to], name.as_slice()].concat();
    let set = Word { text: "set".to_owned(), key: "set".to_owned(), trail: " ".to_owned(), ..verb.clone() };
    let as_field = [&[set], before.as_slice()].concat();
    [after_verb, before, as_field, to_it].iter().find_map(|words| {
        let intent = explicit(words, clock)?;
        let Intent::ApplyToTargets { targets, .. } = &intent else { return None };
        matches!(targets.as_slice(), [Target::Named { words, .. }] if *words == wanted).then_some(intent)
    })
}
