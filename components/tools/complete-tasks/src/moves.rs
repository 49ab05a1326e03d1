//! Where the tasks that repeat go when they are completed.

use serde_json::{Value, json};
use task_model::due::{Due, Moment};
use task_model::instant;
use task_model::recurrence::Series;
use task_model::types::{Caller, Task, ToolError};
use task_recurrence::{Step, next};
use task_rows::{
    Bulk, MAX_CHANGED, SelectionParameters, StatementTemplate, TaskRow, broken_series, read_series,
    statement_template,
};
use user_database::{Parameter, UserDatabase, columns, parameters};

parameters! {
    /// What the statement takes.
    pub struct SelectRepeating {
        /// Which tasks.
        selection: ..SelectionParameters,
        /// The instant of the change.
        now,
        /// The most to answer.
        most_changed,
    }
}

columns! {
    /// A task that repeats.
    pub struct Repeating {
        /// The series as it is stored.
        series: String,
        /// The task.
        task: ..TaskRow,
    }
}

/// The statement that finds them.
pub static STATEMENT: StatementTemplate<SelectRepeating, Repeating> =
    statement_template!("select_repeating.sql");

/// Where each of the tasks that match and repeat goes, as `complete_tasks.sql` takes it; nothing for a dry run.
///
/// # Errors
/// Unavailable or internal by the database.
pub async fn find(database: &UserDatabase, caller: &Caller, bulk: &Bulk) -> Result<String, ToolError> {
    if bulk.is_dry_run() || bulk.selection.filter.matches_nothing {
        return Ok("[]".to_owned());
    }
    let now = instant::now(caller);
    let statement = STATEMENT.choose(bulk.selection.variant());
    let parameters = SelectRepeating {
        selection: bulk.selection.parameters(),
        now: Parameter::Str(instant::text(now)),
        most_changed: Parameter::Int64(MAX_CHANGED.into()),
    };
    let found = database.rows(statement, parameters).await?;
    let mut moves = Vec::with_capacity(found.len());
    for Repeating { series, task: TaskRow(task) } in found {
        let next = database.decode(statement, || {
            next(&read_series(&series)?, &task, now, Step::Completed).map_err(|_| broken_series())
        })?;
        moves.push(as_move(&task, next));
    }
    Ok(Value::Array(moves).to_string())
}

/// A move as a row of `complete_tasks.sql`; without a series the task ends here.
fn as_move(task: &Task, next: Option<(Series, Due)>) -> Value {
    let mut row = json!({ "id": task.id, "version": task.version });
    let Some((series, due)) = next else { return row };
    let (due_on, due_at) = match due.moment {
        Moment::Day(day) => (Some(day.to_string()), None),
        Moment::At(at) => (None, Some(instant::text(at))),
    };
    if let Some(row) = row.as_object_mut() {
        row.insert("due_on".to_owned(), due_on.into());
        row.insert("due_at".to_owned(), due_at.into());
        row.insert("due_offset".to_owned(), due.offset.into());
        row.insert("due_by".to_owned(), instant::text(due.by).into());
        row.insert("time_zone".to_owned(), due.zone.into());
        row.insert("recurrence".to_owned(), json!(series));
    }
    row
}
