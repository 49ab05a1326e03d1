//! Atoms: the letters, digits and signs of words, which the productions are made of. "2h15m" is one word and four atoms.

use crate::words::Word;

/// A run of letters or of digits, or one sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// In lower case.
    pub text: String,
    /// Its number, when it is digits.
    pub number: Option<i64>,
    /// No space precedes it.
    pub glued: bool,
    /// The word that it is of.
    pub word: usize,
    /// It ends its word.
    pub last: bool,
    /// No production reaches beyond it: the word is closed by more than a comma.
    pub closed: bool,
    /// It was typed without a capital.
    pub lower: bool,
}

/// The atoms of words.
pub fn atoms(words: &[Word]) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(words.len() * 2);
    for (at, word) in words.iter().enumerate() {
        let before = atoms.len();
        let lower = !word.is_capital();
        let atom = |text: String, number: Option<i64>, glued: bool| Atom {
            text,
            number,
            glued,
            word: at,
            last: false,
            closed: false,
            lower,
        };
        if word.quoted || word.key.is_empty() {
            atoms.push(atom(String::new(), None, false));
        } else {
            let owner = word.text.ends_with("'s") || word.text.ends_with("’s");
            let key = if owner { word.key.strip_suffix('s').unwrap_or(&word.key) } else { &word.key };
            if let Some(short) = word
                .text
                .strip_prefix(['\'', '’'])
                .filter(|short| short.len() == 2 && short.parse::<i64>().is_ok())
            {
                atoms.push(atom(format!("'{short}"), short.parse().ok(), false));
            } else {
                for run in runs(key) {
                    let number = if run.len() <= 8 { run.parse().ok() } else { None };
                    atoms.push(atom(run.to_owned(), number, atoms.len() > before));
                }
            }
            if owner {
                atoms.push(atom("'s".to_owned(), None, true));
            }
        }
        if let Some(last) = atoms.last_mut() {
            last.last = true;
            let short = word.key.chars().count() <= 4 || word.key.ends_with(|c: char| c.is_ascii_digit());
            last.closed =
                word.trail.contains([':', ';', '!', '?', '\n', '…']) || (word.trail.contains('.') && !short);
        }
    }
    atoms
}

/// Runs of letters or digits, and single signs.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic() && c != '\u{301}')
        } else {
            Some(first.len_utf8())
        };
        let (run, later) = rest.split_at(end.unwrap_or(rest.len()));
        runs.push(run);
        rest = later;
    }
    runs
}
