//! Comma-separated values (RFC 4180): a header line, then a line per task, each ended by CR LF.

use std::borrow::Cow;

use task_model::Named;
use task_model::types::{SubtaskCounts, Task};

/// The members of a task, in the order of its WIT record.
pub const HEADER: &str = "id,title,notes,due,time_zone,priority,labels,list_id,list,recurrence,parent_id,subtasks,completed_at,version,created_at,updated_at\r\n";

/// The line of a task. What is absent is empty; labels are separated by spaces, which none of them has; of a recurrence
/// there is the rule, and of subtasks how many are completed.
pub fn entry(task: &Task) -> String {
    let or_empty = |member: &Option<String>| member.clone().unwrap_or_default();
    let fields = [
        task.id.clone(),
        as_text(&task.title).into_owned(),
        as_text(task.notes.as_deref().unwrap_or_default()).into_owned(),
        or_empty(&task.due),
        or_empty(&task.time_zone),
        task.priority.name().to_owned(),
        as_text(&task.labels.join(" ")).into_owned(),
        or_empty(&task.list_id),
        as_text(task.list.as_deref().unwrap_or_default()).into_owned(),
        task.recurrence.as_ref().map(|recurrence| recurrence.rule.clone()).unwrap_or_default(),
        or_empty(&task.parent_id),
        task.subtasks.as_ref().map(progress).unwrap_or_default(),
        or_empty(&task.completed_at),
        task.version.to_string(),
        task.created_at.clone(),
        task.updated_at.clone(),
    ];
    let fields: Vec<_> = fields.iter().map(|field| quoted(field)).collect();
    fields.join(",") + "\r\n"
}

/// "1 of 3": with a slash a spreadsheet would take it for a day.
fn progress(counts: &SubtaskCounts) -> String {
    format!("{} of {}", counts.completed, counts.open + counts.completed)
}

/// Spreadsheets run what begins like a formula, and a task's words may be a stranger's (OWASP, "CSV injection"): an
/// apostrophe in front makes it text.
fn as_text(words: &str) -> Cow<'_, str> {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

/// A field in quotes where it needs them (RFC 4180, section 2).
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::tests::{task, whole};

    #[test]
    fn a_line_has_every_member_and_quotes_where_they_are_needed() {
        assert_eq!(
            entry(&whole()),
            "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f,Call Ann,\"two\nlines\",2026-12-01T18:00:00+01:00,Europe/Berlin,\
             high,home phone,01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20,Family,FREQ=WEEKLY;INTERVAL=2,01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e21,1 of 3,2026-11-19T08:00:00Z,3,2026-11-18T11:06:40Z,2026-11-18T11:06:40Z\r\n"
        );
        assert!(entry(&task("a, \"b\"")).contains(",\"a, \"\"b\"\"\","));
        let members = serde_json::to_value(task("t")).unwrap();
        let names: Vec<_> = members.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(HEADER.trim_end().split(',').collect::<Vec<_>>(), names);
    }

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text() {
        for title in ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")"] {
            let line = entry(&task(title));
            assert!(line.contains(",'") || line.contains(",\"'"), "{line}");
        }
        assert!(entry(&task("1 = 1")).contains(",1 = 1,"));
    }
}
