//! Changes of many tasks at once: what they take, how much one call does, and what they answer.

use task_model::types::{BulkOutcome, Caller, TaskSelection, ToolError};
use task_model::{Violations, instant};
use user_database::{Inconsistency, Parameter, Row, Statement, UserDatabase};

use crate::selection::{Selection, Shaped};
use crate::task::task;

/// The most tasks that one call changes: what a statement does well within its time.
pub const MOST_CHANGED: u32 = 1000;
/// How many ids are answered at most: as many as an input takes.
pub const MOST_ANSWERED: u32 = 100;
/// How many tasks are answered whole.
const MOST_WHOLE: usize = 10;

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

    /// Runs the statement: `$1` user, `$2` the most to change, `$3` to `$9` which tasks, `$10` now, `$11` request,
    /// `$12` dry run, `$13` the most to answer. Each of its rows has the number that match, the number changed,
    /// whether the row holds a task, and the task.
    ///
    /// # Errors
    /// Unavailable or internal by the database.
    pub async fn run(
        self,
        caller: &Caller,
        name: &'static str,
        shaped: &'static Shaped,
    ) -> Result<BulkOutcome, ToolError> {
        if self.selection.filter.impossible {
            return Ok(nothing(self.dry_run));
        }
        let statement = Statement::composed(name, "todo.tasks", shaped.of(self.selection.shape()));
        let mut parameters = vec![Parameter::Int64(MOST_CHANGED.into())];
        parameters.extend(self.selection.parameters());
        parameters.extend([
            Parameter::Str(instant::text(instant::now(caller))),
            Parameter::Str(caller.request_id.clone()),
            Parameter::Boolean(self.dry_run),
            Parameter::Int64(MOST_ANSWERED.into()),
        ]);
        let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
        let rows = database.rows(&statement, parameters).await?;
        Ok(database.reading(&statement, || outcome(rows, self.dry_run))?)
    }
}

fn nothing(dry_run: bool) -> BulkOutcome {
    BulkOutcome { dry_run, count: 0, remaining: 0, ids: Vec::new(), tasks: Vec::new() }
}

/// Reads what a change of many tasks did: each row has the number that match, the number changed, whether the row holds a
/// task, and the task.
///
/// # Errors
/// A row that does not make sense.
pub fn outcome(rows: Vec<Row>, dry_run: bool) -> Result<BulkOutcome, Inconsistency> {
    let mut outcome = nothing(dry_run);
    for mut row in rows {
        let (matching, changed) = (number(&mut row, "matching")?, number(&mut row, "changed")?);
        outcome.count = changed;
        outcome.remaining = matching.saturating_sub(changed);
        if row.read("found")? {
            let task = task(&mut row)?;
            outcome.ids.push(task.id.clone());
            if outcome.tasks.len() < MOST_WHOLE {
                outcome.tasks.push(task);
            }
        }
    }
    Ok(outcome)
}

fn number(row: &mut Row, name: &'static str) -> Result<u32, Inconsistency> {
    let number: i64 = row.read(name)?;
    number.try_into().map_err(|_| row.nonsense(name, "out of range"))
}
