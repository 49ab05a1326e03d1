//! One file for each way in which tasks are written.

mod csv;
mod icalendar;
mod json;
mod markdown;
mod todo_txt;

use task_model::types::{ImportFormat, ImportNotice};
use task_model::zone::Zone;

use crate::entry::Entry;

/// What a document holds: tasks, and for what is none the notice that it is left out.
pub type Entries = Vec<Result<Entry, ImportNotice>>;

/// The document is not written as was said.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum FormatError {
    /// No JSON, or none of a list of tasks.
    #[error("This is no JSON document of tasks: {0}.")]
    Json(String),
    /// A table whose header names no title.
    #[error(
        "The table's first line must name its columns: title, notes, due, priority, labels and the like, or those of a project that Todoist exports (TYPE, CONTENT, …)."
    )]
    Header,
    /// No table.
    #[error("This is no table of comma-separated values: {0}.")]
    Csv(String),
    /// No calendar.
    #[error("This is no iCalendar document: {0}.")]
    Icalendar(&'static str),
}

/// Reads the tasks of a document of somebody in `zone`.
///
/// # Errors
/// [`FormatError`] where the whole is not written as was said.
pub fn read(format: ImportFormat, text: &str, zone: &Zone) -> Result<Entries, FormatError> {
    match format {
        ImportFormat::Markdown => Ok(markdown::read(text)),
        ImportFormat::Csv => csv::read(text),
        ImportFormat::Json => json::read(text),
        ImportFormat::TodoTxt => Ok(todo_txt::read(text)),
        ImportFormat::Icalendar => icalendar::read(text, zone),
    }
}

fn skipped(position: u32, message: String) -> ImportNotice {
    ImportNotice { position, skipped: true, message }
}

/// A place in a document, as an answer tells it.
fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tasks of a document that has nothing else.
    pub fn entries(format: ImportFormat, text: &str) -> Vec<Entry> {
        let zone = task_model::zone::zone("Europe/Berlin").unwrap();
        read(format, text, &zone).unwrap().into_iter().map(Result::unwrap).collect()
    }
}
