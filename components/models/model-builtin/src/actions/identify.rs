//! Finding the task that a person describes.

use serde_json::{Value, json};

use super::Context;
use crate::calls::CallError;
use crate::intents::{Target, TaskAction};
use crate::tasks::{Page, Task, best_matches, similarity};

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
    pub open: Vec<Task>,
    pub done: Vec<Task>,
}

/// The tasks that a target means.
pub enum Identified {
    Known {
        tasks: Vec<Task>,
        /// They were read a while ago, for an earlier request.
        remembered: bool,
    },
    Unsure(Vec<Task>),
    Nothing {
        said: String,
        /// Those that were described, but are done already (or open still).
        otherwise: Vec<Task>,
    },
    /// "It", and nothing was spoken of.
    Nobody,
}

/// What a search of the tool answers is taken when it fits at least so well.
const FOUND_FITS: f64 = 0.3;

/// What a list of all tasks holds is taken only when it fits so well.
const GUESS_FITS: f64 = 0.62;

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
    let Found { open, done } = find(words, wanted, step, context)?;
    let (first, otherwise) = match wanted {
        Wanted::Open => (open, done),
        Wanted::Done => (done, open),
        Wanted::Any => (best_matches(words, &[open, done].concat(), 0.0), Vec::new()),
    };
    Ok(match first.len() {
        0 if *action == TaskAction::Show && otherwise.len() == 1 => {
            Identified::Known { tasks: otherwise, remembered: false }
        }
        0 => Identified::Nothing { said: said.clone(), otherwise },
        1 => Identified::Known { tasks: first, remembered: false },
        _ => Identified::Unsure(first),
    })
}

/// Searches for words; where nothing is found, looks through the list for what was meant, typos allowed.
pub fn find(
    words: &[String],
    wanted: Wanted,
    step: &str,
    context: &mut Context<'_, '_>,
) -> Result<Found, CallError> {
    let query: String = words.join(" ").chars().take(200).collect();
    let first =
        Page::read(&context.call(&format!("find{step}"), "search_tasks", &search_input(&query, wanted))?)
            .items;
    let found = split(words, &first, FOUND_FITS);
    let enough = match wanted {
        Wanted::Open => !found.open.is_empty(),
        Wanted::Done => !found.done.is_empty(),
        Wanted::Any => !first.is_empty(),
    };
    if enough {
        return Ok(found);
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
    let others = match others {
        Some(answer) => split(words, &Page::read(&answer?).items, FOUND_FITS),
        None => Found::default(),
    };
    let guessed = match list {
        Ok(answer) => split(words, &Page::read(&answer).items, GUESS_FITS),
        Err(CallError::NotAllowed(_)) => Found::default(),
        Err(error) => return Err(error),
    };
    Ok(match wanted {
        Wanted::Open => Found { open: guessed.open, done: others.done },
        Wanted::Done => Found { open: others.open, done: guessed.done },
        Wanted::Any => guessed,
    })
}

fn search_input(query: &str, wanted: Wanted) -> Value {
    match wanted {
        Wanted::Open => json!({"query": query}),
        Wanted::Done => json!({"query": query, "status": "done"}),
        Wanted::Any => json!({"query": query, "status": "all"}),
    }
}

/// The open and the done tasks that fit best.
fn split(words: &[String], tasks: &[Task], least: f64) -> Found {
    let (done, open): (Vec<Task>, Vec<Task>) = tasks.iter().cloned().partition(Task::is_done);
    Found { open: best_matches(words, &open, least), done: best_matches(words, &done, least) }
}

/// The candidates that the words describe better than the others.
pub fn among(words: &[String], candidates: &[Task]) -> Vec<Task> {
    // Words that all candidates share say nothing about which of them is meant.
    let telling: Vec<String> = words
        .iter()
        .filter(|word| {
            let one = [(*word).clone()];
            !candidates.iter().all(|task| similarity(&one, task) > 0.5)
        })
        .cloned()
        .collect();
    if telling.is_empty() {
        return Vec::new();
    }
    best_matches(&telling, candidates, 0.6)
}
