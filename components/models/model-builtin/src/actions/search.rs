//! Finding tasks by words.

use super::identify::{Found, find};
use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::memory::Outcome;
use crate::replies::{escaped, numbered};

/// Shows the tasks that words describe: open ones, else done ones.
pub fn search(said: &str, words: &[String], context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let found = match find(words, Wanted::Open, "", context) {
        Ok(found) => found,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let said = escaped(said);
    let (text, tasks) = match found {
        Found { open, .. } if !open.is_empty() => {
            (format!("About “{said}”:\n{}", numbered(&open, 0, context.clock)), open)
        }
        Found { done, .. } if !done.is_empty() => (
            format!("Nothing open about “{said}”, but this is done:\n{}", numbered(&done, 0, context.clock)),
            done,
        ),
        _ => return Ok(Outcome::words(format!("I couldn't find a task about “{said}”."))),
    };
    Ok(Outcome { text, shown: Some(tasks), page: Some(None), ..Outcome::default() })
}

pub use super::identify::Wanted;
