//! iCalendar (RFC 5545): each task as a to-do (`VTODO`), or each one that is due as an event (`VEVENT`), which every calendar
//! shows.

mod due;
mod event;
mod lines;
mod time_zones;
mod todo;

pub use event::entry as event;
pub use time_zones::TimeZones;
pub use todo::entry as todo;

use jiff::Timestamp;
use task_model::types::{RecurrenceBase, Task};

use due::Due;
use lines::Lines;

/// Before the first task. A calendar that is subscribed to is asked to come again after an hour (RFC 7986, section 5.7).
pub const BEGIN: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Todo Assistant//Tasks//EN\r\nCALSCALE:GREGORIAN\r\n\
    NAME:Tasks\r\nX-WR-CALNAME:Tasks\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n";

/// After the last task: the rules of the time zones that tasks are meant in.
pub fn end(zones: &TimeZones) -> String {
    format!("{zones}END:VCALENDAR\r\n")
}

/// What a to-do and an event of a task have alike.
fn describe(lines: &mut Lines, task: &Task) {
    lines.add_text("UID", &task.id);
    for (name, instant) in
        [("DTSTAMP", &task.updated_at), ("CREATED", &task.created_at), ("LAST-MODIFIED", &task.updated_at)]
    {
        add_instant(lines, name, instant);
    }
    // The first version is revision 0 (section 3.8.7.4).
    lines.add("SEQUENCE", &task.version.saturating_sub(1).to_string());
    lines.add_text("SUMMARY", &task.title);
    if let Some(notes) = &task.notes {
        lines.add_text("DESCRIPTION", notes);
    }
    if !task.labels.is_empty() {
        lines.add_texts("CATEGORIES", &task.labels);
    }
    if let Some(priority) = todo::priority(task.priority) {
        lines.add("PRIORITY", priority);
    }
}

/// An instant in UTC, to the second.
fn add_instant(lines: &mut Lines, name: &str, instant: &str) {
    if let Ok(instant) = instant.parse::<Timestamp>() {
        lines.add(name, &instant.strftime("%Y%m%dT%H%M%SZ").to_string());
    }
}

/// The rule of a task that repeats, where a calendar can count it, and nothing otherwise. It can't where the next occurrence depends on
/// when this one is completed; and how many there were before this one is not said, so that a rule that ends after a number would end
/// too late.
fn rule<'a>(task: &'a Task, due: &Due) -> Option<Rule<'a>> {
    let recurrence = task.recurrence.as_ref()?;
    let is_countable = recurrence.from == RecurrenceBase::Due && !recurrence.rule.contains("COUNT=");
    is_countable.then(|| Rule { rule: &recurrence.rule, exceptions: due.exceptions(&recurrence.exceptions) })
}

/// How a task repeats.
struct Rule<'a> {
    rule: &'a str,
    /// The property of the days on which it does not occur.
    exceptions: Option<(String, String)>,
}

impl Rule<'_> {
    fn add_to(&self, lines: &mut Lines) {
        lines.add("RRULE", self.rule);
        if let Some((name, value)) = &self.exceptions {
            lines.add(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::tests::{task, whole};

    /// A line that is folded is read as one (section 3.1).
    fn lines(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_task_with_everything_to_it_is_a_to_do() {
        let lines = lines(&todo(&whole()));
        for line in [
            "BEGIN:VTODO",
            "UID:01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f",
            "DTSTAMP:20261118T110640Z",
            "SUMMARY:Call Ann",
            "DESCRIPTION:two\\nlines",
            "DUE;TZID=Europe/Berlin:20261201T180000",
            "DTSTART;TZID=Europe/Berlin:20261201T180000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2",
            "PRIORITY:3",
            "CATEGORIES:home,phone",
            "STATUS:COMPLETED",
            "COMPLETED:20261119T080000Z",
            "RELATED-TO:01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e21",
            "SEQUENCE:2",
            "END:VTODO",
        ] {
            assert!(lines.iter().any(|found| found == line), "{line}: {lines:#?}");
        }
    }

    #[test]
    fn an_event_is_there_for_what_is_due_and_takes_nobodys_time() {
        assert_eq!(event(&task("Some day")), None);
        let day =
            Task { due: Some("2026-12-24".to_owned()), time_zone: Some("UTC".to_owned()), ..task("Feast") };
        let event = lines(&event(&day).unwrap());
        for line in ["BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261224", "SUMMARY:Feast", "TRANSP:TRANSPARENT"] {
            assert!(event.iter().any(|found| found == line), "{line}: {event:#?}");
        }
        assert!(!event.iter().any(|line| line.starts_with("DURATION")), "a day is a whole day: {event:#?}");
    }

    #[test]
    fn words_of_people_can_not_become_properties() {
        let task = Task { notes: Some("\nEND:VTODO\nBEGIN:VALARM".to_owned()), ..task("a, b; c\\d") };
        let lines = lines(&todo(&task));
        assert!(lines.contains(&"SUMMARY:a\\, b\\; c\\\\d".to_owned()), "{lines:#?}");
        assert_eq!(lines.iter().filter(|line| line.starts_with("END:")).count(), 1);
        assert!(!lines.contains(&"BEGIN:VALARM".to_owned()));
    }

    #[test]
    fn a_rule_that_a_calendar_would_count_wrongly_is_left_out() {
        let repeating = |change: fn(&mut task_model::types::Recurrence)| {
            let mut task = whole();
            task.recurrence.as_mut().map(change).unwrap();
            todo(&task)
        };
        assert!(repeating(|_| {}).contains("RRULE:"));
        assert!(!repeating(|recurrence| recurrence.rule.push_str(";COUNT=5")).contains("RRULE:"));
        assert!(!repeating(|recurrence| recurrence.from = RecurrenceBase::Completion).contains("RRULE:"));
        let excepted = repeating(|recurrence| recurrence.exceptions = vec!["2026-12-15".to_owned()]);
        assert!(excepted.contains("EXDATE;TZID=Europe/Berlin:20261215T180000"), "{excepted}");
    }
}
