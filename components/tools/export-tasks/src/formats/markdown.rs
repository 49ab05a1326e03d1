//! GitHub Flavored Markdown: a list with a box per task (section 5.3), ticked when it is done; notes below it.
//!
//! What people wrote stands there as text: whatever would be markup is escaped.

use task_model::Named;
use task_model::types::{Priority, Task};

/// Before the first task.
pub const BEGIN: &str = "# Tasks\n\n";

/// A task and its notes.
pub fn entry(task: &Task) -> String {
    let tick = if task.completed_at.is_some() { 'x' } else { ' ' };
    let mut entry = format!("- [{tick}] {}", escaped(&task.title));
    let details = details(task);
    if !details.is_empty() {
        entry.push_str(" — ");
        entry.push_str(&details.join(", "));
    }
    entry.push('\n');
    if let Some(notes) = &task.notes {
        // Quoted, so that nothing in it can pass for another task.
        for line in notes.lines() {
            let line = escaped(line.trim());
            entry.push_str(if line.is_empty() { "  >" } else { "  > " });
            entry.push_str(&line);
            entry.push_str(if line.is_empty() { "\n" } else { "  \n" });
        }
    }
    entry
}

/// After the last task.
pub fn end(count: u32, truncated: bool) -> String {
    match (count, truncated) {
        (0, _) => "No tasks.\n".to_owned(),
        (count, true) => format!("\nThese are the first {count} tasks; there are more.\n"),
        (_, false) => String::new(),
    }
}

fn details(task: &Task) -> Vec<String> {
    let mut details = Vec::new();
    if let Some(due) = &task.due {
        let is_day = !due.contains('T');
        let zone = task.time_zone.as_deref().filter(|_| !is_day);
        details.push(zone.map_or(format!("due {due}"), |zone| format!("due {due} ({})", escaped(zone))));
    }
    if let Some(recurrence) = &task.recurrence {
        details.push(escaped(&recurrence.words));
    }
    if task.priority != Priority::Normal {
        details.push(format!("{} priority", task.priority.name()));
    }
    if let Some(list) = &task.list {
        details.push(format!("in {}", escaped(list)));
    }
    details.extend(task.labels.iter().map(|label| format!("#{}", escaped(label))));
    if let Some(completed_at) = &task.completed_at {
        details.push(format!("done {completed_at}"));
    }
    details
}

/// The text with a backslash before each character that means something in Markdown (CommonMark 0.31, section 2.4), and
/// before what would begin a block.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (place, character) in text.char_indices() {
        let begins_a_block = match character {
            '#' | '+' | '-' | '=' => place == 0,
            // A number with one of these behind it begins a list.
            '.' | ')' => {
                place > 0
                    && text
                        .get(..place)
                        .is_some_and(|before| before.bytes().all(|byte| byte.is_ascii_digit()))
            }
            _ => false,
        };
        if begins_a_block
            || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|')
        {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::tests::{task, whole};

    #[test]
    fn a_task_is_a_line_with_a_box_and_its_notes_are_quoted_below() {
        assert_eq!(entry(&task("Buy milk")), "- [ ] Buy milk\n");
        assert_eq!(
            entry(&whole()),
            "- [x] Call Ann — due 2026-12-01T18:00:00+01:00 (Europe/Berlin), every 2 weeks, high priority, in Family, #home, #phone, \
             done 2026-11-19T08:00:00Z\n  > two  \n  > lines  \n"
        );
        let day = Task { due: Some("2026-12-01".to_owned()), time_zone: Some("UTC".to_owned()), ..task("t") };
        assert_eq!(entry(&day), "- [ ] t — due 2026-12-01\n");
    }

    #[test]
    fn markup_in_a_task_stays_text() {
        assert_eq!(
            escaped("*a* _b_ [c](d) <e> `f` ~~g~~ h|i &amp; \\"),
            "\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> \\`f\\` \\~\\~g\\~\\~ h\\|i \\&amp; \\\\"
        );
        for (line, expected) in [
            ("# a", "\\# a"),
            ("- a", "\\- a"),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("a-b #c 1.5", "a-b #c 1.5"),
        ] {
            assert_eq!(escaped(line), expected);
        }
        let pretender = Task { notes: Some("\n- [x] not a task\n    code".to_owned()), ..task("t") };
        assert_eq!(entry(&pretender), "- [ ] t\n  >\n  > \\- \\[x\\] not a task  \n  > code  \n");
    }

    #[test]
    fn an_empty_document_and_a_truncated_one_say_so() {
        assert_eq!(end(0, false), "No tasks.\n");
        assert_eq!(end(3, false), "");
        assert!(end(10_000, true).contains("first 10000 tasks"));
    }
}
