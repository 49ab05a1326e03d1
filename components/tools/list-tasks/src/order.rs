//! The orders of a list as parts of its statement. Every text here is fixed; values come in as parameters.

use std::borrow::Cow;
use std::sync::OnceLock;

use task_model::types::{SortDirection, TaskSort, TaskStatus};
use task_rows::completion;

/// Which tasks by completion, in which order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Order {
    /// Which tasks by completion. Fixed in the text, so that the index of open tasks can serve.
    pub status: TaskStatus,
    /// What they are ordered by.
    pub sort: TaskSort,
    /// Which way.
    pub direction: SortDirection,
}

/// The page's statement with its places still open.
const TEMPLATE: &str = include_str!("select_page.sql");

impl Order {
    /// The statement for this order, put together once in the life of an instance.
    #[must_use]
    pub fn statement(self) -> Cow<'static, str> {
        static STATEMENTS: [OnceLock<String>; 30] = [const { OnceLock::new() }; 30];
        // 3 by completion, 5 sorts, 2 directions.
        let place = (self.status as usize * 5 + self.sort as usize) * 2 + self.direction as usize;
        match STATEMENTS.get(place) {
            Some(statement) => Cow::Borrowed(statement.get_or_init(|| self.composed())),
            None => Cow::Owned(self.composed()),
        }
    }

    fn composed(self) -> String {
        let (columns, start) = self.columns();
        let (comparison, suffix) = match self.direction {
            SortDirection::Ascending => (">", ""),
            SortDirection::Descending => ("<", " DESC"),
        };
        // Named with their table: a bare name would mean the column of the answer, microseconds instead of instants.
        let order: Vec<String> = columns.iter().map(|column| format!("tasks.{column}{suffix}")).collect();
        TEMPLATE
            .replace("{number}", self.number())
            .replace("{text}", if self.sort == TaskSort::Title { "title_key" } else { "NULL::text" })
            .replace("{status}", completion(self.status))
            .replace("{due}", self.due())
            .replace("{priority}", self.priority())
            .replace("{position}", &format!("({}) {comparison} ({start})", columns.join(", ")))
            .replace("{order}", &order.join(", "))
    }

    /// The columns ordered by, and the parameters that say where to go on.
    fn columns(self) -> (&'static [&'static str], &'static str) {
        match self.sort {
            TaskSort::Due => (&["due_by", "id"], "$9::text::timestamptz, $10::uuid"),
            TaskSort::Priority => {
                (&["priority", "due_by", "id"], "$9::smallint, $10::text::timestamptz, $11::uuid")
            }
            // Ids are made at the instant of adding and sort by it.
            TaskSort::Created => (&["id"], "$9::uuid"),
            TaskSort::Updated => (&["updated_at", "id"], "$9::text::timestamptz, $10::uuid"),
            TaskSort::Title => (&["title_key", "id"], "$9::text, $10::uuid"),
        }
    }

    /// The instant that a row is ordered by, in microseconds.
    fn number(self) -> &'static str {
        match self.sort {
            TaskSort::Due | TaskSort::Priority => {
                "CASE WHEN due_by = 'infinity' THEN 9223372036854775807\n        \
                 ELSE (extract(epoch FROM due_by) * 1000000)::bigint END"
            }
            TaskSort::Updated => "(extract(epoch FROM updated_at) * 1000000)::bigint",
            TaskSort::Created | TaskSort::Title => "NULL::bigint",
        }
    }

    /// The due range: bounds of the index where the list is ordered by it, elsewhere a filter like the others.
    fn due(self) -> &'static str {
        if self.sort == TaskSort::Due {
            "due_by >= coalesce($3::text::timestamptz, '-infinity')\n  \
             AND due_by <= coalesce($4::text::timestamptz, 'infinity')"
        } else {
            "CASE WHEN $3::text IS NULL THEN true ELSE due_by >= $3::text::timestamptz END\n  \
             AND CASE WHEN $4::text IS NULL THEN true ELSE due_by <= $4::text::timestamptz END"
        }
    }

    /// The priority: bounds of the index where the list is ordered by it, elsewhere a filter like the others.
    fn priority(self) -> &'static str {
        if self.sort == TaskSort::Priority {
            "priority >= coalesce($5::smallint, 1) AND priority <= coalesce($5::smallint, 4)"
        } else {
            "CASE WHEN $5::smallint IS NULL THEN true ELSE priority = $5::smallint END"
        }
    }
}

#[cfg(test)]
mod tests {
    use task_model::Named;

    use super::*;

    #[test]
    fn every_order_has_its_own_statement_with_every_place_filled() {
        let mut statements = std::collections::HashSet::new();
        for (status, _) in TaskStatus::NAMES {
            for (sort, _) in TaskSort::NAMES {
                for (direction, _) in SortDirection::NAMES {
                    let sql = Order { status: *status, sort: *sort, direction: *direction }.statement();
                    assert!(matches!(sql, Cow::Borrowed(_)), "kept for the next call");
                    assert!(statements.insert(sql.clone()), "another order has this statement");
                    let body: String = sql.lines().filter(|line| !line.starts_with("--")).collect();
                    assert!(!body.contains('{') && !body.contains('}'), "{sql}");
                    assert!(body.contains("user_id = (SELECT user_id FROM acting)"));
                    assert_eq!(body.contains(" DESC"), *direction == SortDirection::Descending);
                }
            }
        }
    }
}
