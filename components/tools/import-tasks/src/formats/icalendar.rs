//! iCalendar (RFC 5545): the to-dos (`VTODO`) of a calendar or another task program.

use icalendar::parser::{Component as ParsedComponent, read_calendar_simple, unfold};
use icalendar::{CalendarComponent, Component, EventLike, Property, Todo, TodoStatus};
use jiff::civil::{Date, DateTime};
use task_model::types::Priority;
use task_model::zone::{self, Zone};

use super::{Entries, FormatError, position, skipped};
use crate::entry::Entry;

/// How deep components may lie in each other: a calendar, a to-do, its alarm, and one more. The parser calls itself for each.
const MAX_DEPTH: usize = 4;
const CANCELLED: &str = "It was cancelled.";

/// Reads the to-dos. Times that name no zone are those of `zone`.
pub fn read(text: &str, zone: &Zone) -> Result<Entries, FormatError> {
    let text = unfold(text);
    check_depth(&text)?;
    let roots = read_calendar_simple(&text)
        .map_err(|_| FormatError::Icalendar("a component or a property is not written as it should be"))?;
    let mut todos = Vec::new();
    collect(roots, &mut todos);
    let entries = todos.into_iter().enumerate().map(|(index, todo)| {
        let position = position(index + 1);
        if todo.get_status() == Some(TodoStatus::Cancelled) {
            return Err(skipped(position, CANCELLED.to_owned()));
        }
        Ok(entry(position, &todo, zone))
    });
    Ok(entries.collect())
}

fn check_depth(text: &str) -> Result<(), FormatError> {
    let mut depth = 0_usize;
    for line in text.lines().filter_map(|line| line.get(..6)) {
        if line.eq_ignore_ascii_case("BEGIN:") {
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(FormatError::Icalendar("its components lie too deep in each other"));
            }
        } else if line.get(..4).is_some_and(|end| end.eq_ignore_ascii_case("END:")) {
            depth = depth.saturating_sub(1);
        }
    }
    Ok(())
}

/// The to-dos of these components and of those in them.
fn collect(components: Vec<ParsedComponent<'_>>, todos: &mut Vec<Todo>) {
    for mut component in components {
        if component.name == "VCALENDAR" {
            collect(std::mem::take(&mut component.components), todos);
        } else if let CalendarComponent::Todo(todo) = component.into() {
            todos.push(todo);
        }
    }
}

fn entry(position: u32, todo: &Todo, zone: &Zone) -> Entry {
    let text = |name: &str| todo.property_value(name).map(str::to_owned);
    let (due, time_zone) = todo.properties().get("DUE").map_or((None, None), |due| moment(due, zone));
    let is_done = todo.get_status() == Some(TodoStatus::Completed) || text("COMPLETED").is_some();
    Entry {
        id: text("UID"),
        parent_id: todo.properties().get("RELATED-TO").and_then(parent),
        notes: text("DESCRIPTION").unwrap_or_default(),
        due,
        time_zone,
        priority: priority(todo.get_priority()),
        // Two words are one label here.
        labels: todo.get_categories().unwrap_or_default().iter().filter_map(|name| label(name)).collect(),
        is_done,
        completed_at: todo.properties().get("COMPLETED").and_then(|at| moment(at, zone).0),
        repeats: text("RRULE").is_some(),
        ..Entry::new(position, text("SUMMARY").unwrap_or_default())
    }
}

/// What a to-do is part of. Of other relations nothing is kept (section 3.2.15: a parent where nothing is said).
fn parent(related: &Property) -> Option<String> {
    let relation = related.params().get("RELTYPE").map(icalendar::Parameter::value);
    relation
        .is_none_or(|relation| relation.eq_ignore_ascii_case("PARENT"))
        .then(|| related.value().to_owned())
}

/// A day or an instant, and the zone it is meant in. What is neither stays as it is: whoever checks it says so.
fn moment(property: &Property, zone: &Zone) -> (Option<String>, Option<String>) {
    let text = property.value();
    if let Ok(day) = Date::strptime("%Y%m%d", text) {
        return (Some(day.to_string()), None);
    }
    if let Some(time) = text.strip_suffix('Z').and_then(|text| DateTime::strptime("%Y%m%dT%H%M%S", text).ok())
    {
        return (Some(format!("{time}Z")), Some("UTC".to_owned()));
    }
    let Ok(time) = DateTime::strptime("%Y%m%dT%H%M%S", text) else { return (Some(text.to_owned()), None) };
    let named = property.params().get("TZID").map(|name| iana_name(name.value()));
    let rules = match named.map(zone::zone) {
        None => &zone.rules,
        Some(Ok(named)) => &named.rules.clone(),
        // The name is refused with a reason, and the task comes without a time.
        Some(Err(_)) => return (Some(text.to_owned()), named.map(str::to_owned)),
    };
    let at = time.to_zoned(rules.clone()).map(|at| at.timestamp().to_string());
    (Some(at.unwrap_or_else(|_| text.to_owned())), named.map(str::to_owned))
}

/// The zone's own name behind a program's path, as in `/example.org/20260101/Europe/Berlin`.
fn iana_name(name: &str) -> &str {
    if !name.starts_with('/') {
        return name;
    }
    name.rmatch_indices('/').nth(1).and_then(|(place, _)| name.get(place + 1..)).unwrap_or(name)
}

/// From 1, the highest, to 9, with 5 in the middle and 0 for none (section 3.8.1.9).
fn priority(priority: Option<u32>) -> Priority {
    match priority {
        Some(1) => Priority::Urgent,
        Some(2..=4) => Priority::High,
        Some(6..=9) => Priority::Low,
        _ => Priority::Normal,
    }
}

fn label(category: &str) -> Option<String> {
    let words: Vec<&str> = category.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        zone::zone("Europe/Berlin").unwrap()
    }

    fn todos(lines: &str) -> Entries {
        read(&format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{lines}END:VCALENDAR\r\n"), &berlin()).unwrap()
    }

    fn one(lines: &str) -> Entry {
        let text = lines.replace('\n', "\r\n");
        todos(&format!("BEGIN:VTODO\r\n{text}END:VTODO\r\n")).remove(0).unwrap()
    }

    #[test]
    fn a_to_do_of_another_program_is_a_task() {
        let found = one(
            "UID:20260313T123432Z-456553@example.com\nDTSTAMP:20260313T123432Z\nDUE;TZID=America/New_York:20261201T180000\n\
            SUMMARY:Submit Quebec Income Tax Return\\, with\n  attachments\nDESCRIPTION:two\\nlines\nCLASS:CONFIDENTIAL\n\
            CATEGORIES:FAMILY,Tax office\nCATEGORIES:FINANCE\nPRIORITY:1\nSTATUS:NEEDS-ACTION\nRELATED-TO:other@example.com\n\
            BEGIN:VALARM\nTRIGGER:-PT1H\nACTION:DISPLAY\nDESCRIPTION:soon\nEND:VALARM\n",
        );
        assert_eq!(
            found,
            Entry {
                id: Some("20260313T123432Z-456553@example.com".to_owned()),
                parent_id: Some("other@example.com".to_owned()),
                notes: "two\nlines".to_owned(),
                due: Some("2026-12-01T23:00:00Z".to_owned()),
                time_zone: Some("America/New_York".to_owned()),
                priority: Priority::Urgent,
                labels: vec!["FAMILY".to_owned(), "Tax-office".to_owned(), "FINANCE".to_owned()],
                ..Entry::new(1, "Submit Quebec Income Tax Return, with attachments")
            }
        );
    }

    #[test]
    fn every_form_of_a_time_is_read() {
        for (property, due, zone) in [
            ("DUE;VALUE=DATE:20261224", "2026-12-24", None),
            ("DUE:20261201T170000Z", "2026-12-01T17:00:00Z", Some("UTC")),
            ("DUE:20261201T180000", "2026-12-01T17:00:00Z", None),
            (
                "DUE;TZID=/example.org/20260101/Asia/Tokyo:20261201T180000",
                "2026-12-01T09:00:00Z",
                Some("Asia/Tokyo"),
            ),
            (
                "DUE;TZID=\"Tokyo Standard Time\":20261201T180000",
                "20261201T180000",
                Some("Tokyo Standard Time"),
            ),
            ("DUE:some day", "some day", None),
        ] {
            let found = one(&format!("SUMMARY:t\n{property}\n"));
            assert_eq!((found.due.as_deref(), found.time_zone.as_deref()), (Some(due), zone), "{property}");
        }
    }

    #[test]
    fn what_is_done_cancelled_or_no_to_do_is_told_apart() {
        let found = todos(
            "BEGIN:VEVENT\r\nSUMMARY:party\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nSUMMARY:a\r\nCOMPLETED:20261119T080000Z\r\nEND:VTODO\r\n\
             BEGIN:VTODO\r\nSUMMARY:b\r\nSTATUS:CANCELLED\r\nEND:VTODO\r\nBEGIN:VTODO\r\nSUMMARY:c\r\nRRULE:FREQ=DAILY\r\n\
             RELATED-TO;RELTYPE=SIBLING:a\r\nEND:VTODO\r\n",
        );
        assert_eq!(found.len(), 3);
        let done = found[0].as_ref().unwrap();
        assert!(done.is_done && done.completed_at.as_deref() == Some("2026-11-19T08:00:00Z"), "{done:?}");
        assert_eq!(found[1].as_ref().unwrap_err().position, 2);
        let last = found[2].as_ref().unwrap();
        assert!(last.repeats && !last.is_done && last.parent_id.is_none() && last.position == 3, "{last:?}");
    }

    #[test]
    fn what_is_no_calendar_is_refused_whole_and_in_time() {
        for text in [
            "just words".to_owned(),
            "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:cut".to_owned(),
            "BEGIN:A\r\n".repeat(60_000),
            "BEGIN:VCALENDAR\r\n;;;\r\nEND:VCALENDAR\r\n".to_owned(),
        ] {
            let found = read(&text, &berlin());
            let is_refused = found.as_ref().is_err() || found.as_ref().is_ok_and(Vec::is_empty);
            assert!(is_refused, "{found:?}");
        }
    }
}
