//! Several requests in one message: where one ends and the next begins.

use super::Word;

/// A full stop after these ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "st", "no", "nr", "vs", "eg", "ie", "prof", "approx", "ca", "tel", "etc", "pm",
    "am", "pp", "str", "apt", "ave", "blvd", "bldg", "vol", "fig",
];

/// Joints that are looked at: a message with more is read as it stands, so that reading stays quick.
const MAX_JOINTS: usize = 12;

/// A longer sentence is one request.
const MAX_WORDS: usize = 150;

/// Splits a message into requests: at the ends of sentences and lines, and at a comma or an "and" where `begins`
/// finds that, given the words so far, the words after it begin another request. `inside` are the words, by where they
/// start, before which nothing ends: "March 31, 2027" is one date.
pub fn clauses<'a>(
    words: &'a [Word],
    inside: &[usize],
    begins: &dyn Fn(&[Word], &[Word]) -> bool,
) -> Vec<&'a [Word]> {
    let mut clauses: Vec<&[Word]> = Vec::new();
    for sentence in sentences(words, inside) {
        let joints = joints(sentence, inside);
        let mut start = 0;
        for (at, joint) in joints.iter().enumerate() {
            let before = sentence.get(start..*joint).unwrap_or_default();
            let ends = joints.iter().skip(at + 1).copied().chain([sentence.len()]);
            let splits = !before.is_empty()
                && ends.into_iter().any(|end| {
                    let later = without_joint(sentence.get(*joint..end).unwrap_or_default());
                    !later.is_empty() && begins(before, later)
                });
            if splits {
                clauses.push(before);
                start = *joint;
            }
        }
        clauses.push(sentence.get(start..).unwrap_or_default());
    }
    clauses.into_iter().map(without_joint).filter(|clause| !clause.is_empty()).collect()
}

/// The words between full stops, question marks and line ends. What follows "note:" is the note, up to the end of the
/// line.
fn sentences<'a>(words: &'a [Word], inside: &[usize]) -> Vec<&'a [Word]> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut noted = false;
    for (at, word) in words.iter().enumerate() {
        noted |= at > start && word.has_colon() && words.get(start..=at).is_some_and(has_note);
        let whole = words.get(at + 1).is_some_and(|next| inside.contains(&next.start));
        if word.trail.contains('\n') || (!noted && !whole && ends_sentence(word)) {
            sentences.push(words.get(start..=at).unwrap_or_default());
            start = at + 1;
            noted = false;
        }
    }
    sentences.push(words.get(start..).unwrap_or_default());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn has_note(words: &[Word]) -> bool {
    words.iter().any(|word| word.is(&["note", "notes"]))
}

fn ends_sentence(word: &Word) -> bool {
    let dotted = word.trail.contains('.')
        && !ABBREVIATIONS.contains(&word.key.as_str())
        && !word.key.ends_with("str")
        && word.key.chars().count() > 1
        && !word.key.chars().all(|c| c.is_ascii_digit() || c == '.');
    word.trail.contains(['!', '?', ';', '…']) || dotted
}

/// Where a comma precedes or an "and" stands.
fn joints(sentence: &[Word], inside: &[usize]) -> Vec<usize> {
    if sentence.len() > MAX_WORDS {
        return Vec::new();
    }
    let noted = sentence.iter().position(|word| word.has_colon() && word.is(&["note", "notes"]));
    let readable = noted.filter(|at| *at > 0).unwrap_or(sentence.len());
    (1..readable)
        .filter(|at| {
            let comma = sentence.get(at - 1).is_some_and(|word| word.trail.contains(','));
            let here = sentence.get(*at);
            (comma || here.is_some_and(is_joint)) && !here.is_some_and(|word| inside.contains(&word.start))
        })
        .take(MAX_JOINTS)
        .collect()
}

fn is_joint(word: &Word) -> bool {
    word.is(&["and", "then", "also", "but", "plus"])
}

fn without_joint(words: &[Word]) -> &[Word] {
    match words.split_first() {
        Some((first, rest)) if is_joint(first) && !rest.is_empty() => without_joint(rest),
        _ => words,
    }
}
