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

/// The filters that every statement takes alike. A filter that is null does not filter; `:not_overdue_at` leaves out what is open and was
/// due before this instant; `:query` is the alternatives of a query as JSON ([`task_model::query`]), of which one must hold. They are cases and
/// not disjunctions, which PostgreSQL would take for so selective that it would rather read and sort all of a user's tasks than follow the order; of what is not null it takes that it leaves out hardly anything.
pub const FILTERS: &str = "CASE WHEN :label::text IS NULL THEN true ELSE :label::text = ANY (labels) END
      AND CASE WHEN :words::text IS NULL THEN true
          ELSE (title_words || label_words || notes_words) @@ :words::text::tsquery END
      AND CASE WHEN :not_overdue_at::text IS NULL THEN true
          ELSE completed_at IS NOT NULL OR due_by >= :not_overdue_at::text::timestamptz END
      AND CASE WHEN :parent_id::uuid IS NULL OR parent_id = :parent_id::uuid THEN true END IS NOT NULL
      AND CASE WHEN :query::text IS NULL THEN true WHEN EXISTS (
          SELECT FROM jsonb_to_recordset(:query::text::jsonb) AS wanted (due_from timestamptz, due_to timestamptz, is_done boolean,
              priorities smallint[], labels text[], no_labels text[], is_labelled boolean, lists uuid[], no_lists uuid[],
              in_inbox boolean, is_repeating boolean, is_timed boolean, is_subtask boolean, words tsquery, no_words tsquery)
          WHERE tasks.due_by >= coalesce(wanted.due_from, '-infinity') AND tasks.due_by <= coalesce(wanted.due_to, 'infinity')
            AND coalesce((tasks.completed_at IS NOT NULL) = wanted.is_done, true)
            AND coalesce(tasks.priority = ANY (wanted.priorities), true)
            AND coalesce(tasks.labels @> wanted.labels, true)
            AND coalesce(NOT tasks.labels && wanted.no_labels, true)
            AND coalesce((cardinality(tasks.labels) > 0) = wanted.is_labelled, true)
            AND coalesce((tasks.list_id IS NULL) = wanted.in_inbox, true)
            AND coalesce((tasks.recurrence IS NOT NULL) = wanted.is_repeating, true)
            AND coalesce((tasks.due_at IS NOT NULL) = wanted.is_timed, true)
            AND coalesce((tasks.parent_id IS NOT NULL) = wanted.is_subtask, true)
            AND coalesce((tasks.title_words || tasks.label_words || tasks.notes_words) @@ wanted.words, true)
            AND coalesce(NOT (tasks.title_words || tasks.label_words || tasks.notes_words) @@ wanted.no_words, true)
            AND coalesce(tasks.list_id = ANY (wanted.lists), wanted.lists IS NULL)
            AND coalesce(tasks.list_id <> ALL (wanted.no_lists), true)
      ) THEN true END IS NOT NULL";

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
        /// The task that it is a subtask of.
        parent_id,
        /// The alternatives of a query, as JSON.
        query,
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
        parent_id: optional_uuid(filter.parent_id),
        query: optional(filter.query.as_ref().map(|query| query.to_json())),
    }
}

impl FilterParameters {
    /// Whether any of them filters.
    #[must_use]
    pub fn is_any_given(&self) -> bool {
        let Self { due_from, due_to, priority, label, list, words, not_overdue_at, parent_id, query } = self;
        let ListParameters { list_id, in_inbox } = list;
        [due_from, due_to, priority, label, list_id, in_inbox, words, not_overdue_at, parent_id, query]
            .into_iter()
            .any(|parameter| !matches!(parameter, Parameter::DbNull))
    }

    /// Whether only subtasks of one task are meant.
    #[must_use]
    pub fn is_of_one_parent(&self) -> bool {
        !matches!(self.parent_id, Parameter::DbNull)
    }

    /// Whether only what is in one list is meant.
    #[must_use]
    pub fn is_of_one_list(&self) -> bool {
        !matches!(self.list.list_id, Parameter::DbNull)
    }
}
