//! Doing something with the tasks a person describes.

use super::apply::apply;
use super::identify::{Identified, identify};
use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::intents::{DueChange, Target, TaskAction};
use crate::memory::{Outcome, Question};
use crate::replies::{escaped, numbered, quoted};
use crate::tasks::Task;
use task_language::{Draft, When};

/// At most this many candidates are offered for choice.
const MAX_CHOICES: usize = 10;

/// Identifies the tasks, does what is to be done with those that are known, and asks about the first that is not.
pub fn apply_to_targets(
    action: &TaskAction,
    targets: &[Target],
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    let found: Vec<Result<Identified, CallError>> = targets
        .iter()
        .enumerate()
        .map(|(at, target)| identify(action, target, &at.to_string(), context))
        .collect();
    if found.iter().any(|found| matches!(found, Err(CallError::Pending))) {
        return Err(CallError::Pending);
    }
    let mut known: Vec<Task> = Vec::new();
    let mut from_memory = false;
    let mut words: Vec<String> = Vec::new();
    let mut question: Option<(String, Question)> = None;
    for found in found {
        match found {
            Ok(Identified::Known { tasks, remembered }) => {
                from_memory |= remembered;
                known.extend(tasks);
            }
            Ok(Identified::Unsure(tasks)) if question.is_none() => {
                question = Some(ask_which(action, tasks, context))
            }
            Ok(Identified::Unsure(tasks)) => {
                let names: Vec<String> = tasks.iter().take(3).map(|task| quoted(&task.title)).collect();
                words.push(format!(
                    "Several tasks fit here too: {}. Say that one again after this.",
                    names.join(", ")
                ));
            }
            Ok(Identified::Near(tasks)) if question.is_none() => {
                question = Some(ask_whether(action, tasks, context));
            }
            Ok(Identified::Near(tasks)) => {
                let names: Vec<String> = tasks.iter().take(3).map(|task| quoted(&task.title)).collect();
                words.push(format!("Only {} comes near that too.", names.join(", ")));
            }
            Ok(Identified::Nothing { said, otherwise })
                if otherwise.is_empty()
                    && question.is_none()
                    && targets.len() == 1
                    && told_when(action).is_some() =>
            {
                let title = task_language::capitalised(&said);
                let text = format!("I couldn't find a task matching “{}”. Add it?", escaped(&said));
                let draft = Draft { title, when: told_when(action).cloned(), ..Draft::default() };
                question = Some((text, Question::AddIt(Box::new(draft))));
            }
            Ok(Identified::Nothing { said, otherwise }) => {
                words.push(explain_nothing_found(action, &said, &otherwise))
            }
            Ok(Identified::Nobody) if question.is_none() => {
                question = Some((
                    "Which task do you mean? Name it with a word or two.".to_owned(),
                    Question::WhichTask(action.clone()),
                ));
            }
            Ok(Identified::Nobody) => {}
            Err(error) => {
                let reason = describe_call_error(error, None)?;
                if !words.contains(&reason) {
                    words.push(reason);
                }
            }
        }
    }
    let mut seen: Vec<String> = Vec::new();
    known.retain(|task| {
        !seen.contains(&task.id) && {
            seen.push(task.id.clone());
            true
        }
    });
    let mut outcome =
        if known.is_empty() { Outcome::default() } else { apply(action, &known, from_memory, context)? };
    for words in words {
        outcome = outcome.and(Outcome::words(words));
    }
    Ok(match question {
        Some((text, question)) => outcome.and(Outcome::asking(text, question)),
        None => outcome,
    })
}

/// The day or time that a task shall be due.
fn told_when(action: &TaskAction) -> Option<&When> {
    match action {
        TaskAction::Reschedule(DueChange::To(when)) => Some(when),
        _ => None,
    }
}

/// Asks whether a task that is called alike is meant.
fn ask_whether(action: &TaskAction, tasks: Vec<Task>, context: &Context<'_, '_>) -> (String, Question) {
    match tasks.as_slice() {
        [only] => (
            format!("I found nothing called so. Do you mean {}?", quoted(&only.title)),
            Question::IsIt { action: action.clone(), tasks },
        ),
        _ => {
            let (text, question) = ask_which(action, tasks, context);
            (format!("I found nothing called so. {text}"), question)
        }
    }
}

/// Asks which of several tasks is meant.
pub fn ask_which(
    action: &TaskAction,
    mut candidates: Vec<Task>,
    context: &Context<'_, '_>,
) -> (String, Question) {
    candidates.truncate(MAX_CHOICES);
    let text = format!("Which one do you mean?\n{}", numbered(&candidates, 0, context.clock));
    (text, Question::Which { action: action.clone(), candidates })
}

/// Nothing fits; or what fits is done already, or open still.
fn explain_nothing_found(action: &TaskAction, said: &str, otherwise: &[Task]) -> String {
    match (action, otherwise) {
        (TaskAction::Complete, [only]) => format!("{} is already done.", quoted(&only.title)),
        (TaskAction::Reopen, [only]) => format!("{} is already open.", quoted(&only.title)),
        (_, [only]) => format!(
            "{} is done already. Say “reopen {}” first to change it.",
            quoted(&only.title),
            escaped(&only.title)
        ),
        _ => format!(
            "I couldn't find a task matching “{}”. Say “show my tasks” to see what there is.",
            escaped(said)
        ),
    }
}
