//! Filters as parts of a statement: values as parameters, completion as a fixed text.

use task_model::filter::Filter;
use task_model::types::TaskStatus;
use task_model::{instant, priority};
use user_database::{Parameter, optional, parameters};

/// Completion as a condition. Fixed in the text of a statement and no parameter, so that the indexes of open tasks can
/// serve.
#[must_use]
pub const fn completion(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Open => "completed_at IS NULL",
        TaskStatus::Done => "completed_at IS NOT NULL",
        TaskStatus::All => "true",
    }
}

parameters! {
    /// What a statement filters by, NULL where it does not.
    pub struct FilterParameters {
        /// The first instant at which what is meant may be due.
        due_from,
        /// The last one.
        due_to,
        /// The rank of the only priority.
        priority,
        /// A label that it has.
        label,
        /// Words that it has, in PostgreSQL's form.
        words,
        /// The instant before which what is open must not have been due.
        not_overdue_at,
    }
}

/// A filter as parameters.
#[must_use]
pub fn filter_parameters(filter: &Filter) -> FilterParameters {
    FilterParameters {
        due_from: optional(filter.due_from.map(instant::text)),
        due_to: optional(filter.due_to.map(instant::text)),
        priority: optional(filter.priority.map(priority::rank)),
        label: optional(filter.label.clone()),
        words: optional(filter.words.clone()),
        not_overdue_at: optional(filter.not_overdue_at.map(instant::text)),
    }
}

impl FilterParameters {
    /// Whether any of them filters.
    #[must_use]
    pub fn is_any_given(&self) -> bool {
        [&self.due_from, &self.due_to, &self.priority, &self.label, &self.words, &self.not_overdue_at]
            .into_iter()
            .any(|parameter| !matches!(parameter, Parameter::DbNull))
    }
}
