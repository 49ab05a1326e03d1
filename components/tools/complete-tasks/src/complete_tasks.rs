//! Marks the tasks as done.

use task_model::scope;
use task_model::types::{BulkOutcome, Caller, TaskSelection, ToolError};
use task_rows::{Bulk, BulkParameters, BulkRow, Effect, StatementTemplate, statement_template};
use user_database::{Parameter, UserDatabase, parameters};

use crate::moves;

parameters! {
    /// What the statement takes.
    pub struct CompleteTasks {
        /// Which tasks, and how many.
        bulk: ..BulkParameters,
        /// Where those that repeat go.
        moves,
    }
}

/// The statement.
pub static STATEMENT: StatementTemplate<CompleteTasks, BulkRow> = statement_template!("complete_tasks.sql");

/// Marks the caller's open tasks that match as done, the soonest due first, up to 1,000 at once. Those that repeat move to their
/// next occurrence. What is below the others is completed with them.
///
/// # Errors
/// Forbidden; invalid, also when the filter leaves no task out; unavailable or internal by the database.
pub async fn complete_tasks(caller: &Caller, input: TaskSelection) -> Result<BulkOutcome, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let mut bulk = Bulk::check(caller, &input)?;
    // What is done already stays as it is.
    bulk.selection = bulk.selection.only_open();
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    bulk.selection.name_lists(&database).await?;
    let moves = moves::find(&database, caller, &bulk).await?;
    let parameters = CompleteTasks { bulk: bulk.parameters(caller), moves: Parameter::Str(moves) };
    let mut outcome = bulk.run_with(&database, &STATEMENT, parameters).await?;
    if !outcome.dry_run {
        for task in &mut outcome.tasks {
            let effect = if task.completed_at.is_some() { Effect::Completed } else { Effect::Opened };
            effect.apply(task);
        }
    }
    Ok(outcome)
}
