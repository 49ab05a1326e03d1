//! The orders of a list as parts of its statement. Every text here is fixed; values come in as parameters.

use std::sync::{Arc, OnceLock};

use task_model::page::LIST;
use task_model::types::{SortDirection, TaskSort, TaskStatus};
use task_rows::{TASK_COLUMNS, completion};
use user_database::Statement;

use crate::filters::Filters;
use crate::page::{PageRow, SelectPage};

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

/// The page's statement with its placeholders still open.
const TEMPLATE: &str = include_str!("select_page.sql");

impl Order {
    /// The statement for this order with or without filters, put together once in the life of an instance.
    #[must_use]
    pub fn statement(self, filters: Filters) -> Arc<Statement<SelectPage, PageRow>> {
        static STATEMENTS: [OnceLock<Arc<Statement<SelectPage, PageRow>>>; 120] =
            [const { OnceLock::new() }; 120];
        let compose = || Arc::new(Statement::composed("select_page", "todo.tasks", &self.text(filters)));
        // 3 by completion, 5 sorts, 2 directions, with filters, without, of one list and of one parent.
        let order = (self.status as usize * 5 + self.sort as usize) * 2 + self.direction as usize;
        match STATEMENTS.get(order * 4 + filters as usize) {
            Some(statement) => Arc::clone(statement.get_or_init(compose)),
            None => compose(),
        }
    }

    /// The statement with its parameters' names.
    #[must_use]
    pub fn text(self, filters: Filters) -> String {
        let columns = self.columns();
        let (comparison, suffix) = match self.direction {
            SortDirection::Ascending => (">", ""),
            SortDirection::Descending => ("<", " DESC"),
        };
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let start: Vec<String> =
            columns.iter().map(|(name, parameter_type)| format!(":after_{name}::{parameter_type}")).collect();
        // Named with their table: a bare name would mean the column of the answer, microseconds instead of instants.
        let order: Vec<String> = names.iter().map(|name| format!("tasks.{name}{suffix}")).collect();
        TEMPLATE
            .replace("{task_columns}", TASK_COLUMNS)
            .replace("{number}", self.number())
            .replace("{text}", if self.sort == TaskSort::Title { "title_key" } else { "NULL::text" })
            .replace("{status}", completion(self.status))
            .replace("{position}", &format!("({}) {comparison} ({})", names.join(", "), start.join(", ")))
            .replace("{in_list}", &filters.in_list())
            .replace("{filters}", &filters.conditions(self.sort))
            .replace("{order}", &order.join(", "))
            // One more tells whether there is a next page.
            .replace("{most}", &(LIST.max + 1).to_string())
    }

    /// The columns ordered by, and the types of the parameters that say where to go on.
    fn columns(self) -> &'static [(&'static str, &'static str)] {
        const ID: (&str, &str) = ("id", "uuid");
        const DUE: (&str, &str) = ("due_by", "text::timestamptz");
        match self.sort {
            TaskSort::Due => &[DUE, ID],
            TaskSort::Priority => &[("priority", "smallint"), DUE, ID],
            // Ids are made at the instant of adding and sort by it.
            TaskSort::Created => &[ID],
            TaskSort::Updated => &[("updated_at", "text::timestamptz"), ID],
            TaskSort::Title => &[("title_key", "text"), ID],
        }
    }

    /// The instant that a row is ordered by, in microseconds.
    fn number(self) -> &'static str {
        match self.sort {
            TaskSort::Due | TaskSort::Priority => {
                "CASE WHEN due_by = 'infinity' THEN 9223372036854775807\n            \
                 ELSE (extract(epoch FROM due_by) * 1000000)::bigint END"
            }
            TaskSort::Updated => "(extract(epoch FROM updated_at) * 1000000)::bigint",
            TaskSort::Created | TaskSort::Title => "NULL::bigint",
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
                for (direction, filters) in SortDirection::NAMES
                    .iter()
                    .flat_map(|(direction, _)| Filters::ALL.map(|f| (*direction, f)))
                {
                    let order = Order { status: *status, sort: *sort, direction };
                    let statement = order.statement(filters);
                    assert!(Arc::ptr_eq(&statement, &order.statement(filters)), "kept for the next call");
                    let sql = &statement.sql;
                    assert!(statements.insert(sql.clone()), "another order has this statement");
                    let body: String = sql.lines().filter(|line| !line.starts_with("--")).collect();
                    assert!(!body.contains('{') && !body.contains('}'), "{sql}");
                    assert!(body.contains("user_id = (SELECT user_id FROM acting)"));
                    assert_eq!(body.contains(" DESC"), direction == SortDirection::Descending);
                    assert_eq!(body.contains("= ANY (labels)"), filters != Filters::Absent);
                    let is_of_one = matches!(filters, Filters::OfOneList | Filters::OfOneParent);
                    assert_eq!(body.contains("archived_at"), !is_of_one);
                }
            }
        }
    }
}
