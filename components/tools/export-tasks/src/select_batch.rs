//! Reads the tasks, a batch at a time.

use task_model::types::{Caller, Task, ToolError};
use task_rows::{Selection, SelectionParameters, StatementTemplate, TaskRow, statement_template};
use user_database::{Parameter, Statement, UserDatabase, parameters};
use uuid::Uuid;

parameters! {
    /// What a batch is.
    pub struct SelectBatch {
        /// The most tasks in it.
        limit,
        /// Which tasks.
        selection: ..SelectionParameters,
        /// The task behind which it begins.
        after,
    }
}

/// The statement.
pub static STATEMENT: StatementTemplate<SelectBatch, TaskRow> = statement_template!("select_batch.sql");

/// How many tasks are read at once: with the longest notes these are 10 MB.
pub const BATCH: usize = 250;

/// The batches of a selection, in the order in which the tasks were added.
pub struct Batches {
    database: UserDatabase,
    selection: Selection,
    statement: &'static Statement<SelectBatch, TaskRow>,
    /// The last task read; none when there are no more.
    after: Option<Uuid>,
}

impl Batches {
    /// Before the first task.
    ///
    /// # Errors
    /// Invalid where a query names a list that is not there; unavailable or internal by the database.
    pub async fn open(caller: &Caller, mut selection: Selection) -> Result<Self, ToolError> {
        let statement = STATEMENT.choose(selection.variant());
        let after = (!selection.filter.matches_nothing).then_some(Uuid::nil());
        let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
        selection.name_lists(&database).await?;
        Ok(Self { database, selection, statement, after })
    }

    /// The next batch; empty after the last one.
    ///
    /// # Errors
    /// Unavailable or internal by the database.
    pub async fn next(&mut self) -> Result<Vec<Task>, ToolError> {
        let Some(after) = self.after else { return Ok(Vec::new()) };
        let parameters = SelectBatch {
            limit: Parameter::Int64(BATCH.try_into().unwrap_or(i64::MAX)),
            selection: self.selection.parameters(),
            after: Parameter::Uuid(after.to_string()),
        };
        let rows = self.database.rows(self.statement, parameters).await?;
        let tasks: Vec<Task> = rows.into_iter().map(|TaskRow(task)| task).collect();
        // A batch that is not full is the last one.
        let last = tasks.last().filter(|_| tasks.len() == BATCH);
        self.after = last.and_then(|task| Uuid::try_parse(&task.id).ok());
        Ok(tasks)
    }
}
