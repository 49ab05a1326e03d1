//! The chart: what each production makes of the atoms from each place on, remembered.

use std::cell::RefCell;
use std::rc::Rc;

use super::atoms::{Atom, atoms};
use super::meaning::Value;
use super::pattern::{Element, Part, Productions};
use crate::clock::Clock;
use crate::numbers;
use crate::words::Word;

/// What a production makes. A production is made of kinds that stand before its own, or that follow its first part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A number in digits or in words.
    Number,
    /// A number in digits.
    Digits,
    /// A position: `2nd`.
    Ordinal,
    Unit,
    /// A length that is said in one piece.
    Piece,
    /// A length of time.
    Length,
    Weekday,
    /// A day of the week that is said of every week: "mondays".
    Weekdays,
    Month,
    Year,
    /// A day that is said by itself.
    Date,
    /// A day.
    Day,
    /// A time of the clock.
    Clock,
    /// A time of day.
    Time,
    /// An hour that words lead into: "at 6".
    Hour,
    /// An hour that counts only beside a day: "before 6".
    NearHour,
    /// The name of a part of the day, which counts beside a day.
    Part,
    /// A part of the day that counts by itself.
    Daypart,
    /// A repetition.
    Every,
    /// Words that lead into a day or a time, and count for nothing.
    Lead,
    /// Words between a day and a time.
    Between,
    /// Words after a day or a time that count for nothing.
    After,
}

impl Kind {
    /// How many there are.
    pub const COUNT: usize = Kind::After as usize + 1;

    /// By its name in a pattern.
    pub fn named(name: &str) -> Kind {
        match name {
            "n" => Kind::Number,
            "digits" => Kind::Digits,
            "ord" => Kind::Ordinal,
            "unit" => Kind::Unit,
            "piece" => Kind::Piece,
            "length" => Kind::Length,
            "weekday" => Kind::Weekday,
            "weekdays" => Kind::Weekdays,
            "month" => Kind::Month,
            "year" => Kind::Year,
            "date" => Kind::Date,
            "clock" => Kind::Clock,
            "time" => Kind::Time,
            "part" => Kind::Part,
            "daypart" => Kind::Daypart,
            "every" => Kind::Every,
            _ => Kind::Day,
        }
    }
}

/// What a production reaches, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The atom after its last one.
    pub end: usize,
    pub value: Value,
}

/// What a production was made from.
pub struct Source<'a> {
    pub clock: &'a Clock,
    /// The atoms that it covers.
    pub atoms: &'a [Atom],
}

impl Source<'_> {
    /// The atoms as they were typed, without spaces.
    pub fn text(&self) -> String {
        self.atoms.iter().map(|atom| atom.text.as_str()).collect()
    }
}

/// The atoms of some words, and what was made of them.
pub struct Chart<'a> {
    pub atoms: Vec<Atom>,
    pub clock: &'a Clock,
    productions: &'a Productions,
    /// Whether a production can begin with this atom.
    known: Vec<bool>,
    /// What each kind was made of from each atom on.
    made: RefCell<Vec<Option<Rc<Vec<Made>>>>>,
}

impl<'a> Chart<'a> {
    /// A chart of words, in which nothing was made yet.
    pub fn new(words: &[Word], clock: &'a Clock, productions: &'a Productions) -> Chart<'a> {
        let atoms = atoms(words);
        let is_number = |word: &str| numbers::number(word).is_some() || numbers::ordinal(word).is_some();
        let known = atoms
            .iter()
            .map(|atom| atom.number.is_some() || productions.knows(&atom.text) || is_number(&atom.text));
        let known = known.collect();
        let made = RefCell::new(vec![None; atoms.len() * Kind::COUNT]);
        Chart { atoms, clock, productions, known, made }
    }

    /// All that this kind can be from this atom on, the longest first; of equals, as the table has them.
    pub fn make(&self, kind: Kind, start: usize) -> Rc<Vec<Made>> {
        let place = start * Kind::COUNT + kind as usize;
        if !self.known.get(start).is_some_and(|known| *known) {
            return Rc::default();
        }
        if let Some(Some(known)) = self.made.borrow().get(place) {
            return Rc::clone(known);
        }
        // While it is made, it makes nothing: a production can't begin with itself.
        self.keep(place, Rc::default());
        let mut found: Vec<Made> = self.built_in(kind, start).into_iter().collect();
        for production in self.productions.list(kind) {
            let mut values = Vec::new();
            let mut reached = Vec::new();
            self.walk(&production.parts, (start, start), &mut values, &mut reached);
            for (end, values) in reached {
                let atoms = self.atoms.get(start..end).unwrap_or_default();
                let source = Source { clock: self.clock, atoms };
                if end > start
                    && let Some(value) = (production.make)(&values, &source)
                {
                    found.push(Made { end, value });
                }
            }
        }
        found.sort_by_key(|made| std::cmp::Reverse(made.end));
        let found = Rc::new(found);
        self.keep(place, Rc::clone(&found));
        found
    }

    fn keep(&self, place: usize, made: Rc<Vec<Made>>) {
        if let Some(slot) = self.made.borrow_mut().get_mut(place) {
            *slot = Some(made);
        }
    }

    /// Every way to go through the parts from here.
    fn walk(
        &self,
        parts: &[Part],
        (start, at): (usize, usize),
        values: &mut Vec<Value>,
        reached: &mut Vec<(usize, Vec<Value>)>,
    ) {
        let Some((part, later)) = parts.split_first() else {
            reached.push((at, values.clone()));
            return;
        };
        if let Some(atom) = self.atoms.get(at)
            && (!part.glued || atom.glued)
            && (!part.lower || atom.lower)
            && (at == start || !self.is_closed_before(at))
        {
            match &part.element {
                Element::Words(words) => {
                    if words.contains(&atom.text.as_str()) {
                        self.walk(later, (start, at + 1), values, reached);
                    }
                }
                Element::Kind(kind) => {
                    for made in self.make(*kind, at).iter() {
                        values.push(made.value.clone());
                        self.walk(later, (start, made.end), values, reached);
                        values.pop();
                    }
                }
            }
        }
        if part.optional {
            self.walk(later, (start, at), values, reached);
        }
    }

    /// The atom before closes what was said.
    pub fn is_closed_before(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.atoms.get(before)).is_some_and(|before| before.closed)
    }

    fn built_in(&self, kind: Kind, start: usize) -> Option<Made> {
        let atom = self.atoms.get(start)?;
        let value = match kind {
            Kind::Digits => atom.number,
            Kind::Year => atom.number.filter(|year| {
                atom.text.starts_with('\'') || (atom.text.len() == 4 && (1900..2200).contains(year))
            }),
            Kind::Number => atom.number.or_else(|| numbers::number(&atom.text).map(i64::from)),
            Kind::Ordinal => {
                let next = self.atoms.get(start + 1).filter(|next| next.glued);
                if let (Some(number), Some(next)) = (atom.number, next)
                    && matches!(next.text.as_str(), "st" | "nd" | "rd" | "th")
                {
                    return Some(Made { end: start + 2, value: Value::Number(number) });
                }
                numbers::ordinal(&atom.text).map(i64::from)
            }
            _ => None,
        };
        value.map(|number| Made { end: start + 1, value: Value::Number(number) })
    }
}
