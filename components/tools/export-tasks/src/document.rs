//! A document as it grows, within its limits.

use task_model::document::media_type;
use task_model::types::{ExportFormat, Task, TaskDocument};

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
}

impl Document {
    /// Without tasks.
    #[must_use]
    pub fn new(format: ExportFormat) -> Self {
        let begin = match format {
            ExportFormat::Markdown => markdown::BEGIN,
            ExportFormat::Csv => csv::HEADER,
            ExportFormat::Json => json::BEGIN,
        };
        Self { format, text: begin.to_owned(), count: 0, truncated: false }
    }

    /// Adds a task. From the first one on that does not fit nothing is added, and the document is truncated: `false`.
    pub fn add(&mut self, task: &Task) -> bool {
        if self.truncated {
            return false;
        }
        let is_first = self.count == 0;
        let entry = match self.format {
            ExportFormat::Markdown => markdown::entry(task),
            ExportFormat::Csv => csv::entry(task),
            ExportFormat::Json => json::entry(task, is_first),
        };
        self.truncated = self.count == MAX_TASKS || self.text.len() + entry.len() > MAX_BYTES;
        if !self.truncated {
            self.text.push_str(&entry);
            self.count += 1;
        }
        !self.truncated
    }

    /// The whole document. Markdown and JSON say themselves whether it is truncated; a table has no place for it.
    #[must_use]
    pub fn finish(mut self) -> TaskDocument {
        match self.format {
            ExportFormat::Markdown => self.text.push_str(&markdown::end(self.count, self.truncated)),
            ExportFormat::Csv => {}
            ExportFormat::Json => self.text.push_str(&json::end(self.truncated)),
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

    #[test]
    fn a_document_ends_with_its_ten_thousandth_task() {
        for (format, _) in ExportFormat::NAMES {
            let mut document = Document::new(*format);
            let added = (0..MAX_TASKS + 5).filter(|_| document.add(&task("t"))).count();
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
        let long = Task { notes: Some("n".repeat(10_000)), ..task("t") };
        for (format, _) in ExportFormat::NAMES {
            let mut document = Document::new(*format);
            while document.add(&long) {}
            // Nothing that would fit is added later: the document is a beginning of the list, without gaps.
            assert!(!document.add(&task("short")));
            let document = document.finish();
            assert!(document.truncated && document.count > 400, "{}", document.count);
            assert!(document.text.len() < MAX_BYTES + 200);
        }
    }
}
