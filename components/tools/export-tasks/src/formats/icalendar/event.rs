//! A task that is due as an event (RFC 5545, section 3.6.1), for calendars that show no to-dos.

use task_model::types::Task;

use super::due::Due;
use super::lines::Lines;
use super::{describe, rule};

/// How much room a task has in a calendar that is due at a time (section 3.3.6).
const DURATION: &str = "PT30M";

/// The event of a task; nothing where it is not due.
pub fn entry(task: &Task) -> Option<String> {
    let due = Due::read(task)?;
    let mut lines = Lines::default();
    lines.add("BEGIN", "VEVENT");
    describe(&mut lines, task);
    let (name, value) = due.property("DTSTART");
    lines.add(&name, &value);
    if matches!(due, Due::At { .. }) {
        lines.add("DURATION", DURATION);
    }
    if let Some(rule) = rule(task, &due) {
        rule.add_to(&mut lines);
    }
    // What is to be done keeps nobody from being free.
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
    Some(lines.into_text())
}
