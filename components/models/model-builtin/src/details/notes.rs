//! Notes: `… note: bring the receipt`, `… with the note the key is under the mat`.

use crate::text::{Word, join};
use crate::titles::capitalised;

/// Takes the notes out of the words of a new task.
pub fn take(words: &mut Vec<Word>) -> Option<String> {
    let at = words.iter().enumerate().position(|(at, word)| {
        let led = at.checked_sub(1).and_then(|before| words.get(before));
        let with = led.is_some_and(|word| word.is(&["with", "the", "a"]))
            && words.iter().take(at).any(|word| word.is(&["with"]));
        at > 0 && word.is(&["note", "notes"]) && (word.has_colon() || with)
    })?;
    let said = words.get(at + 1..)?;
    let said = match said.split_first() {
        Some((first, rest)) if first.is(&["saying", "that", "to"]) && !rest.is_empty() => rest,
        _ => said,
    };
    let text = text(said)?;
    let lead = words.iter().take(at).rev().take_while(|word| word.is(&["with", "a", "the", "and"])).count();
    words.truncate(at - lead);
    Some(text)
}

/// Notes as a person would write them.
pub fn text(words: &[Word]) -> Option<String> {
    let text = match words {
        [only] if only.quoted => only.text.clone(),
        _ => capitalised(&join(words)),
    };
    (!text.is_empty()).then_some(text)
}
