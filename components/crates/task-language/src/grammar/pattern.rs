//! Productions as they are written down: `in {length}`, `[the] day after {day}`, `{n} ~: ~{n}`.
//!
//! - `word` or `a|b`: one of these atoms
//! - `{kind}`: what another production made
//! - `[…]` around either: it may be missing
//! - `~` before either: no space precedes it
//! - `^` before a word: it was typed without a capital

use std::collections::HashSet;

use super::chart::{Kind, Source};
use super::meaning::Value;

/// What a production makes of its parts; nothing where they make no sense together.
pub type Make = fn(&[Value], &Source<'_>) -> Option<Value>;

/// A production of a language's table: the kind it makes, its pattern, and what it means.
pub struct Rule {
    pub kind: Kind,
    pub pattern: &'static str,
    pub make: Make,
}

/// A part of a pattern.
pub enum Element {
    Words(Vec<&'static str>),
    Kind(Kind),
}

/// A part of a pattern, and how it may stand there.
pub struct Part {
    pub element: Element,
    pub optional: bool,
    pub glued: bool,
    pub lower: bool,
}

/// A production that was read from its table.
pub struct Production {
    pub parts: Vec<Part>,
    pub make: Make,
}

/// The productions of a language, by what they make.
pub struct Productions {
    by_kind: Vec<Vec<Production>>,
    /// Every word of a pattern: a word that is none begins nothing.
    words: HashSet<&'static str>,
}

impl Productions {
    /// Reads tables.
    pub fn read(tables: &[&[Rule]]) -> Productions {
        let mut by_kind: Vec<Vec<Production>> = Vec::new();
        by_kind.resize_with(Kind::COUNT, Vec::new);
        let mut words = HashSet::new();
        for rule in tables.iter().flat_map(|table| table.iter()) {
            let parts: Vec<Part> = rule.pattern.split_whitespace().map(part).collect();
            for part in &parts {
                if let Element::Words(choices) = &part.element {
                    words.extend(choices.iter().copied());
                }
            }
            if let Some(productions) = by_kind.get_mut(rule.kind as usize) {
                productions.push(Production { parts, make: rule.make });
            }
        }
        Productions { by_kind, words }
    }

    /// Those that make this.
    pub fn list(&self, kind: Kind) -> &[Production] {
        self.by_kind.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    /// Some production has this word.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

fn part(text: &'static str) -> Part {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let optional = inner.is_some();
    let text = inner.unwrap_or(text);
    let (glued, text) = text.strip_prefix('~').map_or((false, text), |text| (true, text));
    let (lower, text) = text.strip_prefix('^').map_or((false, text), |text| (true, text));
    let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let element = match name {
        Some(name) => Element::Kind(Kind::named(name)),
        None => Element::Words(text.split('|').collect()),
    };
    Part { element, optional, glued, lower }
}
