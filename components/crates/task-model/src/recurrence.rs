//! How a task repeats, as it is stored beside the task. What comes next is computed by the crate `task-recurrence`; what
//! only shows tasks needs no more than this.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::types::{Recurrence, RecurrenceBase};

/// The longest rule, in characters.
pub const MAX_RULE_CHARACTERS: usize = 500;
/// The most days that can be left out.
pub const MAX_EXCEPTIONS: usize = 100;

/// A place in a series: a day where the task is due on whole days, or else a time of a day, both as the clocks of the
/// rule's zone show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Place {
    /// A whole day.
    Day(Date),
    /// A time of a day, to the second.
    Time(DateTime),
}

impl Place {
    /// Its day.
    #[must_use]
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Time(time) => time.date(),
        }
    }
}

impl TryFrom<String> for Place {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        // The date library reads either as the other.
        if text.contains('T') { text.parse().map(Self::Time) } else { text.parse().map(Self::Day) }
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        match place {
            Place::Day(day) => day.to_string(),
            Place::Time(time) => time.to_string(),
        }
    }
}

/// A rule and how far it has come. Its JSON text is what the column `recurrence` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The rule in one spelling (RFC 5545, section 3.3.10).
    pub rule: String,
    /// What the next occurrence is counted from.
    pub from: RecurrenceBase,
    /// The IANA time zone in which the rule is meant.
    pub zone: String,
    /// Days that are left out, as full-dates in order.
    pub exceptions: Vec<String>,
    /// The rule in words, made when it was set.
    pub words: String,
    /// The occurrence that the task stands for, as the rule has it: a task that was moved comes back to it.
    pub at: Place,
    /// How many occurrences there were before this one.
    pub passed: u32,
}

impl Series {
    /// Reads what is stored.
    ///
    /// # Errors
    /// It is no series.
    pub fn from_text(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// What is stored.
    #[must_use]
    pub fn text(&self) -> String {
        // Nothing in it has a key that is no string, so this can't fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<Series> for Recurrence {
    fn from(series: Series) -> Self {
        Self {
            rule: series.rule,
            from: series.from,
            zone: series.zone,
            exceptions: series.exceptions,
            words: series.words,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn series(at: Place) -> Series {
        Series {
            rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR".to_owned(),
            from: RecurrenceBase::Due,
            zone: "Europe/Berlin".to_owned(),
            exceptions: vec!["2026-12-25".to_owned()],
            words: "every 2nd Friday".to_owned(),
            at,
            passed: 3,
        }
    }

    #[test]
    fn a_series_is_read_as_it_was_stored() {
        for at in [Place::Day(date(2026, 12, 11)), Place::Time(date(2026, 12, 11).at(9, 30, 0, 0))] {
            let series = series(at);
            assert_eq!(Series::from_text(&series.text()).unwrap(), series);
        }
        assert!(series(Place::Day(date(2026, 12, 11))).text().contains(r#""at":"2026-12-11","#));
        assert!(Series::from_text("{}").is_err());
    }

    #[test]
    fn a_task_tells_the_rule_and_not_how_far_it_has_come() {
        let recurrence = Recurrence::from(series(Place::Day(date(2026, 12, 11))));
        assert_eq!(recurrence.exceptions, ["2026-12-25"]);
        assert_eq!(recurrence.words, "every 2nd Friday");
    }
}
