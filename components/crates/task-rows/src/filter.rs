//! Filters as parts of a statement: values as parameters, completion as a fixed text.

use task_model::filter::Filter;
use task_model::types::TaskStatus;
use task_model::{instant, priority};
use user_database::{Parameter, optional};

/// Completion as a condition. Fixed in the text of a statement and no parameter, so that the indexes of open tasks can
/// serve.
#[must_use]
pub fn completion(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Open => "completed_at IS NULL",
        TaskStatus::Done => "completed_at IS NOT NULL",
        TaskStatus::All => "true",
    }
}

/// The parameters `$3` to `$8` of a statement that takes filters, NULL where one does not filter: due from, due to,
/// priority, label, words, and the instant before which what is open must not have been due.
#[must_use]
pub fn filter_parameters(filter: &Filter) -> [Parameter; 6] {
    [
        optional(filter.due_from.map(instant::text)),
        optional(filter.due_to.map(instant::text)),
        optional(filter.priority.map(priority::rank)),
        optional(filter.label.clone()),
        optional(filter.words.clone()),
        optional(filter.not_overdue_at.map(instant::text)),
    ]
}

/// Whether a parameter of [`filter_parameters`] filters.
#[must_use]
pub fn is_given(parameter: &Parameter) -> bool {
    !matches!(parameter, Parameter::DbNull)
}
