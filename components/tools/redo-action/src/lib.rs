//! Does again what was taken back of the caller's tasks.

use task_actions::{REDO, turn_action};
use task_model::types::{Action, ActionChoice, Caller, ToolError};

tool_bindings::export! { redo_action::redo_action(ActionChoice) -> Action = redo_action }

/// Does an action again that was taken back: all of it, or nothing.
///
/// # Errors
/// Forbidden, also when tasks would be deleted by who may not; invalid when the id is none; action not found; action overtaken;
/// unavailable or internal by the database.
async fn redo_action(caller: &Caller, input: ActionChoice) -> Result<Action, ToolError> {
    turn_action(caller, &input, &REDO).await
}
