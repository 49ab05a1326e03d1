//! Brings the tasks back.

use task_model::types::{BulkOutcome, Caller, Restoration, ToolError, UndoableChange};
use task_model::{Violations, id, instant, scope};
use task_rows::{BulkRow, bulk_outcome, statement};
use user_database::{Parameter, Statement, UserDatabase, parameters, text_array};
use uuid::Uuid;

parameters! {
    struct RestoreTasks { ids, is_deletion, now, request_id }
}

const STATEMENT: Statement<RestoreTasks, BulkRow> = statement!("restore_tasks.sql");

/// Takes back that the caller's tasks of these ids were deleted or completed, and answers them as they are now.
///
/// # Errors
/// Forbidden; invalid when there are no ids, too many, or one that is none; unavailable or internal by the database.
pub async fn restore_tasks(caller: &Caller, input: Restoration) -> Result<BulkOutcome, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let mut violations = Violations::none();
    let ids = id::ids(&input.ids, "/ids", &mut violations);
    violations.finish()?;
    let parameters = RestoreTasks {
        ids: text_array(ids.iter().map(Uuid::to_string).collect()),
        is_deletion: Parameter::Boolean(input.undo == UndoableChange::Deletion),
        now: Parameter::Str(instant::text(instant::now(caller))),
        request_id: Parameter::Str(caller.request_id.clone()),
    };
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let rows = database.rows(&STATEMENT, parameters).await?;
    Ok(database.decode(&STATEMENT, || bulk_outcome(rows, false))?)
}
