//! Taking an action back, and doing it again.

use task_model::types::{Action, ActionChoice, Caller, ToolError};
use task_model::{Violations, action, instant, scope};
use user_database::{LoggedDbError, Parameter, Statement, UserDatabase, columns, parameters};

use crate::action::ActionRow;
use crate::statement;

parameters! {
    /// What the statement takes.
    pub struct TurnAction {
        /// The transaction of the action, NULL for the one whose turn it is.
        transaction_id,
        /// Whether the caller may delete tasks.
        may_delete,
        /// The instant of the change.
        now,
        /// The request, for the events.
        request_id,
    }
}

columns! {
    /// What the statement answers; no row where there is no such action. Nothing was changed where a task is in the way, or would be
    /// deleted by who may not.
    pub struct TurnedAction {
        /// How many of its tasks are in the way.
        overtaken: i64,
        /// Whether it would delete tasks and the caller may not.
        forbidden: bool,
        /// The action, turned.
        action: ..ActionRow,
    }
}

/// Which way an action is turned.
pub type Turn = Statement<TurnAction, TurnedAction>;

/// Takes the action back, or the latest one that can be.
pub const UNDO: Turn = statement!(
    "turn_action.sql",
    is_choosable: "turned.undone IS NOT TRUE",
    first: "event.transaction_id",
    is_undo: "true",
);

/// Does the action again, or the one that was taken back last, if nothing else was done since.
pub const REDO: Turn = statement!(
    "turn_action.sql",
    is_choosable: "turned.undone
      AND (:transaction_id::text IS NOT NULL OR NOT EXISTS (
          SELECT FROM todo.task_events AS later
          WHERE later.user_id = (SELECT user_id FROM acting) AND later.transaction_id > turned.last_turn
            AND later.transaction_id < pg_snapshot_xmax(pg_current_snapshot()) AND NOT later.data ? 'same_as'
      ))",
    first: "turned.last_turn",
    is_undo: "false",
);

/// Turns an action of the caller's: all that it did to tasks, or nothing.
///
/// # Errors
/// Forbidden, also when tasks would be deleted by who may not; invalid when the id is none; action not found; action overtaken;
/// unavailable or internal by the database.
pub async fn turn_action(caller: &Caller, input: &ActionChoice, turn: &Turn) -> Result<Action, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let mut violations = Violations::none();
    let id = violations.check_given("/id", input.id.as_deref(), action::transaction_id);
    violations.finish()?;
    let transaction_id = match id {
        Some(id) => Parameter::Str(id.ok_or(ToolError::ActionNotFound)?.to_string()),
        None => Parameter::DbNull,
    };
    let parameters = TurnAction {
        transaction_id,
        may_delete: Parameter::Boolean(scope::require(caller, scope::DELETE).is_ok()),
        now: Parameter::Str(instant::text(instant::now(caller))),
        request_id: Parameter::Str(caller.request_id.clone()),
    };
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let row = database.at_most_one(turn, parameters).await.map_err(turn_error)?;
    let TurnedAction { overtaken, forbidden, action: ActionRow(action) } =
        row.ok_or(ToolError::ActionNotFound)?;
    if overtaken > 0 {
        return Err(ToolError::ActionOvertaken(u32::try_from(overtaken).unwrap_or(u32::MAX)));
    }
    if forbidden {
        return Err(ToolError::Forbidden(scope::DELETE.to_owned()));
    }
    Ok(action)
}

/// What a tree of tasks, or a list that went in this moment, does not allow any more is as good as changed.
fn turn_error(error: LoggedDbError) -> ToolError {
    match error.constraint() {
        Some(constraint) if constraint.starts_with("tasks_") => ToolError::ActionOvertaken(1),
        _ => error.into(),
    }
}
