//! The rules of time zones (RFC 5545, section 3.6.5), which a calendar wants to find beside what is meant in them.

use std::collections::BTreeMap;
use std::fmt;

use jiff::tz::{Dst, Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use task_model::types::Task;
use task_model::zone;

/// How long behind the last task a zone's rules are told, for those that repeat, in hours: five years.
const HOURS_BEHIND: i64 = 5 * 366 * 24;
/// The most changes of the clocks that are told of one zone.
const MAX_CHANGES: usize = 100;

/// The zones that the tasks of a document are meant in.
#[derive(Default)]
pub struct TimeZones {
    /// For each its rules, and between which instants they are needed.
    by_name: BTreeMap<String, (TimeZone, Timestamp, Timestamp)>,
}

impl TimeZones {
    /// Adds the zone of a task that is due at a time in one.
    pub fn add(&mut self, task: &Task) {
        let (Some(due), Some(name)) = (task.due.as_deref(), task.time_zone.as_deref()) else { return };
        let (Ok(at), Ok(zone)) = (due.parse::<Timestamp>(), zone::zone(name)) else { return };
        if zone.name == "UTC" {
            return;
        }
        let (_, first, last) = self.by_name.entry(zone.name).or_insert((zone.rules, at, at));
        *first = at.min(*first);
        *last = at.max(*last);
    }
}

impl fmt::Display for TimeZones {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, (rules, first, last)) in &self.by_name {
            write!(out, "BEGIN:VTIMEZONE\r\nTZID:{name}\r\n")?;
            let last = last.checked_add(HOURS_BEHIND.hours()).unwrap_or(Timestamp::MAX);
            // What the clocks show at the first task began with the change before it.
            let begin = rules.preceding(*first).next().map(|change| change.timestamp());
            match begin {
                None => observance(out, Timestamp::UNIX_EPOCH, rules.to_offset(*first), rules, *first)?,
                Some(begin) => observance(out, begin, before(rules, begin), rules, begin)?,
            }
            let changes = rules.following(begin.unwrap_or(*first)).map(|change| change.timestamp());
            for at in changes.take_while(|at| *at <= last).take(MAX_CHANGES) {
                observance(out, at, before(rules, at), rules, at)?;
            }
            out.write_str("END:VTIMEZONE\r\n")?;
        }
        Ok(())
    }
}

/// The offset in the second before an instant.
fn before(rules: &TimeZone, at: Timestamp) -> Offset {
    rules.to_offset(at.checked_sub(1.second()).unwrap_or(at))
}

/// What the clocks show from `begin` on, where they showed `from`: as the rules have it at the instant `at`.
fn observance(
    out: &mut fmt::Formatter<'_>,
    begin: Timestamp,
    from: Offset,
    rules: &TimeZone,
    at: Timestamp,
) -> fmt::Result {
    let info = rules.to_offset_info(at);
    let kind = if info.dst() == Dst::Yes { "DAYLIGHT" } else { "STANDARD" };
    let onset = from.to_datetime(begin).strftime("%Y%m%dT%H%M%S");
    let (from, to) = (written(from), written(info.offset()));
    write!(
        out,
        "BEGIN:{kind}\r\nDTSTART:{onset}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nTZNAME:{}\r\nEND:{kind}\r\n",
        info.abbreviation()
    )
}

/// An offset as `+0100`, with seconds where it has some (section 3.3.14).
fn written(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let seconds = offset.seconds().unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let rest = if seconds > 0 { format!("{seconds:02}") } else { String::new() };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::tests::task;

    fn zones(dues: &[(&str, &str)]) -> String {
        let mut zones = TimeZones::default();
        for (due, zone) in dues {
            zones.add(&Task {
                due: Some((*due).to_owned()),
                time_zone: Some((*zone).to_owned()),
                ..task("t")
            });
        }
        zones.to_string()
    }

    #[test]
    fn a_zone_tells_what_its_clocks_show_from_the_first_task_on() {
        let text = zones(&[("2026-12-01T18:00:00+01:00", "Europe/Berlin"), ("2026-12-01", "Asia/Tokyo")]);
        let winter = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\n\
            TZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\n\
            TZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n";
        assert!(text.starts_with(winter), "{text}");
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1, "a day needs no zone");
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 6);
    }

    #[test]
    fn a_zone_whose_clocks_stay_has_one_rule_and_utc_none() {
        let text = zones(&[("2026-12-01T18:00:00+05:30", "Asia/Kolkata"), ("2026-12-01T18:00:00Z", "UTC")]);
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 1, "{text}");
        assert!(text.contains("TZOFFSETTO:+0530") && !text.contains("TZID:UTC"), "{text}");
    }

    #[test]
    fn a_task_at_the_end_of_time_does_not_make_the_rules_endless() {
        let text = zones(&[
            ("1970-01-01T00:00:00+01:00", "Europe/Berlin"),
            ("9999-12-01T18:00:00+01:00", "Europe/Berlin"),
        ]);
        assert!(text.len() < 20_000, "{}", text.len());
    }
}
