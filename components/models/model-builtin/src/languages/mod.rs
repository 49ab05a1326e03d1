//! German, Spanish and French: what is said most often, told in the words of English that the rules read. A table a language says
//! which words mean what, and in which frames they stand. Titles stay as they were said: a word keeps its text, and only its key is
//! that of the English word, so that what says no day is left as it is.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::text::{Match, Patterns, Word};

/// A language as its table has it.
pub struct Language {
    words: HashMap<&'static str, &'static str>,
    frames: Vec<(Patterns, &'static str)>,
    /// Every word that the table has.
    vocabulary: HashSet<&'static str>,
}

pub static GERMAN: LazyLock<Language> = LazyLock::new(|| Language::read(include_str!("german.txt")));
pub static SPANISH: LazyLock<Language> = LazyLock::new(|| Language::read(include_str!("spanish.txt")));
pub static FRENCH: LazyLock<Language> = LazyLock::new(|| Language::read(include_str!("french.txt")));

/// So many words may mean one thing together.
const MAX_PHRASE: usize = 4;

/// A sentence of more words is none of the frequent ones.
const MAX_WORDS: usize = 40;

impl Language {
    fn read(table: &'static str) -> Language {
        let mut language = Language { words: HashMap::new(), frames: Vec::new(), vocabulary: HashSet::new() };
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((said, meant)) = line.split_once(" > ") {
                language.frames.push((Patterns::new(said), meant));
                let fixed = said.split_whitespace().filter(|part| !part.contains(['{', '}']));
                language.vocabulary.extend(fixed.flat_map(|part| part.split(['|', '(', ')', '[', ']', ':'])));
            } else if let Some((said, meant)) = line.split_once('=') {
                language.words.insert(said.trim(), meant.trim());
                language.vocabulary.extend(said.split_whitespace());
            }
        }
        language
    }

    /// The table has this word, said in its own letters.
    pub fn knows(&self, word: &str) -> bool {
        word.chars().any(char::is_alphabetic) && self.vocabulary.contains(word)
    }

    /// The sentence in English, where it is one of those that the table has.
    pub fn in_english(&self, said: &[Word]) -> Option<Vec<Word>> {
        if said.len() > MAX_WORDS {
            return None;
        }
        let said = self.without_fillers(said);
        let (frame, found) =
            self.frames.iter().find_map(|(patterns, frame)| Some((*frame, patterns.first(&said)?)))?;
        let mut words = self.fill(frame, &found, &said);
        // What ended the sentence ends it where it stands now.
        words.iter_mut().for_each(|word| word.trail.retain(|sign| !"\n.!?".contains(sign)));
        if let (Some(last), Some(end)) = (words.last_mut(), said.last()) {
            end.trail.clone_into(&mut last.trail);
        }
        // Each word stands somewhere: the rules tell words apart by their places.
        let mut at = 0;
        for word in &mut words {
            word.start = at;
            word.end = at + word.text.chars().count().max(1);
            at = word.end + 1;
        }
        Some(words)
    }

    /// A message that the table has as it is, without anything of the person's own.
    pub fn phrase(&self, said: &[Word]) -> Option<Vec<Word>> {
        let is_fixed = |frame: &str| !frame.contains('{');
        let found = self.frames.iter().find(|(patterns, frame)| is_fixed(frame) && patterns.hit(said));
        found.and_then(|_| self.in_english(said))
    }

    /// The words without those that only make it polite.
    fn without_fillers(&self, said: &[Word]) -> Vec<Word> {
        let mut kept = Vec::with_capacity(said.len());
        let mut at = 0;
        while let Some(word) = said.get(at) {
            match self.longest(said, at) {
                Some((length, "")) => at += length,
                _ => {
                    kept.push(word.clone());
                    at += 1;
                }
            }
        }
        kept
    }

    /// What the words from here mean, of the longest phrase that the table has, and how many they are.
    fn longest(&self, words: &[Word], at: usize) -> Option<(usize, &'static str)> {
        (1..=MAX_PHRASE).rev().find_map(|length| {
            let phrase = words.get(at..at + length)?;
            let is_one = phrase.iter().all(|word| !word.quoted)
                && phrase.iter().take(length - 1).all(|word| word.trail.is_empty());
            let keys: Vec<&str> = phrase.iter().map(|word| word.key.as_str()).collect();
            let meant = self.words.get(keys.join(" ").as_str()).filter(|_| is_one)?;
            Some((length, *meant))
        })
    }

    fn fill(&self, frame: &str, found: &Match<'_>, said: &[Word]) -> Vec<Word> {
        let mut filled = Vec::new();
        for token in frame.split(' ') {
            match token.strip_prefix('{').and_then(|token| token.strip_suffix('}')) {
                None => {
                    filled.push(Word { text: token.to_owned(), key: token.to_lowercase(), ..Word::default() })
                }
                Some("all") => filled.extend(self.meant(said)),
                // An article says nothing of which task is meant.
                Some("t") => {
                    let words = found.get("t");
                    let is_article = |word: &Word| {
                        matches!(self.words.get(word.key.as_str()), Some(&("the" | "my" | "a" | "of")))
                    };
                    let first = words.iter().position(|word| !is_article(word)).unwrap_or(0);
                    filled.extend(words.get(first..).unwrap_or_default().iter().cloned());
                }
                Some(name) => filled.extend(self.meant(found.get(name))),
            }
        }
        filled
    }

    /// The same words with the keys of what they mean.
    fn meant(&self, words: &[Word]) -> Vec<Word> {
        let mut meant: Vec<Word> = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let next = words.get(at + 1).map_or("", |next| next.key.as_str());
            let is_number = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_digit());
            let hour =
                word.key.parse::<u32>().ok().filter(|hour| *hour < 24 && matches!(next, "uhr" | "heures"));
            // "dans 2 heures" is a length of time.
            let is_length =
                at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|before| before.is(&["dans"]));
            let hour = hour.filter(|_| !is_length);
            if let Some(hour) = hour {
                // The clocks of these languages have 24 hours.
                meant.push(Word { key: format!("{hour:02}:00"), ..word.clone() });
                at += 1;
                if next == "heures" {
                    at += 1;
                }
                continue;
            }
            let Some((length, keys)) = self.longest(words, at) else {
                meant.push(word.clone());
                at += 1;
                continue;
            };
            // "am 5. März", "le 5 mars", "el 5 de marzo"
            let keys = if keys == "the" && is_number(next) { "on" } else { keys };
            let phrase = words.get(at..at + length).unwrap_or_default();
            let texts: Vec<&str> = phrase.iter().map(|word| word.text.as_str()).collect();
            let trail = phrase.last().map(|last| last.trail.clone()).unwrap_or_default();
            let mut text = texts.join(" ");
            for key in keys.split_whitespace() {
                let text = std::mem::take(&mut text);
                meant.push(Word { text, key: key.to_owned(), ..Word::default() });
            }
            if let Some(last) = meant.last_mut() {
                last.trail = trail;
            }
            at += length;
        }
        meant
    }
}
