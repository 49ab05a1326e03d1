//! Labels: `#home`, `tagged work`, `with label errands`.

use crate::words::Word;

/// The label that a word is: `#Home` → `home`. Numbers alone are none: "#2" is the second of a list.
pub fn hashed(word: &Word) -> Option<String> {
    if word.quoted {
        return None;
    }
    let name = word.key.strip_prefix('#')?;
    label(name).filter(|name| !name.chars().all(|c| c.is_ascii_digit()))
}

/// A label by its name alone.
pub fn label(name: &str) -> Option<String> {
    let name = name.trim_matches('#').to_lowercase();
    let fits = !name.is_empty()
        && name.chars().count() <= 50
        && !name.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '#'));
    fits.then_some(name)
}

/// The words are labels, and nothing else: "#a and #b", "work, home", "the label work".
pub fn whole(words: &[Word]) -> Option<Vec<String>> {
    let skipped = words
        .iter()
        .take_while(|word| {
            word.is(&["the", "a", "label", "labels", "tag", "tags", "as", "with", "under", "to", "my"])
        })
        .count();
    let mut rest = words.get(skipped..)?;
    while let Some((last, before)) = rest.split_last()
        && last.is(&["label", "labels", "tag", "tags"])
    {
        rest = before;
    }
    let named = rest.iter().filter(|word| !word.is(&["and"]));
    let labels: Vec<String> =
        named.map(|word| hashed(word).or_else(|| label(&word.key))).collect::<Option<_>>()?;
    let separated = rest.len() == 1
        || rest.iter().all(|word| word.key.starts_with('#') || word.is(&["and"]))
        || rest
            .iter()
            .rev()
            .skip(1)
            .all(|word| word.trail.contains(',') || word.is(&["and"]) || follows_and(rest, word));
    (!labels.is_empty() && separated).then_some(labels)
}

fn follows_and(words: &[Word], word: &Word) -> bool {
    let at = words.iter().position(|other| std::ptr::eq(other, word));
    at.and_then(|at| words.get(at + 1)).is_some_and(|next| next.is(&["and"]))
}

/// Takes the labels out of the words of a new task.
pub fn take(words: &mut Vec<Word>) -> Vec<String> {
    let mut labels: Vec<String> = words.iter().filter_map(hashed).collect();
    // What closed a label closes the word before it.
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        if hashed(&word).is_none() {
            kept.push(word);
        } else if let Some(last) = kept.last_mut() {
            last.trail.push_str(&word.trail);
        }
    }
    *words = kept;
    let named = words.iter().position(|word| word.is(&["tagged", "labelled", "labeled"])).or_else(|| {
        let at = words.iter().rposition(|word| word.is(&["label", "labels", "tag", "tags"]))?;
        let led = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|word| word.is(&["with", "under"]));
        (led || words.get(at)?.has_colon()).then_some(at)
    });
    if let Some(at) = named
        && at > 0
        && let Some(more) = words.get(at + 1..).and_then(whole)
    {
        let start = at - usize::from(words.get(at - 1).is_some_and(|word| word.is(&["with", "and"])));
        words.truncate(start);
        labels.extend(more);
    }
    let mut seen = Vec::new();
    labels.retain(|label| {
        !seen.contains(label) && {
            seen.push(label.clone());
            true
        }
    });
    labels
}
