//! Rows of `todo.tasks` as tasks, and the table's constraints as what is wrong with an input: what every tool that
//! answers tasks does alike.
//!
//! A statement that answers tasks has the placeholder `{task_columns}` in its list of columns; [`statement!`] fills it with
//! [`TASK_COLUMNS`], and [`TaskRow`] reads them. `{not_archived}` stands for [`NOT_ARCHIVED`], `{filters}` for [`FILTERS`],
//! `{below}` for [`BELOW`], `{below_moved}` for [`BELOW_MOVED`], `{above}` for [`ABOVE`].

mod bulk;
mod change;
mod constraint;
mod due;
mod filter;
mod list_names;
mod max_tasks;
mod moving;
mod reference;
mod selection;
mod subtasks;
mod task;

pub use bulk::{
    Bulk, BulkParameters, BulkRow, FoundTask, MAX_ANSWERED, MAX_CHANGED, outcome as bulk_outcome,
};
pub use change::{ChangeParameters, ChangedTask, change_task, changed_task};
pub use constraint::write_error;
pub use due::{DueParameters, due_parameters};
pub use filter::{
    FILTERS, FilterParameters, ListParameters, NOT_ARCHIVED, completion, filter_parameters, list_parameters,
};
pub use list_names::name_lists;
pub use max_tasks::max_tasks;
pub use moving::{
    MAX_ATTEMPTS, MoveParameters, RepeatingTask, broken_series, move_parameters, pinned, read_series,
};
pub use reference::{Reference, optional_uuid};
pub use selection::{Selection, SelectionParameters, StatementTemplate, StatementVariant};
pub use subtasks::{ABOVE, BELOW, BELOW_MOVED, Effect, tell_changed};
pub use task::{TASK_COLUMNS, TaskRow};

#[doc(hidden)]
pub use selection::{ANY_ID, GIVEN_IDS};
#[doc(hidden)]
pub use task_model::types::TaskStatus;
#[doc(hidden)]
pub use user_database;

/// Makes a [`user_database::Statement`] on `todo.tasks` of a `.sql` file beside the code, with the columns of a task in
/// its placeholder `{task_columns}`:
///
/// ```ignore
/// const STATEMENT: Statement<ChangeParameters, ChangedTask> = task_rows::statement!("complete_task.sql");
/// ```
#[macro_export]
macro_rules! statement {
    ($file:literal $(, $placeholder:ident: $filling:expr)* $(,)?) => {
        $crate::user_database::statement!(
            "todo.tasks", $file, task_columns: $crate::TASK_COLUMNS, not_archived: $crate::NOT_ARCHIVED,
            filters: $crate::FILTERS, below: $crate::BELOW,
            below_moved: $crate::BELOW_MOVED, above: $crate::ABOVE
            $(, $placeholder: $filling)*
        )
    };
}

/// Makes a [`StatementTemplate`] of a `.sql` file as [`statement!`] makes a statement, with `{status}` and `{ids}` filled for each variant.
#[macro_export]
macro_rules! statement_template {
    ($file:literal) => {
        $crate::StatementTemplate::new(
            $crate::statement_template!(@by_status $file, Open),
            $crate::statement_template!(@by_status $file, Done),
            $crate::statement_template!(@by_status $file, All),
        )
    };
    (@by_status $file:literal, $status:ident) => {
        [
            $crate::statement!(
                $file, status: $crate::completion($crate::TaskStatus::$status), ids: $crate::ANY_ID
            ),
            $crate::statement!(
                $file, status: $crate::completion($crate::TaskStatus::$status), ids: $crate::GIVEN_IDS
            ),
        ]
    };
}
