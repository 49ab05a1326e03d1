//! Changes of many tasks at once: what they take, how much one call does, and what they answer.

use task_model::types::{BulkOutcome, Caller, TaskSelection, ToolError};
use task_model::{Violations, instant};
use user_database::{
    DecodeError, FromRow, Name, Parameter, Parameters, Row, UserDatabase, columns, parameters,
};

use crate::selection::{Selection, SelectionParameters, StatementTemplate};
use crate::task::TaskRow;

/// The most tasks that one call changes: what a statement does well within its time.
pub const MAX_CHANGED: u32 = 1000;
/// How many ids are answered at most: as many as an input takes.
pub const MAX_ANSWERED: u32 = 100;
/// How many tasks are answered whole.
const MAX_WHOLE_TASKS: usize = 10;

parameters! {
    /// What a change of many tasks takes.
    pub struct BulkParameters {
        /// The most to change.
        most_changed,
        /// Which tasks.
        selection: ..SelectionParameters,
        /// The instant of the change.
        now,
        /// The request, for the events.
        request_id,
        /// Whether it only tells what it would change.
        dry_run,
        /// The most to answer.
        most_answered,
    }
}

columns! {
    /// What a change of many tasks answers: a row for each, and one at least.
    pub struct BulkRow {
        /// How many more match.
        remaining: i64,
        /// How many were changed.
        changed: i64,
        /// One of those changed, as it is now.
        task: ..FoundTask,
    }
}

/// A task, if the row has one.
pub struct FoundTask(pub Option<TaskRow>);

impl FromRow for FoundTask {
    const COLUMNS: Option<&'static [Name]> = Some(&[Name::One("found"), Name::columns_of::<TaskRow>()]);

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let found: bool = row.read("found")?;
        Ok(Self(if found { Some(TaskRow::from_row(row)?) } else { None }))
    }
}

/// A change of many tasks, checked.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// Which tasks.
    pub selection: Selection,
    dry_run: bool,
}

impl Bulk {
    /// Checks the input.
    ///
    /// # Errors
    /// Invalid with every rule that is broken.
    pub fn check(caller: &Caller, input: &TaskSelection) -> Result<Self, ToolError> {
        let mut violations = Violations::none();
        let selection = Selection::check_narrow(caller, &input.filter, &mut violations);
        violations.finish()?;
        Ok(Self { selection, dry_run: input.dry_run.unwrap_or(false) })
    }

    /// Whether it only tells what it would change.
    #[must_use]
    pub fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// Runs the statement.
    ///
    /// # Errors
    /// Unavailable or internal by the database.
    pub async fn run(
        mut self,
        caller: &Caller,
        statement: &StatementTemplate<BulkParameters, BulkRow>,
    ) -> Result<BulkOutcome, ToolError> {
        if self.selection.filter.matches_nothing {
            return Ok(nothing(self.dry_run));
        }
        let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
        self.selection.name_lists(&database).await?;
        self.run_with(&database, statement, self.parameters(caller)).await
    }

    /// Runs a statement that takes more than every change of many does.
    ///
    /// # Errors
    /// Unavailable or internal by the database.
    pub async fn run_with<P: Parameters>(
        &self,
        database: &UserDatabase,
        statement: &StatementTemplate<P, BulkRow>,
        parameters: P,
    ) -> Result<BulkOutcome, ToolError> {
        if self.selection.filter.matches_nothing {
            return Ok(nothing(self.dry_run));
        }
        let statement = statement.choose(self.selection.variant());
        let rows = database.rows(statement, parameters).await?;
        Ok(database.decode(statement, || outcome(rows, self.dry_run))?)
    }

    /// What every change of many takes.
    #[must_use]
    pub fn parameters(&self, caller: &Caller) -> BulkParameters {
        BulkParameters {
            most_changed: Parameter::Int64(MAX_CHANGED.into()),
            selection: self.selection.parameters(),
            now: Parameter::Str(instant::text(instant::now(caller))),
            request_id: Parameter::Str(caller.request_id.clone()),
            dry_run: Parameter::Boolean(self.dry_run),
            most_answered: Parameter::Int64(MAX_ANSWERED.into()),
        }
    }
}

fn nothing(dry_run: bool) -> BulkOutcome {
    BulkOutcome { dry_run, count: 0, remaining: 0, ids: Vec::new(), tasks: Vec::new() }
}

/// What a change of many tasks did.
///
/// # Errors
/// A row that does not make sense.
pub fn outcome(rows: Vec<BulkRow>, dry_run: bool) -> Result<BulkOutcome, DecodeError> {
    let mut outcome = nothing(dry_run);
    for row in rows {
        outcome.count = number("changed", row.changed)?;
        outcome.remaining = number("remaining", row.remaining)?;
        if let FoundTask(Some(TaskRow(task))) = row.task {
            outcome.ids.push(task.id.clone());
            if outcome.tasks.len() < MAX_WHOLE_TASKS {
                outcome.tasks.push(task);
            }
        }
    }
    Ok(outcome)
}

fn number(column: &'static str, number: i64) -> Result<u32, DecodeError> {
    let out_of_range = |_| DecodeError { table: "todo.tasks", column, problem: "out of range".to_owned() };
    number.try_into().map_err(out_of_range)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use user_database::Value;

    use super::*;

    #[test]
    fn a_row_without_a_task_still_tells_the_counts() {
        let columns = ["remaining", "changed", "found"].map(str::to_owned);
        let values = vec![Value::Int64(5), Value::Int64(2), Value::Boolean(false)];
        let row = BulkRow::from_row(&mut Row::new("todo.tasks", Rc::from(columns), values)).unwrap();
        let outcome = outcome(vec![row], false).unwrap();
        assert_eq!((outcome.count, outcome.remaining, outcome.ids.len()), (2, 5, 0));
        assert_eq!(number("remaining", -1).unwrap_err().column, "remaining");
    }
}
