//! A repeating task that moves to another occurrence: what the statements that move it take and answer.

use task_model::due::Due;
use task_model::recurrence::Series;
use task_model::types::{Caller, Task, TaskRef, ToolError};
use user_database::{DecodeError, Parameter, columns, parameters};

use crate::change::ChangeParameters;
use crate::due::{DueParameters, due_parameters};
use crate::reference::Reference;
use crate::task::TaskRow;

/// How often a change is tried that is computed from what another call may change meanwhile.
pub const MAX_ATTEMPTS: usize = 3;

parameters! {
    /// What a move takes. It has to name the version that it was computed from.
    pub struct MoveParameters {
        /// The task.
        change: ..ChangeParameters,
        /// When it is due from now on.
        due: ..DueParameters,
        /// The series with its new place.
        recurrence,
    }
}

columns! {
    /// A task, and how far its series has come.
    pub struct RepeatingTask {
        /// Whether this statement changed it.
        changed: bool,
        /// The series as it is stored; NULL where the task does not repeat.
        series: Option<String>,
        /// How many tasks below it were changed with it.
        changed_subtasks: i64,
        /// The task as it is now.
        task: ..TaskRow,
    }
}

/// A move of a task from the version that it was computed from.
///
/// # Errors
/// Invalid when the id is none, which no task has.
pub fn move_parameters(
    caller: &Caller,
    task: &Task,
    series: &Series,
    due: &Due,
) -> Result<MoveParameters, ToolError> {
    Ok(MoveParameters {
        change: pinned(task)?.parameters(caller),
        due: due_parameters(Some(due)),
        recurrence: Parameter::Str(series.text()),
    })
}

/// This version of a task and no other.
///
/// # Errors
/// Invalid when the id is none, which no task has.
pub fn pinned(task: &Task) -> Result<Reference, ToolError> {
    Reference::new(&TaskRef { id: task.id.clone(), version: Some(task.version) })
}

/// Reads a series.
///
/// # Errors
/// What is stored is none that this version knows.
pub fn read_series(text: &str) -> Result<Series, DecodeError> {
    Series::from_text(text).map_err(|_| broken_series())
}

/// What is stored as a series makes no sense.
#[must_use]
pub fn broken_series() -> DecodeError {
    let problem = "no series that this version knows".to_owned();
    DecodeError { table: "todo.tasks", column: "recurrence", problem }
}
