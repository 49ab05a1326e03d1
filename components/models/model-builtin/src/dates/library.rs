//! The date-parsing library behind the rules.
//!
//! `interim` reads one canonical expression (`friday`, `2 weeks`, `5 march 2027`, `6.30pm`); the rules around it find such
//! expressions in what people write, and settle what the library leaves open. It is only ever given lower-case words
//! that the rules chose and numbers they checked, and always a base in UTC: other input can make it panic.

use interim::{Dialect, parse_date_string};
use jiff::Zoned;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Reads a canonical expression, seen from noon of `today`.
fn read(expression: &str, today: Date) -> Option<Zoned> {
    let noon = today.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?;
    parse_date_string(expression, noon, Dialect::Uk).ok()
}

/// The day that a canonical expression names.
pub fn day(expression: &str, today: Date) -> Option<Date> {
    read(expression, today).map(|zoned| zoned.date())
}

/// The time of day that `h.mm` with `am` or `pm`, or `h:mm`, names.
pub fn time(expression: &str) -> Option<Time> {
    read(expression, Date::constant(2026, 1, 1)).map(|zoned| zoned.time())
}

#[cfg(test)]
mod tests {
    use super::{day, time};
    use jiff::civil::{date, time as at};

    #[test]
    fn canonical_expressions_are_read() {
        let saturday = date(2026, 11, 21);
        assert_eq!(day("friday", saturday), Some(date(2026, 11, 27)));
        assert_eq!(day("2 weeks", saturday), Some(date(2026, 12, 5)));
        assert_eq!(day("1 months", date(2026, 1, 31)), Some(date(2026, 2, 28)));
        assert_eq!(day("5 march 2027", saturday), Some(date(2027, 3, 5)));
        assert_eq!(day("31 february 2027", saturday), None);
        assert_eq!(time("6.30pm"), Some(at(18, 30, 0, 0)));
        assert_eq!(time("12.00am"), Some(at(0, 0, 0, 0)));
    }
}
