//! Takes back what was done to the caller's tasks.

use task_actions::{UNDO, turn_action};
use task_model::types::{Action, ActionChoice, Caller, ToolError};

tool_bindings::export! { undo_action::undo_action(ActionChoice) -> Action = undo_action }

/// Takes an action back: all that it did to tasks, or nothing.
///
/// # Errors
/// Forbidden, also when tasks would be deleted by who may not; invalid when the id is none; action not found; action overtaken;
/// unavailable or internal by the database.
async fn undo_action(caller: &Caller, input: ActionChoice) -> Result<Action, ToolError> {
    turn_action(caller, &input, &UNDO).await
}
