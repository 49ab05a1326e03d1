//! Answers to questions: "2", "the almond one", "never mind", "to thursday".

use super::apply::apply;
use super::apply_to_targets::ask_which;
use super::{Context, add, lists, perform};
use crate::calls::CallError;
use crate::intents::target::{places, targets, without_frame};
use crate::intents::{DueChange, Intent, ListRequest, Target, TaskAction, answered, drafts, is_cancel};
use crate::memory::{Outcome, Question};
use crate::tasks::{Task, among, content_words};
use crate::text::{Word, without_politeness};
use task_language::title;
use task_language::{Draft, Due, find, join, length, whole};
use yes_or_no::Reply;

const LEFT_AS_IT_IS: &str = "OK, I left everything as it is.";

/// Answers the question that waits, if the words do; `None` when they are about something else. `read` is what the words
/// mean on their own.
pub fn answer(
    question: &Question,
    words: &[Word],
    read: &[Intent],
    context: &mut Context<'_, '_>,
) -> Option<Result<Outcome, CallError>> {
    let words = without_politeness(words);
    let added = match question {
        Question::MaybeWhen(tasks) => Some(tasks),
        _ => None,
    };
    if let Some(tasks) = added {
        let when = whole(words, context.clock)?;
        // What has a day gets a time; another day is said as a correction.
        if tasks.iter().any(|task| task.due.is_some()) && (when.day.is_some() || !when.has_time()) {
            return None;
        }
        return Some(apply(&TaskAction::Reschedule(DueChange::To(when)), tasks, true, context));
    }
    if is_cancel(words) {
        return Some(Ok(Outcome::words(LEFT_AS_IT_IS)));
    }
    // A request that is said as such is a new one; a mere name can be an answer.
    let vague = read.iter().all(|intent| {
        matches!(intent, Intent::Unknown(_) | Intent::Add(_) | Intent::SmallTalk(_) | Intent::AskWhatToAdd)
    });
    match question {
        Question::Which { action, candidates } => chosen(action, candidates, words, vague, context),
        Question::MaybeWhen(_) => None,
        Question::IsList(intent) => yes(words).then(|| perform(intent, context)),
        Question::MakeList { name, intent } => {
            let make = yes(words) || matches!(read, [Intent::OnLists(ListRequest::AskName)]);
            make.then(|| lists::make_missing(name, intent, context))
        }
        Question::ListName => {
            let name = vague.then(|| answered(words)).flatten()?;
            Some(perform(&Intent::OnLists(ListRequest::Make(name)), context))
        }
        Question::IsIt { action, tasks } => yes(words).then(|| apply(action, tasks, true, context)),
        Question::AddAnother { draft, task } => {
            let says = |keys: &[&str]| words.iter().any(|word| word.is(keys));
            let when = draft.when.clone().filter(|_| says(&["move", "change", "reschedule", "update"]));
            match when {
                Some(when) => {
                    let action = TaskAction::Reschedule(DueChange::To(when));
                    Some(apply(&action, std::slice::from_ref(task), true, context))
                }
                None => {
                    let another =
                        yes(words) || (words.len() <= 4 && says(&["another", "anyway", "add", "both"]));
                    another.then(|| add::add_all(std::slice::from_ref(draft), context))
                }
            }
        }
        Question::AddIt(draft) => yes(words).then(|| add::add_all(std::slice::from_ref(draft), context)),
        Question::DueWhen(drafts) => {
            let when = whole(words, context.clock)?;
            let dated: Vec<Draft> = drafts
                .iter()
                .map(|draft| Draft { when: Some(when.clone()), ..draft.without_doubt() })
                .collect();
            Some(add::add_all(&dated, context))
        }
        Question::When(tasks) => {
            let words = match words.split_first() {
                Some((first, rest))
                    if first.is(&["to", "until", "for", "make", "say"]) && !rest.is_empty() =>
                {
                    rest
                }
                _ => words,
            };
            let change = match (whole(words, context.clock), length(words, context.clock)) {
                (Some(when), _) => DueChange::To(when),
                (None, Some(by)) => DueChange::By(by, None),
                (None, None) => return None,
            };
            Some(apply(&TaskAction::Reschedule(change), tasks, true, context))
        }
        Question::NewTitle(tasks) => {
            let renamed = vague.then(|| title(words)).flatten()?;
            Some(apply(&TaskAction::Rename(renamed), tasks, true, context))
        }
        Question::WhatToAdd => {
            let said_so = read.iter().any(|intent| matches!(intent, Intent::Add(_)));
            let drafts = (vague && !said_so).then(|| drafts(words, context.clock, true)).flatten()?;
            Some(add::add(&drafts, context))
        }
        Question::WhichTask(action) => {
            let targets = targets(words);
            let named = vague && !targets.is_empty() && words.len() <= 8;
            named.then(|| perform(&Intent::ApplyToTargets { action: action.clone(), targets }, context))
        }
    }
}

fn yes(words: &[Word]) -> bool {
    yes_or_no::read(&join(words)) == Reply::Yes
}

fn chosen(
    action: &TaskAction,
    candidates: &[Task],
    words: &[Word],
    vague: bool,
    context: &mut Context<'_, '_>,
) -> Option<Result<Outcome, CallError>> {
    if let Some(places) = places(words) {
        let tasks: Option<Vec<Task>> = places
            .iter()
            .map(|place| if *place == 0 { candidates.last() } else { candidates.get(place - 1) }.cloned())
            .collect();
        return Some(match tasks {
            Some(tasks) => apply(action, &tasks, true, context),
            None => {
                let (text, question) = ask_which(action, candidates.to_vec(), context);
                Ok(Outcome::asking(format!("There are only {}. {text}", candidates.len()), question))
            }
        });
    }
    if targets(words) == [Target::Them] {
        return Some(apply(action, candidates, true, context));
    }
    if !vague {
        return None;
    }
    let by_day = due_then(candidates, words, context);
    let tasks =
        if by_day.len() == 1 { by_day } else { among(&content_words(without_frame(words)), candidates) };
    match tasks.len() {
        0 => None,
        1 => Some(apply(action, &tasks, true, context)),
        _ => {
            let (text, question) = ask_which(action, tasks, context);
            Some(Ok(Outcome::asking(text, question)))
        }
    }
}

/// "the one due tomorrow"
fn due_then(candidates: &[Task], words: &[Word], context: &Context<'_, '_>) -> Vec<Task> {
    let Some(day) = find(words, context.clock).into_iter().find_map(|found| found.when.day) else {
        return Vec::new();
    };
    let due =
        |task: &Task| task.due.as_deref().and_then(|due| Due::parse(due, context.clock)).map(|due| due.day());
    candidates.iter().filter(|task| due(task) == Some(day)).cloned().collect()
}
