//! Doing with another task what was done with the wrong one.

use super::apply_to_targets::apply_to_targets;
use super::undo::undo;
use super::{Context, unknown};
use crate::calls::CallError;
use crate::changes::Change;
use crate::intents::Target;
use crate::memory::{Outcome, Question};
use crate::replies::quoted;

/// Takes the last changes back, and makes them of the tasks that were meant.
pub fn instead(targets: &[Target], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    // A task that was just added is called otherwise.
    if let [Change::Added(task)] = context.memory.last_changes() {
        let text = format!("What should {} be called?", quoted(&task.title));
        let question = Question::NewTitle(vec![task.clone()]);
        return Ok(Outcome { touched: vec![task.clone()], ..Outcome::asking(text, question) });
    }
    let Some(action) = context.memory.action.clone().filter(|_| !context.memory.last_changes().is_empty())
    else {
        return Ok(unknown("that"));
    };
    let undone = undo(context)?;
    Ok(undone.and(apply_to_targets(&action, targets, context)?))
}
