//! The filters of a list as parts of its statement.

use task_model::types::TaskSort;
use task_rows::{FILTERS, FilterParameters, NOT_ARCHIVED};

/// Whether a list leaves anything out but by completion and what is archived.
///
/// Without filters PostgreSQL plans a page once for a connection: the statement says all there is to know. With them it
/// plans for the values of each call, which takes longer than reading the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filters {
    /// It does not, and takes no parameters for it.
    Absent,
    /// It does, and takes those of [`FilterParameters`].
    Present,
    /// It does, and all that it has is in one list, by whose index it can be read.
    OfOneList,
    /// It does, and all that it has is below one task, and can be read by its index.
    OfOneParent,
}

impl Filters {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Absent, Self::Present, Self::OfOneList, Self::OfOneParent];

    /// Whether any of these filters.
    #[must_use]
    pub fn detect(parameters: &FilterParameters) -> Self {
        match parameters {
            of_one_parent if of_one_parent.is_of_one_parent() => Self::OfOneParent,
            of_one_list if of_one_list.is_of_one_list() => Self::OfOneList,
            given if given.is_any_given() => Self::Present,
            _ => Self::Absent,
        }
    }

    /// The condition on the list that a task is in.
    pub(crate) fn in_list(self) -> String {
        match self {
            Self::Absent => NOT_ARCHIVED.to_owned(),
            Self::Present => {
                const NOT_ELSEWHERE: &str = "CASE WHEN :in_inbox::boolean AND list_id IS NOT NULL THEN NULL ELSE true END IS NOT NULL";
                format!("{NOT_ELSEWHERE}\n      AND {NOT_ARCHIVED}")
            }
            Self::OfOneList => "list_id = :list_id::uuid".to_owned(),
            // Whose subtasks are named is meant, also where its list is archived.
            Self::OfOneParent => "parent_id = :parent_id::uuid
      AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
          WHEN :in_inbox::boolean THEN list_id IS NULL ELSE true END"
                .to_owned(),
        }
    }

    /// Their conditions in a list of this order.
    pub(crate) fn conditions(self, sort: TaskSort) -> String {
        if self == Self::Absent {
            return String::new();
        }
        let conditions = [due(sort), priority(sort), FILTERS];
        conditions.map(|condition| format!("\n      AND {condition}")).concat()
    }
}

/// The due range: bounds of the index where the list is ordered by it, elsewhere a filter like the others.
fn due(sort: TaskSort) -> &'static str {
    if sort == TaskSort::Due {
        "due_by >= coalesce(:due_from::text::timestamptz, '-infinity')\n      \
         AND due_by <= coalesce(:due_to::text::timestamptz, 'infinity')"
    } else {
        "CASE WHEN :due_from::text IS NULL THEN true ELSE due_by >= :due_from::text::timestamptz END\n      \
         AND CASE WHEN :due_to::text IS NULL THEN true ELSE due_by <= :due_to::text::timestamptz END"
    }
}

/// The priority: bounds of the index where the list is ordered by it, elsewhere a filter like the others.
fn priority(sort: TaskSort) -> &'static str {
    if sort == TaskSort::Priority {
        "priority >= coalesce(:priority::smallint, 1) AND priority <= coalesce(:priority::smallint, 4)"
    } else {
        "CASE WHEN :priority::smallint IS NULL THEN true ELSE priority = :priority::smallint END"
    }
}
