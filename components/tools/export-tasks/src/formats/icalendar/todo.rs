//! A task as a to-do (RFC 5545, section 3.6.2).

use task_model::types::{Priority, Task};

use super::due::Due;
use super::lines::Lines;
use super::{add_instant, describe, rule};

/// The to-do of a task.
pub fn entry(task: &Task) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VTODO");
    describe(&mut lines, task);
    if let Some(due) = Due::read(task) {
        let (name, value) = due.property("DUE");
        lines.add(&name, &value);
        if let Some(rule) = rule(task, &due) {
            // A rule needs the start that it is counted from.
            let (name, value) = due.property("DTSTART");
            lines.add(&name, &value);
            rule.add_to(&mut lines);
        }
    }
    match &task.completed_at {
        Some(completed_at) => {
            lines.add("STATUS", "COMPLETED");
            add_instant(&mut lines, "COMPLETED", completed_at);
        }
        None => lines.add("STATUS", "NEEDS-ACTION"),
    }
    if let Some(parent) = &task.parent_id {
        lines.add_text("RELATED-TO", parent);
    }
    lines.add("END", "VTODO");
    lines.into_text()
}

/// The priority as calendars have it: 1 is the highest, 9 the lowest (section 3.8.1.9). Normal is none.
pub fn priority(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::Urgent => Some("1"),
        Priority::High => Some("3"),
        Priority::Normal => None,
        Priority::Low => Some("9"),
    }
}
