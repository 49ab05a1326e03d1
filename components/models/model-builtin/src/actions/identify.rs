//! Finding the task that a person describes.

use serde_json::{Value, json};

use super::Context;
use crate::calls::CallError;
use crate::intents::{Target, TaskAction};
use crate::tasks::{Matches, Page, Task, best_matches};

/// Which tasks come into question first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    Open,
    Done,
    /// Both alike.
    Any,
}

/// What was found, best first.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Those that came into question first.
    pub first: Matches,
    /// Those that are done already, or open still.
    pub otherwise: Vec<Task>,
}

/// The tasks that a target means.
pub enum Identified {
    Known {
        tasks: Vec<Task>,
        /// They were read a while ago, for an earlier request.
        remembered: bool,
    },
    Unsure(Vec<Task>),
    /// Only like what was said.
    Near(Vec<Task>),
    Nothing {
        said: String,
        /// Those that were described, but are done already (or open still).
        otherwise: Vec<Task>,
    },
    /// "It", and nothing was spoken of.
    Nobody,
}

/// Finds the tasks that a target means.
pub fn identify(
    action: &TaskAction,
    target: &Target,
    step: &str,
    context: &mut Context<'_, '_>,
) -> Result<Identified, CallError> {
    let Target::Named { said, words } = target else {
        let tasks = context.memory.resolve_reference(target);
        if !tasks.is_empty() {
            return Ok(Identified::Known { tasks, remembered: true });
        }
        let could_be = context.memory.could_be_it();
        return Ok(if *target == Target::It && could_be.len() > 1 {
            Identified::Unsure(could_be.to_vec())
        } else {
            Identified::Nobody
        });
    };
    let wanted = match action {
        TaskAction::Reopen => Wanted::Done,
        TaskAction::Delete => Wanted::Any,
        _ => Wanted::Open,
    };
    let Found { first: Matches { exact, near }, otherwise } = find(words, wanted, step, context)?;
    Ok(match (exact.len(), otherwise.len()) {
        (0, 1) if *action == TaskAction::Show => Identified::Known { tasks: otherwise, remembered: false },
        // A question does no harm.
        (0, 0) if *action == TaskAction::Show && near.len() == 1 => {
            Identified::Known { tasks: near, remembered: false }
        }
        (0, 0) if !near.is_empty() => Identified::Near(near),
        (0, _) => Identified::Nothing { said: said.clone(), otherwise },
        (1, _) => Identified::Known { tasks: exact, remembered: false },
        _ => Identified::Unsure(exact),
    })
}

/// Searches for words; where nothing is found, looks through the list for what was meant.
pub fn find(
    words: &[String],
    wanted: Wanted,
    step: &str,
    context: &mut Context<'_, '_>,
) -> Result<Found, CallError> {
    let query: String = words.join(" ").chars().take(200).collect();
    let answer = context.call(&format!("find{step}"), "search_tasks", &search_input(&query, wanted))?;
    let first = best_matches(words, &Page::read(&answer).items);
    if !first.exact.is_empty() {
        return Ok(Found { first, otherwise: Vec::new() });
    }
    let (other, listed) = match wanted {
        Wanted::Open => (Some(Wanted::Done), "open"),
        Wanted::Done => (Some(Wanted::Open), "done"),
        Wanted::Any => (None, "all"),
    };
    let others = other
        .map(|other| context.call(&format!("other{step}"), "search_tasks", &search_input(&query, other)));
    let mut list = json!({"status": listed, "limit": 100});
    if wanted != Wanted::Open
        && let Some(fields) = list.as_object_mut()
    {
        // Of many done tasks, the latest are the likely ones.
        fields.insert("sort".to_owned(), json!("updated"));
        fields.insert("direction".to_owned(), json!("descending"));
    }
    let list = context.call(&format!("guess{step}"), "list_tasks", &list);
    let otherwise = match others {
        Some(answer) => best_matches(words, &Page::read(&answer?).items).exact,
        None => Vec::new(),
    };
    let first = match list {
        Ok(answer) => best_matches(words, &Page::read(&answer).items),
        Err(CallError::NotAllowed(_)) => first,
        Err(error) => return Err(error),
    };
    Ok(Found { first, otherwise })
}

fn search_input(query: &str, wanted: Wanted) -> Value {
    match wanted {
        Wanted::Open => json!({"query": query}),
        Wanted::Done => json!({"query": query, "status": "done"}),
        Wanted::Any => json!({"query": query, "status": "all"}),
    }
}
