//! Comma-separated values (RFC 4180): a table with the columns of an export, or a project as Todoist exports it.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};
use task_model::Named;
use task_model::types::{ImportNotice, Priority};

use super::{Entries, FormatError, position, skipped};
use crate::entry::Entry;

/// A line of the table, its fields by the names of their columns.
struct Line<'a> {
    columns: &'a HashMap<String, usize>,
    record: &'a StringRecord,
}

impl Line<'_> {
    /// What stands in a column; nothing where there is no such column.
    fn get(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|index| self.record.get(*index)).unwrap_or_default()
    }

    fn given(&self, column: &str) -> Option<String> {
        Some(self.get(column).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// Reads the tasks of a table.
pub fn read(text: &str) -> Result<Entries, FormatError> {
    // Spreadsheets write a mark in front of the first name.
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| FormatError::Csv(error.to_string()))?;
    let names = headers.iter().enumerate().map(|(index, name)| (name.trim().to_lowercase(), index));
    let columns: HashMap<String, usize> = names.collect();
    let is_todoist = columns.contains_key("type") && columns.contains_key("content");
    if !is_todoist && !columns.contains_key("title") {
        return Err(FormatError::Header);
    }
    let mut entries = Entries::new();
    let mut lines = Lines { text, offset: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|error| FormatError::Csv(error.to_string()))?;
        let place =
            lines.at(record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or_default()));
        let line = Line { columns: &columns, record: &record };
        if is_todoist {
            add_of_todoist(&mut entries, place, &line);
        } else {
            entries.push(entry(place, &line));
        }
    }
    Ok(entries)
}

/// The lines of a text, counted once on the way through it: the reader's own count takes no line breaks in fields, and begins a
/// record at the second character of the line break before it.
struct Lines<'a> {
    text: &'a str,
    offset: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of what begins at an offset or behind the line break there, no earlier than the last one asked for.
    fn at(&mut self, offset: usize) -> u32 {
        let rest = self.text.get(offset..).unwrap_or_default();
        let offset = offset + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.offset = offset;
        position(self.line)
    }
}

fn entry(place: u32, line: &Line<'_>) -> Result<Entry, ImportNotice> {
    let priority = line.get("priority").trim().to_lowercase();
    let priority = match (priority.as_str(), Priority::from_name(&priority)) {
        ("", _) => Priority::Normal,
        (_, Some(priority)) => priority,
        (other, None) => return Err(skipped(place, format!("There is no priority \"{other}\"."))),
    };
    let labels = as_written(line.get("labels"));
    let completed_at = line.given("completed_at");
    Ok(Entry {
        id: line.given("id"),
        parent_id: line.given("parent_id"),
        notes: as_written(line.get("notes")).to_owned(),
        due: line.given("due"),
        time_zone: line.given("time_zone"),
        priority,
        labels: labels.split([' ', ',']).filter(|label| !label.is_empty()).map(str::to_owned).collect(),
        is_done: completed_at.is_some(),
        completed_at,
        repeats: line.given("recurrence").is_some(),
        ..Entry::new(place, as_written(line.get("title")))
    })
}

/// Without the apostrophe that an export puts before what a spreadsheet would run as a formula.
fn as_written(words: &str) -> &str {
    match words.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => words,
    }
}

/// A line of a project of Todoist's: a task, or what is said about the one before. Sections and settings are no tasks.
fn add_of_todoist(entries: &mut Entries, place: u32, line: &Line<'_>) {
    match line.get("type").trim() {
        "task" => {
            let task = task_of_todoist(place, line);
            entries.push(Ok(below_the_last(task, line.get("indent"), entries)));
        }
        "note" => {
            if let Some(Ok(task)) = entries.last_mut() {
                if !task.notes.is_empty() {
                    task.notes.push('\n');
                }
                task.notes.push_str(line.get("content"));
            }
        }
        _ => {}
    }
}

/// The task as one below the last one that is indented less.
fn below_the_last(task: Entry, indent: &str, before: &Entries) -> Entry {
    let indent: usize = indent.trim().parse().unwrap_or(1);
    // Of each task before its name is how far it is indented, and its line.
    let above = before.iter().rev().filter_map(|entry| entry.as_ref().ok()?.id.as_deref());
    let mut above = above.filter(|id| indent_of(id) < indent);
    Entry {
        parent_id: above.next().filter(|_| indent > 1).map(str::to_owned),
        id: Some(format!("{indent}/{}", task.position)),
        ..task
    }
}

fn indent_of(id: &str) -> usize {
    id.split('/').next().and_then(|indent| indent.parse().ok()).unwrap_or(1)
}

fn task_of_todoist(place: u32, line: &Line<'_>) -> Entry {
    let content = line.get("content").trim();
    // A star in front means that it has no box to tick.
    let content = content.strip_prefix("* ").unwrap_or(content);
    let (labels, words): (Vec<_>, Vec<_>) =
        content.split_whitespace().partition(|word| word.len() > 1 && word.starts_with('@'));
    Entry {
        notes: line.get("description").to_owned(),
        due: line.given("date"),
        time_zone: line.given("timezone"),
        // In its tables 1 is the most urgent, and 4 what all have.
        priority: match line.get("priority").trim() {
            "1" => Priority::Urgent,
            "2" => Priority::High,
            "3" => Priority::Normal,
            _ => Priority::Low,
        },
        labels: labels.iter().map(|label| label.trim_start_matches('@').to_owned()).collect(),
        ..Entry::new(place, words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use task_model::types::ImportFormat;

    use super::*;
    use crate::formats::tests::entries;

    #[test]
    fn a_table_of_an_export_is_read_with_all_that_a_task_has() {
        let text = "\u{feff}id,title,notes,due,time_zone,priority,labels,completed_at\r\n\
            x,\"Call \"\"Ann\"\"\",\"two\nlines\",2026-12-01,Europe/Berlin,high,home phone,2026-11-01T08:00:00Z\r\n\
            y,'=1+1,,,,,,\r\n";
        let found = entries(ImportFormat::Csv, text);
        assert_eq!(found[0].title, "Call \"Ann\"");
        assert_eq!(
            (found[0].notes.as_str(), found[0].labels.len(), found[0].is_done),
            ("two\nlines", 2, true)
        );
        assert_eq!((found[1].title.as_str(), found[1].position), ("=1+1", 4));
    }

    #[test]
    fn columns_may_stand_in_any_order_and_a_title_is_enough() {
        let found = entries(ImportFormat::Csv, "Due,TITLE\n2026-12-01,a\n,b\n");
        assert_eq!((found[0].due.as_deref(), found[0].title.as_str()), (Some("2026-12-01"), "a"));
        assert_eq!((found[1].due.as_deref(), found[1].title.as_str()), (None, "b"));
        assert_eq!(read("a,b\n1,2\n"), Err(FormatError::Header));
    }

    #[test]
    fn a_project_of_todoist_is_its_tasks_with_their_comments() {
        let text = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n\
            section,At home,,,,,,,,\n\
            task,Water the plants @home @daily,with rain,1,1,ann,,2026-12-01,en,Europe/Berlin\n\
            note,the big one twice,,,,,,,,\n\
            task,* Kitchen,,4,1,ann,,,,\n";
        let found = entries(ImportFormat::Csv, text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title, "Water the plants");
        assert_eq!(
            (found[0].labels.as_slice(), found[0].priority),
            (&["home".to_owned(), "daily".to_owned()][..], Priority::Urgent)
        );
        assert_eq!(found[0].notes, "with rain\nthe big one twice");
        assert_eq!((found[1].title.as_str(), found[1].priority), ("Kitchen", Priority::Low));
    }

    #[test]
    fn an_unknown_priority_is_told_with_its_line() {
        let found = read("title,priority\na,high\nb,enormous\n").unwrap();
        assert_eq!(found[1].as_ref().unwrap_err().position, 3);
    }
}
