//! What a line marks: labels, a list, a priority.

use super::{Line, LinePart, LineSpan, ListMention, Reading, Syntax};
use crate::labels;
use crate::priorities::{self, Priority};
use crate::words::Word;

/// The most words of a list's name.
const MAX_NAME_WORDS: usize = 8;

/// What is read, and how many words it takes.
type Read<T> = Option<(usize, T)>;

/// Takes what is marked out of the words.
pub(super) fn take(words: &mut Vec<Word>, reading: &Reading<'_>, line: &mut Line) {
    let mut at = 0;
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let count = take_one(rest, reading, line);
        if count == 0 {
            kept.extend(rest.first().cloned());
        } else if let Some(before) = kept.last_mut() {
            // What says when does not go on behind a mark.
            before.trail.push(';');
        }
        if count > 1 {
            take_lead(&mut kept, line);
        }
        at += count.max(1);
    }
    *words = kept;
    line.labels.sort_unstable();
    line.labels.dedup();
}

/// Reads a mark that the words begin with: how many words it takes.
fn take_one(rest: &[Word], reading: &Reading<'_>, line: &mut Line) -> usize {
    let read = if let Some(label) = rest.first().and_then(|word| label(word, reading.syntax)) {
        line.labels.push(label.clone());
        Some((1, LinePart::Label, label))
    } else if let Some((count, mention)) = list(rest, reading).filter(|_| line.list.is_none()) {
        let name = match &mention {
            ListMention::Known(place) => reading.lists.get(*place).cloned().unwrap_or_default(),
            ListMention::Unknown(name) => name.clone(),
        };
        line.list = Some(mention);
        Some((count, LinePart::List, name))
    } else if let Some((count, level)) = priority(rest, reading.syntax).filter(|_| line.priority.is_none()) {
        line.priority = Some(level);
        Some((count, LinePart::Priority, level.name().to_owned()))
    } else {
        None
    };
    let Some((count, part, words)) = read else { return 0 };
    if let (Some(first), Some(last)) = (rest.first(), count.checked_sub(1).and_then(|at| rest.get(at))) {
        line.spans.push(LineSpan { part, start: first.start, end: last.end, text: String::new(), words });
    }
    count
}

/// "with high priority": what leads into a priority that is said in words belongs to it.
fn take_lead(kept: &mut Vec<Word>, line: &mut Line) {
    let Some(span) = line.spans.last_mut().filter(|span| span.part == LinePart::Priority) else { return };
    let is_lead = |word: &Word| word.is(&["with", "as", "at", "a", "of"]);
    while let Some(lead) = kept.pop_if(|word| is_lead(word)) {
        span.start = lead.start;
        if let Some(before) = kept.last_mut() {
            before.trail.push(';');
        }
    }
}

/// What stands behind a mark, without the brackets around both.
fn behind(word: &Word, mark: char) -> Option<&str> {
    if word.quoted || word.plain {
        return None;
    }
    let text = word.text.trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    text.strip_prefix(mark)
}

fn label(word: &Word, syntax: Syntax) -> Option<String> {
    let mark = match syntax {
        Syntax::Standard => '#',
        Syntax::Todoist => '@',
        Syntax::Vikunja => '*',
    };
    let name = behind(word, mark)?;
    // "#2" is the second, "@6pm" a time, "*this*" an emphasis.
    let begins = match syntax {
        Syntax::Standard => !name.chars().all(|c| c.is_ascii_digit()),
        Syntax::Todoist | Syntax::Vikunja => name.starts_with(char::is_alphabetic),
    };
    let is_word = name.chars().any(char::is_alphanumeric) && !name.ends_with('*');
    labels::label(name).filter(|_| begins && is_word)
}

/// What stands behind the mark of a list.
pub(super) fn list_mark(word: &Word, syntax: Syntax) -> Option<&str> {
    let mark = if syntax == Syntax::Todoist { '#' } else { '+' };
    behind(word, mark).filter(|name| !name.is_empty())
}

fn list(rest: &[Word], reading: &Reading<'_>) -> Read<ListMention> {
    let first = rest.first()?;
    let name = list_mark(first, reading.syntax)?;
    // The longest name that there is; behind its first word a comma ends it.
    let mut said = plain_name(name);
    let mut found = place(&said, reading.lists).map(|place| (1, ListMention::Known(place)));
    for (count, word) in (2..=MAX_NAME_WORDS).zip(rest.iter().skip(1)) {
        let before = rest.get(count - 2);
        if word.plain || word.quoted || before.is_some_and(|before| !before.trail.is_empty()) {
            break;
        }
        said.push(' ');
        said.push_str(&plain_name(&word.text));
        if let Some(place) = place(&said, reading.lists) {
            found = Some((count, ListMention::Known(place)));
        }
    }
    // "+1" and "+49 30 …" are numbers.
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '&' | '\'' | '’'));
    found.or_else(|| is_name.then(|| (1, ListMention::Unknown(name.to_owned()))))
}

fn place(said: &str, lists: &[String]) -> Option<usize> {
    lists.iter().position(|name| plain_name(name) == said)
}

/// In lower case, with spaces for what is written in their place.
fn plain_name(name: &str) -> String {
    let name = name.to_lowercase().replace(['-', '_'], " ");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn priority(rest: &[Word], syntax: Syntax) -> Read<Priority> {
    let first = rest.first()?;
    if syntax == Syntax::Vikunja
        && let Some(level) = first.key.strip_prefix('!')
    {
        let level = match level {
            "1" => Some(Priority::Low),
            "2" => Some(Priority::Normal),
            "3" => Some(Priority::High),
            "4" | "5" => Some(Priority::Urgent),
            _ => None,
        };
        if let Some(level) = level {
            return Some((1, level));
        }
    }
    // Words that are as often a part of the title.
    if first.is(&["urgent", "important", "not", "no"]) {
        return None;
    }
    // "p1" stays within one item: a word that is closed does not go on.
    priorities::at(rest).filter(|(count, _)| *count == 1 || first.trail.is_empty())
}
