//! Phrases: days, times and repetitions that stand together, and the words that lead into them.

use super::chart::{Chart, Kind};
use super::meaning::{Length, Value};
use super::pattern::Productions;
use crate::clock::Clock;
use crate::recurrence::Recurrence;
use crate::when::When;
use crate::words::Word;

/// What a run of words says about when.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Its first word.
    pub start: usize,
    /// The word after its last one.
    pub end: usize,
    pub when: When,
    pub every: Option<Recurrence>,
    /// The word that leads into it: "on", "by".
    pub lead: Option<String>,
    /// It ends with an hour that could be any number: "at 6".
    pub is_bare: bool,
}

/// A phrase has at most so many parts.
const MAX_PARTS: usize = 5;
/// At most so many words lead into it.
const MAX_LEADS: usize = 3;

#[derive(Clone, Default)]
struct Reached {
    end: usize,
    when: When,
    every: Option<Recurrence>,
    is_bare: bool,
    /// Of how many parts it is: of readings that reach as far, the one with fewer counts.
    count: usize,
}

impl Reached {
    fn beats(&self, other: Option<&Reached>) -> bool {
        other.is_none_or(|other| self.end > other.end || (self.end == other.end && self.count < other.count))
    }
}

/// The longest phrase that begins with this word.
pub fn phrase_at(words: &[Word], clock: &Clock, productions: &Productions, at: usize) -> Option<Phrase> {
    Reader { chart: Chart::new(words, clock, productions) }.phrase_at(at)
}

/// Of more words than twice this, only so many at either end are read: no title is longer, and time is finite.
const MAX_WORDS: usize = 60;

/// The longest phrase from each word on.
pub fn phrases(words: &[Word], clock: &Clock, productions: &Productions) -> Vec<Option<Phrase>> {
    if words.len() > 2 * MAX_WORDS {
        let after = words.len() - MAX_WORDS;
        let (head, tail) =
            (words.get(..MAX_WORDS).unwrap_or_default(), words.get(after..).unwrap_or_default());
        let later = phrases(tail, clock, productions).into_iter().map(|phrase| {
            phrase.map(|phrase| Phrase { start: phrase.start + after, end: phrase.end + after, ..phrase })
        });
        let between = (MAX_WORDS..after).map(|_| None);
        return phrases(head, clock, productions).into_iter().chain(between).chain(later).collect();
    }
    let reader = Reader { chart: Chart::new(words, clock, productions) };
    (0..words.len()).map(|at| reader.phrase_at(at)).collect()
}

struct Reader<'a> {
    chart: Chart<'a>,
}

impl Reader<'_> {
    fn phrase_at(&self, word: usize) -> Option<Phrase> {
        let start = self.chart.atoms.iter().position(|atom| atom.word == word)?;
        let mut best: Option<(Reached, usize)> = None;
        let mut at = start;
        for leads in 0..=MAX_LEADS {
            if let Some(reached) = self.sequence(at)
                && reached.beats(best.as_ref().map(|(other, _)| other))
            {
                best = Some((reached, leads));
            }
            let Some(next) = self.skip(Kind::Lead, at) else { break };
            at = next;
        }
        let (reached, leads) = best?;
        let end = self.chart.atoms.get(reached.end.checked_sub(1)?)?.word + 1;
        let first = self.chart.atoms.get(start).map(|atom| atom.text.clone());
        // "in 3 weeks", "at noon", "every day": what is part of the production leads into it as well.
        let lead = first.filter(|text| leads > 0 || LEADING.contains(&text.as_str()));
        Some(Phrase {
            start: word,
            end,
            when: reached.when,
            every: reached.every,
            lead,
            is_bare: reached.is_bare,
        })
    }

    fn skip(&self, kind: Kind, at: usize) -> Option<usize> {
        let made = self.chart.make(kind, at).first().map(|made| made.end)?;
        (!self.chart.is_closed_before(made)).then_some(made)
    }

    /// The furthest that parts which go together reach from here.
    fn sequence(&self, at: usize) -> Option<Reached> {
        let empty = Reached { end: at, ..Reached::default() };
        self.parts(&empty, at, 0)
    }

    fn parts(&self, before: &Reached, at: usize, depth: usize) -> Option<Reached> {
        if depth >= MAX_PARTS || (depth > 0 && self.chart.is_closed_before(at)) {
            return None;
        }
        let mut best: Option<Reached> = None;
        for kind in [
            Kind::Every,
            Kind::Day,
            Kind::Daypart,
            Kind::Time,
            Kind::Hour,
            Kind::NearHour,
            Kind::Part,
            Kind::Length,
        ] {
            let has_day = before.when.has_day() || before.every.is_some();
            if kind == Kind::Part && !has_day {
                continue;
            }
            let after = |names: &[&str]| {
                at.checked_sub(1)
                    .and_then(|at| self.chart.atoms.get(at))
                    .is_some_and(|atom| names.contains(&atom.text.as_str()))
            };
            if kind == Kind::Length && !(before.every.is_some() && after(FOR)) {
                continue;
            }
            let mut ends: Vec<usize> = Vec::new();
            for made in self.chart.make(kind, at).iter() {
                if ends.contains(&made.end) || ends.len() >= 3 {
                    continue;
                }
                ends.push(made.end);
                let Some(mut reached) = self.join(before, &made.value, at) else { continue };
                reached.end = made.end;
                reached.count = before.count + 1;
                reached.is_bare = matches!(kind, Kind::Hour | Kind::NearHour);
                let further = self.further(&reached, depth);
                // "by 10" is an hour beside a day, before it ("by 10 tonight") or after.
                if kind == Kind::NearHour && !has_day {
                    let dated = further.filter(|more| more.when.has_day() && !more.when.is_weak);
                    best = dated.filter(|more| more.beats(best.as_ref())).or(best);
                    continue;
                }
                let complete = self.chart.atoms.get(made.end.saturating_sub(1)).is_some_and(|atom| atom.last);
                let candidate = further.or_else(|| complete.then_some(reached));
                if let Some(candidate) = candidate
                    && candidate.beats(best.as_ref())
                {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    /// More parts after these, with words between that count for nothing.
    fn further(&self, reached: &Reached, depth: usize) -> Option<Reached> {
        let mut best: Option<Reached> = None;
        let mut at = reached.end;
        for _ in 0..=2 {
            if let Some(more) = self.parts(reached, at, depth + 1)
                && more.beats(best.as_ref())
            {
                best = Some(more);
            }
            match self.skip(Kind::Between, at) {
                Some(next) if !self.chart.is_closed_before(at) => at = next,
                _ => break,
            }
        }
        if best.is_none()
            && !self.chart.is_closed_before(reached.end)
            && let Some(end) = self.chart.make(Kind::After, reached.end).first().map(|made| made.end)
            && self.chart.atoms.get(end - 1).is_some_and(|atom| atom.last)
        {
            best = Some(Reached { end, is_bare: false, ..reached.clone() });
        }
        best
    }

    fn join(&self, before: &Reached, value: &Value, at: usize) -> Option<Reached> {
        let mut after = before.clone();
        match value {
            Value::Every(recurrence, first) => {
                if before.every.is_some() {
                    return None;
                }
                after.when = before.when.and(first)?;
                after.every = Some(recurrence.clone());
            }
            Value::When(when) => {
                let until = at
                    .checked_sub(1)
                    .and_then(|at| self.chart.atoms.get(at))
                    .is_some_and(|atom| UNTIL.contains(&atom.text.as_str()));
                match (&mut after.every, when.day) {
                    (Some(every), Some(day)) if until && !when.has_time() => every.until = Some(day),
                    _ => after.when = before.when.and(when)?,
                }
            }
            // "every day for two weeks" ends with the day before.
            Value::Length(length) => {
                let every = after.every.as_mut().filter(|every| every.until.is_none())?;
                let end = length.after(self.chart.clock.today()).filter(|_| !length.is_within_day())?;
                every.until = Some(Clock::days_after(end, -1));
            }
            _ => return None,
        }
        Some(after)
    }
}

/// Words that begin productions and lead into them as prepositions do.
const LEADING: &[&str] =
    &["in", "at", "on", "by", "within", "from", "every", "each", "between", "@", "um", "à", "en", "dans"];

/// A repetition goes on for the length after these.
const FOR: &[&str] = &["for", "durante", "pendant"];

/// A repetition ends with the day after these.
const UNTIL: &[&str] = &["until", "till", "bis", "hasta", "jusqu"];

/// A length of time that the words are, with "by" before it or "later" after it; negative for "earlier".
pub fn length(words: &[Word], clock: &Clock, productions: &Productions) -> Option<Length> {
    let words = match words.split_first() {
        Some((first, rest)) if first.is(&["by", "for", "another"]) => rest,
        _ => words,
    };
    if words.len() > 10 {
        return None;
    }
    let chart = Chart::new(words, clock, productions);
    chart.make(Kind::Length, 0).iter().find_map(|made| {
        let Value::Length(length) = made.value else { return None };
        let next = chart.atoms.get(made.end).map_or(words.len(), |atom| atom.word);
        let rest = words.get(next..)?;
        let all = |names: &[&str]| rest.iter().all(|word| word.is(names));
        if all(&["later", "back", "further", "more", "out"]) {
            Some(length)
        } else {
            all(&["earlier", "sooner", "forward", "before", "up"]).then(|| length.reversed())
        }
    })
}
