//! A task as a document has it, and as it is stored.

use jiff::Timestamp;
use task_model::due::{self, Due};
use task_model::types::{ImportNotice, Priority, ToolError};
use task_model::zone::{self, Zone};
use task_model::{Violations, labels, notes, title};

/// A task as a document has it: nothing is checked yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The line at which it begins; in JSON its number, the first being 1.
    pub position: u32,
    /// What the document calls it, where it says what other tasks are below it.
    pub id: Option<String>,
    /// What the document calls the task that it is a subtask of.
    pub parent_id: Option<String>,
    /// The title.
    pub title: String,
    /// The notes; empty for none.
    pub notes: String,
    /// When it is due.
    pub due: Option<String>,
    /// The zone that this is meant in.
    pub time_zone: Option<String>,
    /// How much it matters.
    pub priority: Priority,
    /// The labels.
    pub labels: Vec<String>,
    /// Whether it is done.
    pub is_done: bool,
    /// When it was done, where that is known.
    pub completed_at: Option<String>,
    /// Whether it repeats there.
    pub repeats: bool,
}

impl Entry {
    /// An open task of this title, with nothing else to it.
    pub fn new(position: u32, title: impl Into<String>) -> Self {
        Self {
            position,
            id: None,
            parent_id: None,
            title: title.into(),
            notes: String::new(),
            due: None,
            time_zone: None,
            priority: Priority::Normal,
            labels: Vec::new(),
            is_done: false,
            completed_at: None,
            repeats: false,
        }
    }
}

/// A task as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRow {
    /// Where it stands in the document, as in [`Entry`].
    pub position: u32,
    /// What the document calls it.
    pub id: Option<String>,
    /// What the document calls its parent.
    pub parent_id: Option<String>,
    /// The title as it is stored.
    pub title: String,
    /// The notes as they are stored.
    pub notes: Option<String>,
    /// When it is due.
    pub due: Option<Due>,
    /// How much it matters.
    pub priority: Priority,
    /// The labels as they are stored.
    pub labels: Vec<String>,
    /// When it was done; `None` while it is open.
    pub completed_at: Option<Timestamp>,
}

/// Checks a task. Without a title, notes and labels that can be stored it is left out; a time that nobody can read is left
/// out alone, since what is to be done is worth more than when.
///
/// # Errors
/// The notice that it is left out.
pub fn check(
    entry: Entry,
    zone: &Zone,
    now: Timestamp,
) -> Result<(NewRow, Option<ImportNotice>), ImportNotice> {
    let position = entry.position;
    let mut violations = Violations::none();
    let title = violations.check("", title::title(&entry.title)).unwrap_or_default();
    let notes = violations.check("", notes::notes(&entry.notes)).flatten();
    let labels = labels::labels(&entry.labels, &mut violations);
    if let Err(ToolError::Invalid(found)) = violations.finish() {
        let messages: Vec<_> = found.into_iter().map(|violation| violation.message).collect();
        return Err(ImportNotice { position, skipped: true, message: messages.join(" ") });
    }
    let mut left_out = Vec::new();
    let due = entry.due.as_deref().and_then(|text| match read_due(zone, text, entry.time_zone.as_deref()) {
        Ok(due) => Some(due),
        Err(reason) => {
            left_out
                .push(format!("It has no due time, since \"{}\" can't be read: {reason}", shortened(text)));
            None
        }
    });
    if entry.repeats {
        left_out.push("It does not repeat: set its recurrence by hand.".to_owned());
    }
    let notice = (!left_out.is_empty()).then(|| ImportNotice {
        position,
        skipped: false,
        message: left_out.join(" "),
    });
    let completed_at = entry.is_done.then(|| {
        let read = entry.completed_at.as_deref().map(|text| due::moment(text, zone));
        match read {
            Some(Ok(moment)) => due::start(moment, zone).min(now),
            // It is done, whenever that was.
            Some(Err(_)) | None => now,
        }
    });
    let (id, parent_id) = (entry.id, entry.parent_id);
    let row =
        NewRow { position, id, parent_id, title, notes, due, priority: entry.priority, labels, completed_at };
    Ok((row, notice))
}

fn read_due(zone: &Zone, text: &str, named: Option<&str>) -> Result<Due, String> {
    let named = named.map(zone::zone).transpose().map_err(|error| error.to_string())?;
    due::due(text, named.as_ref().unwrap_or(zone)).map_err(|error| error.to_string())
}

/// As much of a text as a sentence has room for.
fn shortened(text: &str) -> String {
    const MAX_CHARACTERS: usize = 50;
    let mut shown: String =
        text.chars().filter(|character| !character.is_control()).take(MAX_CHARACTERS).collect();
    if text.chars().count() > MAX_CHARACTERS {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(entry: Entry) -> Result<(NewRow, Option<ImportNotice>), ImportNotice> {
        let zone = zone::zone("Europe/Berlin").unwrap();
        check(entry, &zone, "2026-11-30T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn what_can_not_be_stored_is_left_out_with_every_reason() {
        let mut entry = Entry::new(7, " ");
        entry.labels = vec!["a b".to_owned()];
        let notice = checked(entry).unwrap_err();
        assert!(notice.skipped && notice.position == 7);
        assert!(notice.message.contains("title is empty") && notice.message.contains("label"), "{notice:?}");
    }

    #[test]
    fn a_time_that_nobody_can_read_costs_the_time_and_not_the_task() {
        let mut entry = Entry::new(2, "Pay rent");
        entry.due = Some("every full moon".to_owned());
        let (row, notice) = checked(entry).unwrap();
        assert_eq!((row.title.as_str(), row.due), ("Pay rent", None));
        let notice = notice.unwrap();
        assert!(!notice.skipped && notice.message.contains("every full moon"), "{notice:?}");
    }

    #[test]
    fn that_a_task_repeats_is_not_lost_without_a_word() {
        let (row, notice) = checked(Entry { repeats: true, ..Entry::new(2, "Water the plants") }).unwrap();
        assert_eq!(row.title, "Water the plants");
        assert!(notice.unwrap().message.contains("does not repeat"));
    }

    #[test]
    fn a_done_task_was_done_then_or_now_and_never_later() {
        let done = |at: Option<&str>| {
            let entry = Entry { is_done: true, completed_at: at.map(str::to_owned), ..Entry::new(1, "t") };
            checked(entry).unwrap().0.completed_at.unwrap().to_string()
        };
        assert_eq!(done(Some("2026-11-01")), "2026-10-31T23:00:00Z");
        assert_eq!(done(Some("2026-11-01T09:30:00Z")), "2026-11-01T09:30:00Z");
        for at in [None, Some("long ago"), Some("2030-01-01")] {
            assert_eq!(done(at), "2026-11-30T08:00:00Z");
        }
    }
}
