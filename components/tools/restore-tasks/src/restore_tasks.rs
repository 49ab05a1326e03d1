//! Brings the tasks back.

use task_model::types::{BulkOutcome, Caller, Restoration, SubtaskCounts, ToolError, UndoableChange};
use task_model::{Violations, id, instant, scope};
use task_rows::{BulkRow, TaskRow, bulk_outcome, statement};
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, text_array};
use uuid::Uuid;

parameters! {
    struct RestoreTasks { ids, is_deletion, now, request_id }
}

columns! {
    struct RestoredRow {
        /// How many of its subtasks came back open.
        open_back: i64,
        /// How many came back as done.
        completed_back: i64,
        row: ..BulkRow,
    }
}

const STATEMENT: Statement<RestoreTasks, RestoredRow> = statement!("restore_tasks.sql");

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
    let rows = rows.into_iter().map(|row| counted_now(row, input.undo)).collect();
    Ok(database.decode(&STATEMENT, || bulk_outcome(rows, false))?)
}

/// A task with the counts that its subtasks have now: the statement tells those before it.
fn counted_now(found: RestoredRow, undo: UndoableChange) -> BulkRow {
    let RestoredRow { open_back, completed_back, mut row } = found;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    if let Some(TaskRow(task)) = row.task.0.as_mut()
        && open_back + completed_back > 0
    {
        let subtasks = task.subtasks.get_or_insert(SubtaskCounts { open: 0, completed: 0, changed: 0 });
        subtasks.open += count(open_back);
        match undo {
            UndoableChange::Deletion => subtasks.completed += count(completed_back),
            UndoableChange::Completion => {
                subtasks.completed = subtasks.completed.saturating_sub(count(open_back));
            }
        }
    }
    row
}
