//! Reads the tasks, a batch at a time.

use task_model::types::{Caller, Task, ToolError};
use task_rows::{Selection, Shaped, task};
use user_database::{Parameter, Statement, UserDatabase};
use uuid::Uuid;

/// The statement.
pub static STATEMENT: Shaped = Shaped::new(include_str!("select_batch.sql"));

/// How many tasks are read at once: with the longest notes these are 10 MB.
pub const BATCH: usize = 250;

/// The batches of a selection, in the order in which the tasks were added.
pub struct Batches {
    database: UserDatabase,
    selection: Selection,
    statement: Statement,
    /// The last task read; none when there are no more.
    after: Option<Uuid>,
}

impl Batches {
    /// Before the first task.
    ///
    /// # Errors
    /// Unavailable or internal by the database.
    pub async fn open(caller: &Caller, selection: Selection) -> Result<Self, ToolError> {
        let statement = Statement::composed("select_batch", "todo.tasks", STATEMENT.of(selection.shape()));
        let after = (!selection.filter.impossible).then_some(Uuid::nil());
        let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
        Ok(Self { database, selection, statement, after })
    }

    /// The next batch; empty after the last one.
    ///
    /// # Errors
    /// Unavailable or internal by the database.
    pub async fn next(&mut self) -> Result<Vec<Task>, ToolError> {
        let Some(after) = self.after else { return Ok(Vec::new()) };
        let mut parameters = vec![Parameter::Int64(BATCH.try_into().unwrap_or(i64::MAX))];
        parameters.extend(self.selection.parameters());
        parameters.push(Parameter::Uuid(after.to_string()));
        let rows = self.database.rows(&self.statement, parameters).await?;
        let tasks: Vec<Task> = self
            .database
            .reading(&self.statement, || rows.into_iter().map(|mut row| task(&mut row)).collect())?;
        // A batch that is not full is the last one.
        let last = tasks.last().filter(|_| tasks.len() == BATCH);
        self.after = last.and_then(|task| Uuid::try_parse(&task.id).ok());
        Ok(tasks)
    }
}
