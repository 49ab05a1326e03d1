//! By how much a due date moves: `2 days`, `by a week`, `an hour`, `the day after`.

use jiff::{Span, ToSpan};

use super::offsets::{Length, length_at};
use crate::text::Word;

/// How far a due date moves; backward for earlier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    length: Length,
    earlier: bool,
}

impl Shift {
    /// The same length, towards earlier.
    pub fn earlier(self) -> Shift {
        Shift { earlier: true, ..self }
    }

    /// It moves by less than a day: a task due on a whole day needs a time for that.
    pub fn is_within_day(self) -> bool {
        matches!(self.length, Length::Minutes(_))
    }

    /// As a span of the calendar.
    pub fn span(self) -> Span {
        let span = match self.length {
            Length::Minutes(minutes) => i64::from(minutes).minutes(),
            Length::Days(days) => i64::from(days).days(),
            Length::Months(months) => i64::from(months).months(),
        };
        if self.earlier { span.negate() } else { span }
    }
}

/// The words are nothing but a length of time.
pub fn shift(words: &[Word]) -> Option<Shift> {
    let words = match words.split_first() {
        Some((first, rest)) if first.is(&["by", "for", "another"]) => rest,
        _ => words,
    };
    let (taken, length) = length_at(words)?;
    let rest = words.get(taken..)?;
    let rest_says_direction = rest.iter().all(|word| word.is(&["later", "back", "further", "more"]));
    let earlier = !rest.is_empty() && rest.iter().all(|word| word.is(&["earlier", "sooner", "forward"]));
    (rest_says_direction || earlier).then_some(Shift { length, earlier })
}
