//! Deletes the tasks.

use task_model::scope;
use task_model::types::{BulkOutcome, Caller, TaskSelection, ToolError};
use task_rows::{Bulk, BulkParameters, BulkRow, StatementTemplate, statement_template};

/// The statement.
pub static STATEMENT: StatementTemplate<BulkParameters, BulkRow> = statement_template!("delete_tasks.sql");

/// Deletes the caller's tasks that match, the soonest due first, up to 1,000 at once.
///
/// # Errors
/// Forbidden; invalid, also when the filter leaves no task out; unavailable or internal by the database.
pub async fn delete_tasks(caller: &Caller, input: TaskSelection) -> Result<BulkOutcome, ToolError> {
    scope::require(caller, scope::DELETE)?;
    Bulk::check(caller, &input)?.run(caller, &STATEMENT).await
}
