//! Finding tasks by words.

use super::identify::{Wanted, find};
use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::memory::Outcome;
use crate::replies::{escaped, numbered};

/// Shows the tasks that words describe: open ones, else done ones, else those that are called alike.
pub fn search(said: &str, words: &[String], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let found = match find(words, Wanted::Open, "", context) {
        Ok(found) => found,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let said = escaped(said);
    let (head, tasks) = if !found.first.exact.is_empty() {
        (format!("About “{said}”:"), found.first.exact)
    } else if !found.otherwise.is_empty() {
        (format!("Nothing open about “{said}”, but this is done:"), found.otherwise)
    } else if !found.first.near.is_empty() {
        (format!("Nothing about “{said}”, but perhaps you mean this:"), found.first.near)
    } else {
        return Ok(Outcome::words(format!("I couldn't find a task about “{said}”.")));
    };
    let text = format!("{head}\n{}", numbered(&tasks, 0, context.clock));
    Ok(Outcome { text, shown: Some(tasks), page: Some(None), ..Outcome::default() })
}
