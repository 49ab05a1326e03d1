//! A small pattern language, so that a phrasing is one line:
//! `mark|set {x} [as] (all done|done)` matches words by their keys.
//!
//! - `word` or `a|b`: one of these words; `a:|b:` must be followed by a colon
//! - `(a b|c)`: one of these sequences of words
//! - `[a|b c]`: the same, or nothing
//! - `{x}`: one word or more, as few as possible; `{x*}`: none or more
//!
//! A pattern matches all the words it is given. When it can match in several ways, all of them are tried in order.

use super::Word;

/// What the holes of a pattern stand for.
#[derive(Debug, Clone, Default)]
pub struct Match<'a>(Vec<(&'static str, &'a [Word])>);

impl<'a> Match<'a> {
    /// The words in this hole; none when the pattern has no such hole.
    pub fn get(&self, placeholder: &str) -> &'a [Word] {
        self.0.iter().find(|(name, _)| *name == placeholder).map_or(&[], |(_, words)| words)
    }

    /// The pattern has this hole.
    pub fn has(&self, placeholder: &str) -> bool {
        self.0.iter().any(|(name, _)| *name == placeholder)
    }
}

enum Part {
    /// One of these sequences; nothing is fine too when `optional`.
    Words { choices: Vec<Vec<&'static str>>, optional: bool },
    /// Whatever is there: at least `least` words.
    Hole { name: &'static str, least: usize },
}

/// Patterns that mean the same, tried in order.
pub struct Patterns(Vec<Vec<Part>>);

/// A pattern is matched in at most this many ways.
const MAX_MATCHES: usize = 64;

/// A pattern is given up after this many steps, so that a strange message can't keep others waiting.
const MAX_STEPS: usize = 4_000;

/// Requests are shorter than this. Longer texts match only patterns that end with a hole, by their beginning.
const MAX_WORDS: usize = 60;

impl Patterns {
    /// Reads patterns, one a line; empty lines count for nothing.
    pub fn new(lines: &'static str) -> Patterns {
        Patterns(lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(parts).collect())
    }

    /// Every way in which one of the patterns matches, in order.
    pub fn matches<'a>(&self, words: &'a [Word]) -> Vec<Match<'a>> {
        let mut found = Vec::new();
        for pattern in self.0.iter().filter(|pattern| may_match(pattern, words)) {
            let mut walk = Walk { steps: 0, holes: Vec::new(), ways: Vec::new() };
            walk.walk(pattern, words);
            found.extend(walk.ways);
        }
        found
    }

    /// The first way in which one of the patterns matches.
    pub fn first<'a>(&self, words: &'a [Word]) -> Option<Match<'a>> {
        self.matches(words).into_iter().next()
    }

    /// One of the patterns matches.
    pub fn hit(&self, words: &[Word]) -> bool {
        self.first(words).is_some()
    }
}

/// A quick look: the words that a pattern needs are there.
fn may_match(pattern: &[Part], words: &[Word]) -> bool {
    let prefix_only = match pattern.split_last() {
        Some((Part::Hole { .. }, before)) => before.iter().all(|part| matches!(part, Part::Words { .. })),
        _ => false,
    };
    (words.len() <= MAX_WORDS || prefix_only)
        && pattern.iter().all(|part| match part {
            Part::Words { choices, optional: false } => {
                choices.iter().any(|choice| choice.iter().all(|key| occurs(key, words)))
            }
            _ => true,
        })
}

fn occurs(key: &str, words: &[Word]) -> bool {
    let key = key.strip_suffix(':').unwrap_or(key);
    words.iter().take(MAX_WORDS).any(|word| word.key == key)
}

/// Trying a pattern in every way.
struct Walk<'a> {
    steps: usize,
    holes: Vec<(&'static str, &'a [Word])>,
    ways: Vec<Match<'a>>,
}

impl<'a> Walk<'a> {
    fn walk(&mut self, pattern: &[Part], words: &'a [Word]) {
        self.steps += 1;
        if self.ways.len() >= MAX_MATCHES || self.steps > MAX_STEPS {
            return;
        }
        let Some((part, later)) = pattern.split_first() else {
            if words.is_empty() {
                self.ways.push(Match(self.holes.clone()));
            }
            return;
        };
        match part {
            Part::Words { choices, optional } => {
                for choice in choices {
                    if let Some(rest) = after(choice, words) {
                        self.walk(later, rest);
                    }
                }
                if *optional {
                    self.walk(later, words);
                }
            }
            // The last hole takes all the rest: there is nothing to try.
            Part::Hole { name, least } if later.is_empty() => {
                if words.len() >= *least {
                    self.holes.push((name, words));
                    self.ways.push(Match(self.holes.clone()));
                    self.holes.pop();
                }
            }
            Part::Hole { name, least } => {
                for taken in *least..=words.len() {
                    if let Some((inside, rest)) = words.split_at_checked(taken) {
                        self.holes.push((name, inside));
                        self.walk(later, rest);
                        self.holes.pop();
                    }
                }
            }
        }
    }
}

/// What follows when the words begin with this sequence.
fn after<'a>(sequence: &[&str], words: &'a [Word]) -> Option<&'a [Word]> {
    let mut rest = words;
    for expected in sequence {
        let (word, later) = rest.split_first()?;
        let fits = match expected.strip_suffix(':') {
            Some(key) => word.key == key && word.has_colon(),
            None => !word.quoted && word.key == *expected,
        };
        if !fits {
            return None;
        }
        rest = later;
    }
    Some(rest)
}

fn parts(line: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            _ => ' ',
        };
        let opened = usize::from(close != ' ');
        let end = rest.find(close).unwrap_or(rest.len());
        let inside = rest.get(opened..end).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default();
        rest = rest.strip_prefix(close).unwrap_or(rest).trim_start();
        parts.push(if close == '}' {
            match inside.strip_suffix('*') {
                Some(name) => Part::Hole { name, least: 0 },
                None => Part::Hole { name: inside, least: 1 },
            }
        } else {
            let choices = inside.split('|').map(|choice| choice.split_whitespace().collect()).collect();
            Part::Words { choices, optional: close == ']' }
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::{join, words};
    use super::Patterns;

    fn placeholder(pattern: &'static str, said: &str, name: &str) -> Option<String> {
        Patterns::new(pattern).first(&words(said)).map(|found| join(found.get(name)))
    }

    #[test]
    fn a_hole_takes_what_the_words_around_it_leave() {
        assert_eq!(
            placeholder("mark|set {x} [as] done", "Mark buy milk as done", "x").as_deref(),
            Some("buy milk")
        );
        assert_eq!(placeholder("mark|set {x} [as] done", "mark as done", "x").as_deref(), Some("as"));
        assert_eq!(placeholder("mark {x} done", "mark done", "x"), None);
    }

    #[test]
    fn every_way_to_match_is_offered() {
        let typed = words("move trip to rome to friday");
        let ways = Patterns::new("move {x} to {when}").matches(&typed);
        let days: Vec<_> = ways.iter().map(|way| join(way.get("when"))).collect();
        assert_eq!(days, ["rome to friday", "friday"]);
    }

    #[test]
    fn a_colon_can_be_asked_for() {
        assert_eq!(placeholder("note: {x}", "note: keys", "x").as_deref(), Some("keys"));
        assert_eq!(placeholder("note: {x}", "note keys", "x"), None);
    }

    #[test]
    fn quoted_words_are_never_commands() {
        assert_eq!(placeholder("done {x}", "\"done\" milk", "x"), None);
    }
}
