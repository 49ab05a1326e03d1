//! Doing with another task what was done with the wrong one.

use super::apply_to_targets::apply_to_targets;
use super::undo::undo;
use super::{Context, unknown};
use crate::calls::CallError;
use crate::intents::Target;
use crate::memory::Outcome;

/// Takes the last changes back, and makes them of the tasks that were meant.
pub fn instead(targets: &[Target], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let Some(action) = context.memory.action.clone().filter(|_| !context.memory.last_changes().is_empty())
    else {
        return Ok(unknown("that"));
    };
    let undone = undo(context)?;
    Ok(undone.and(apply_to_targets(&action, targets, context)?))
}
