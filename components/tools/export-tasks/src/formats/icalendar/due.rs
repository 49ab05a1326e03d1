//! When a task is due, as a property has it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use task_model::types::Task;
use task_model::zone;

/// The zone whose times need no rules (RFC 5545, section 3.3.5, form 2).
const UTC: &str = "UTC";

/// When a task is due.
pub enum Due {
    /// On a day.
    Day(Date),
    /// At a time, as the clocks of its zone show it.
    At {
        /// The name of the zone.
        zone: String,
        /// What its clocks show.
        time: civil::DateTime,
    },
}

impl Due {
    /// When the task is due; nothing where it is not.
    pub fn read(task: &Task) -> Option<Self> {
        let due = task.due.as_deref()?;
        if !due.contains('T') {
            return due.parse().ok().map(Self::Day);
        }
        let at: Timestamp = due.parse().ok()?;
        let named = task.time_zone.as_deref().and_then(|name| zone::zone(name).ok());
        let (zone, rules) =
            named.map_or_else(|| (UTC.to_owned(), TimeZone::UTC), |zone| (zone.name, zone.rules));
        Some(Self::At { zone, time: rules.to_datetime(at) })
    }

    /// The property of this name that says it: its name with parameters, and its value.
    pub fn property(&self, name: &str) -> (String, String) {
        let value = match self {
            Self::Day(day) => day.strftime("%Y%m%d").to_string(),
            Self::At { time, .. } => self.write(*time),
        };
        (self.with_parameters(name), value)
    }

    /// The property of the days on which it does not occur (section 3.8.5.1); nothing where there are none.
    pub fn exceptions(&self, days: &[String]) -> Option<(String, String)> {
        let days = days.iter().filter_map(|day| day.parse::<Date>().ok());
        let written: Vec<String> = match self {
            Self::Day(_) => days.map(|day| day.strftime("%Y%m%d").to_string()).collect(),
            Self::At { time, .. } => days.map(|day| self.write(day.to_datetime(time.time()))).collect(),
        };
        (!written.is_empty()).then(|| (self.with_parameters("EXDATE"), written.join(",")))
    }

    fn write(&self, time: civil::DateTime) -> String {
        let is_utc = matches!(self, Self::At { zone, .. } if zone == UTC);
        time.strftime(if is_utc { "%Y%m%dT%H%M%SZ" } else { "%Y%m%dT%H%M%S" }).to_string()
    }

    fn with_parameters(&self, name: &str) -> String {
        match self {
            Self::Day(_) => format!("{name};VALUE=DATE"),
            Self::At { zone, .. } if zone == UTC => name.to_owned(),
            Self::At { zone, .. } => format!("{name};TZID={zone}"),
        }
    }
}
