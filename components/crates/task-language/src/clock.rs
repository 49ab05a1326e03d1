//! Now, and the zone in which the person means their days.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// The instant of a turn in the person's zone.
#[derive(Debug, Clone)]
pub struct Clock {
    now: Zoned,
    month_first: bool,
}

/// Zones outside `America/` where people write the month first.
const MONTH_FIRST: &[&str] =
    &["Pacific/Honolulu", "Pacific/Guam", "Pacific/Pago_Pago", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT"];

/// Zones of the United States under `America/`, by city or by the folder that holds them.
const UNITED_STATES: &[&str] = &[
    "Adak",
    "Anchorage",
    "Boise",
    "Chicago",
    "Denver",
    "Detroit",
    "Indiana",
    "Indianapolis",
    "Juneau",
    "Kentucky",
    "Los_Angeles",
    "Louisville",
    "Menominee",
    "Metlakatla",
    "New_York",
    "Nome",
    "North_Dakota",
    "Phoenix",
    "Puerto_Rico",
    "Sitka",
    "Yakutat",
];

impl Clock {
    /// A clock for `now` (microseconds since 1970-01-01T00:00:00Z) in an IANA zone; UTC when the zone is unknown.
    pub fn new(now: i64, time_zone: &str) -> Clock {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        let instant = Timestamp::from_microsecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
        // Far from the ends of the calendar: a day or a year more is always a date.
        let year = instant.to_zoned(TimeZone::UTC).year();
        let instant = if (1900..=9000).contains(&year) { instant } else { Timestamp::UNIX_EPOCH };
        let city = time_zone.strip_prefix("America/").and_then(|rest| rest.split('/').next());
        let month_first = city.is_some_and(|city| UNITED_STATES.contains(&city))
            || time_zone.starts_with("US/")
            || MONTH_FIRST.contains(&time_zone);
        Clock { now: instant.to_zoned(zone), month_first }
    }

    pub fn now(&self) -> &Zoned {
        &self.now
    }

    /// The person's calendar day.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// `5/3` is 3 May: so in the zones of the United States. Elsewhere it is 5 March.
    pub fn month_first(&self) -> bool {
        self.month_first
    }

    /// So many days after `day`; `day` itself at the end of the calendar.
    pub fn days_after(day: Date, days: i64) -> Date {
        day.checked_add(days.clamp(-40_000, 40_000).days()).unwrap_or(day)
    }

    /// The Monday of the week that `day` is in.
    pub fn monday(day: Date) -> Date {
        Clock::days_after(day, -i64::from(day.weekday().to_monday_zero_offset()))
    }

    /// A local time as an instant. One that the clocks skip is moved on by the gap; of two, the first is meant.
    pub fn at(&self, local: DateTime) -> Option<Zoned> {
        self.now.time_zone().to_ambiguous_zoned(local).compatible().ok()
    }

    /// The instant of an RFC 3339 date-time, in the person's zone.
    pub fn instant(&self, rfc3339: &str) -> Option<Zoned> {
        rfc3339.parse::<Timestamp>().ok().map(|instant| instant.to_zoned(self.now.time_zone().clone()))
    }
}
