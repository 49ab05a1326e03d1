//! Filters as parts of a statement: values as parameters, completion as a fixed text.

use task_model::filter::Filter;
use task_model::list::ListFilter;
use task_model::types::TaskStatus;
use task_model::{instant, priority};
use user_database::{Parameter, optional, parameters};

use crate::reference::optional_uuid;

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

/// The condition that leaves out what is in an archived list. The lists are asked for once, and only where it matters. Written as what
/// is not null, which PostgreSQL takes for a condition that leaves out hardly anything: so it goes on following the order.
pub const NOT_ARCHIVED: &str = "CASE WHEN list_id = ANY (ARRAY(SELECT lists.id FROM todo.lists
          WHERE lists.user_id = (SELECT acting.user_id FROM acting) AND lists.archived_at IS NOT NULL))
          THEN NULL ELSE true END IS NOT NULL";

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
        /// The list that it is in.
        list: ..ListParameters,
        /// Words that it has, in PostgreSQL's form.
        words,
        /// The instant before which what is open must not have been due.
        not_overdue_at,
    }
}

parameters! {
    /// The list that what is meant is in, NULL for any.
    pub struct ListParameters {
        /// Its id.
        list_id,
        /// Whether it is in none.
        in_inbox,
    }
}

/// Which list, as parameters.
#[must_use]
pub fn list_parameters(list: Option<ListFilter>) -> ListParameters {
    let id = match list {
        Some(ListFilter::One(id)) => Some(id),
        Some(ListFilter::Inbox) | None => None,
    };
    ListParameters {
        list_id: optional_uuid(id),
        in_inbox: optional((list == Some(ListFilter::Inbox)).then_some(true)),
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
        list: list_parameters(filter.list),
        words: optional(filter.words.clone()),
        not_overdue_at: optional(filter.not_overdue_at.map(instant::text)),
    }
}

impl FilterParameters {
    /// Whether any of them filters.
    #[must_use]
    pub fn is_any_given(&self) -> bool {
        let Self { due_from, due_to, priority, label, list, words, not_overdue_at } = self;
        let ListParameters { list_id, in_inbox } = list;
        [due_from, due_to, priority, label, list_id, in_inbox, words, not_overdue_at]
            .into_iter()
            .any(|parameter| !matches!(parameter, Parameter::DbNull))
    }

    /// Whether only what is in one list is meant.
    #[must_use]
    pub fn is_of_one_list(&self) -> bool {
        !matches!(self.list.list_id, Parameter::DbNull)
    }
}
