//! The filters of a list as parts of its statement.

use task_model::types::TaskSort;
use task_rows::is_given;
use user_database::Parameter;

/// Whether a list leaves anything out but by completion.
///
/// Without filters PostgreSQL plans a page once for a connection: the statement says all there is to know. With them it
/// plans for the values of each call, which takes longer than reading the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filters {
    /// It does not, and takes no parameters for it.
    Absent,
    /// It does: `$3` due from, `$4` due to, `$5` priority, `$6` label, `$7` words, `$8` leaves out what is open and was due
    /// before this instant; null does not filter.
    Present,
}

impl Filters {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Absent, Self::Present];

    /// Whether any of these filters.
    #[must_use]
    pub fn of(parameters: &[Parameter]) -> Self {
        if parameters.iter().any(is_given) { Self::Present } else { Self::Absent }
    }

    /// The number of the first parameter after theirs.
    #[must_use]
    pub const fn next_parameter(self) -> usize {
        match self {
            Self::Absent => 3,
            Self::Present => 9,
        }
    }

    /// Their conditions in a list of this order.
    ///
    /// They are cases and not disjunctions, which PostgreSQL would take for so selective that it would rather read and
    /// sort all of a user's tasks than follow the order.
    pub(crate) fn conditions(self, sort: TaskSort) -> String {
        if self == Self::Absent {
            return String::new();
        }
        let conditions = [
            due(sort),
            priority(sort),
            "CASE WHEN $6::text IS NULL THEN true ELSE $6::text = ANY (labels) END",
            "CASE WHEN $7::text IS NULL THEN true\n          \
             ELSE (title_words || label_words || notes_words) @@ $7::text::tsquery END",
            "CASE WHEN $8::text IS NULL THEN true\n          \
             ELSE completed_at IS NOT NULL OR due_by >= $8::text::timestamptz END",
        ];
        conditions.map(|condition| format!("\n      AND {condition}")).concat()
    }
}

/// The due range: bounds of the index where the list is ordered by it, elsewhere a filter like the others.
fn due(sort: TaskSort) -> &'static str {
    if sort == TaskSort::Due {
        "due_by >= coalesce($3::text::timestamptz, '-infinity')\n      \
         AND due_by <= coalesce($4::text::timestamptz, 'infinity')"
    } else {
        "CASE WHEN $3::text IS NULL THEN true ELSE due_by >= $3::text::timestamptz END\n      \
         AND CASE WHEN $4::text IS NULL THEN true ELSE due_by <= $4::text::timestamptz END"
    }
}

/// The priority: bounds of the index where the list is ordered by it, elsewhere a filter like the others.
fn priority(sort: TaskSort) -> &'static str {
    if sort == TaskSort::Priority {
        "priority >= coalesce($5::smallint, 1) AND priority <= coalesce($5::smallint, 4)"
    } else {
        "CASE WHEN $5::smallint IS NULL THEN true ELSE priority = $5::smallint END"
    }
}
