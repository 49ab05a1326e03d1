//! A document as it grows, within its limits.

use task_model::document::media_type;
use task_model::types::{ExportFormat, Task, TaskDocument};

use crate::formats::icalendar::{self, TimeZones};
use crate::formats::{csv, json, markdown};

/// The most tasks in one document.
const MAX_TASKS: u32 = 10_000;
/// The longest text, in bytes: with what it costs to hand it on, well within the memory of one request.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A document to which tasks are added.
pub struct Document {
    format: ExportFormat,
    text: String,
    count: u32,
    truncated: bool,
    time_zones: TimeZones,
}

impl Document {
    /// Without tasks.
    #[must_use]
    pub fn new(format: ExportFormat) -> Self {
        let begin = match format {
            ExportFormat::Markdown => markdown::BEGIN,
            ExportFormat::Csv => csv::HEADER,
            ExportFormat::Json => json::BEGIN,
            ExportFormat::Icalendar | ExportFormat::IcalendarEvents => icalendar::BEGIN,
        };
        Self { format, text: begin.to_owned(), count: 0, truncated: false, time_zones: TimeZones::default() }
    }

    /// Adds a task, unless it has no place in such a document. From the first one on that does not fit nothing is added, and the
    /// document is truncated: `false`.
    pub fn add(&mut self, task: &Task) -> bool {
        if self.truncated {
            return false;
        }
        let is_first = self.count == 0;
        let entry = match self.format {
            ExportFormat::Markdown => markdown::entry(task),
            ExportFormat::Csv => csv::entry(task),
            ExportFormat::Json => json::entry(task, is_first),
            ExportFormat::Icalendar => icalendar::todo(task),
            ExportFormat::IcalendarEvents => match icalendar::event(task) {
                Some(event) => event,
                None => return true,
            },
        };
        self.truncated = self.count == MAX_TASKS || self.text.len() + entry.len() > MAX_BYTES;
        if !self.truncated {
            self.text.push_str(&entry);
            self.count += 1;
            if matches!(self.format, ExportFormat::Icalendar | ExportFormat::IcalendarEvents) {
                self.time_zones.add(task);
            }
        }
        !self.truncated
    }

    /// The whole document. Markdown and JSON say themselves whether it is truncated; the others have no place for it.
    #[must_use]
    pub fn finish(mut self) -> TaskDocument {
        match self.format {
            ExportFormat::Markdown => self.text.push_str(&markdown::end(self.count, self.truncated)),
            ExportFormat::Csv => {}
            ExportFormat::Json => self.text.push_str(&json::end(self.truncated)),
            ExportFormat::Icalendar | ExportFormat::IcalendarEvents => {
                self.text.push_str(&icalendar::end(&self.time_zones));
            }
        }
        TaskDocument {
            format: self.format,
            media_type: media_type(self.format).to_owned(),
            count: self.count,
            truncated: self.truncated,
            text: self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use task_model::Named;

    use super::*;
    use crate::formats::tests::task;

    /// A short task that has a place in every document.
    fn due() -> Task {
        Task { due: Some("2026-12-01".to_owned()), ..task("t") }
    }

    #[test]
    fn events_are_of_tasks_that_are_due() {
        let mut document = Document::new(ExportFormat::IcalendarEvents);
        assert!([task("some day"), due()].iter().all(|task| document.add(task)));
        let document = document.finish();
        assert_eq!((document.count, document.truncated), (1, false));
        assert!(!document.text.contains("some day"));
    }

    #[test]
    fn a_document_ends_with_its_ten_thousandth_task() {
        for (format, _) in ExportFormat::NAMES {
            let mut document = Document::new(*format);
            let added = (0..MAX_TASKS + 5).filter(|_| document.add(&due())).count();
            let document = document.finish();
            assert_eq!((added, document.count, document.truncated), (10_000, 10_000, true));
        }
    }

    #[test]
    fn exactly_as_many_as_fit_are_not_truncated() {
        let mut document = Document::new(ExportFormat::Csv);
        assert!((0..MAX_TASKS).all(|_| document.add(&task("t"))));
        assert!(!document.finish().truncated);
    }

    #[test]
    fn a_text_that_grows_too_long_ends_before_the_task_that_does_not_fit() {
        let long = Task { notes: Some("n".repeat(10_000)), ..due() };
        for (format, _) in ExportFormat::NAMES {
            let mut document = Document::new(*format);
            while document.add(&long) {}
            // Nothing that would fit is added later: the document is a beginning of the list, without gaps.
            assert!(!document.add(&due()));
            let document = document.finish();
            // Lines of calendars are folded, which costs three bytes in each 75.
            assert!(document.truncated && document.count > 390, "{}", document.count);
            assert!(document.text.len() < MAX_BYTES + 200);
        }
    }
}
