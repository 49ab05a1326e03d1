//! Marks the tasks as done.

use task_model::scope;
use task_model::types::{BulkOutcome, Caller, TaskSelection, ToolError};
use task_rows::{Bulk, BulkParameters, BulkRow, StatementTemplate, statement_template};

/// The statement.
pub static STATEMENT: StatementTemplate<BulkParameters, BulkRow> = statement_template!("complete_tasks.sql");

/// Marks the caller's open tasks that match as done, the soonest due first, up to 1,000 at once.
///
/// # Errors
/// Forbidden; invalid, also when the filter leaves no task out; unavailable or internal by the database.
pub async fn complete_tasks(caller: &Caller, input: TaskSelection) -> Result<BulkOutcome, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let mut bulk = Bulk::check(caller, &input)?;
    // What is done already stays as it is.
    bulk.selection = bulk.selection.only_open();
    bulk.run(caller, &STATEMENT).await
}
