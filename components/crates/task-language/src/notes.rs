//! Notes: `… note: bring the receipt`, `… with the note the key is under the mat`.

use crate::titles::capitalised;
use crate::words::{Word, join};

/// Steps, one a line: "passport, charger and clothes".
#[must_use]
pub fn steps(words: &[Word]) -> Option<String> {
    let mut lines: Vec<Vec<Word>> = vec![Vec::new()];
    for word in words {
        let ends = word.trail.contains([',', ';', '\n']);
        if !word.is(&["and"])
            && let Some(line) = lines.last_mut()
        {
            line.push(word.clone());
        }
        if ends || word.is(&["and"]) {
            lines.push(Vec::new());
        }
    }
    let lines: Vec<String> =
        lines.iter().filter_map(|line| text(line)).map(|line| format!("- {line}")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// "… with subtasks passport, charger and clothes"
fn take_steps(words: &mut Vec<Word>) -> Option<String> {
    const STEPS: &[&str] = &["subtasks", "sub-tasks", "steps", "subtask", "checklist", "substeps"];
    let at = words.iter().rposition(|word| word.is(STEPS))?;
    let lead = words
        .iter()
        .take(at)
        .rev()
        .take_while(|word| word.is(&["with", "a", "the", "these", "and", "following"]))
        .count();
    let led = words.get(at.checked_sub(lead)?).is_some_and(|word| word.is(&["with", "and"]));
    let steps = steps(words.get(at + 1..)?)?;
    if !led && !words.get(at)?.has_colon() || at == lead {
        return None;
    }
    words.truncate(at - lead);
    Some(steps)
}

/// Takes the notes out of the words of a new task.
pub fn take(words: &mut Vec<Word>) -> Option<String> {
    if let Some(steps) = take_steps(words) {
        return Some(steps);
    }
    let at = words.iter().enumerate().position(|(at, word)| {
        let led = at.checked_sub(1).and_then(|before| words.get(before));
        let with = led.is_some_and(|word| word.is(&["with", "the", "a"]))
            && words.iter().take(at).any(|word| word.is(&["with"]));
        at > 0 && word.is(&["note", "notes"]) && (word.has_colon() || (with && word.is(&["note"])))
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
