//! Lists: which one a name means, making, renaming and deleting them.

use serde_json::{Value, json};

use super::apply::apply;
use super::labels::with_labels;
use super::{Context, describe_call_error, perform};
use crate::calls::CallError;
use crate::changes::Change;
use crate::intents::{Intent, ListChoice, ListRequest, Listing, TaskAction};
use crate::memory::{Outcome, Question};
use crate::replies::{count, escaped, quoted};
use crate::tasks::{NamedList, Task, TaskList, content_words, list_named};
use crate::text::words;
use task_language::capitalised;

/// An intent whose lists are known, or what is to be said instead.
pub enum Settled {
    Go(Box<Intent>),
    Say(Box<Outcome>),
}

/// The list that a name means; nothing where there is none of that name.
pub fn known(name: &str, context: &mut Context<'_, '_>) -> Result<Option<TaskList>, CallError> {
    Ok(match list_named(name, &all(context)?) {
        NamedList::Known(list) => Some(list),
        NamedList::Near(_) | NamedList::Nothing => None,
    })
}

fn all(context: &mut Context<'_, '_>) -> Result<Vec<TaskList>, CallError> {
    context.call("lists", "list_lists", &json!({})).map(|answer| TaskList::read_all(&answer))
}

/// Finds out which lists the intent names. One that is only called alike is asked about.
pub fn settle(intent: &Intent, context: &mut Context<'_, '_>) -> Result<Settled, CallError> {
    if let Intent::IfList { name, then, otherwise } = intent {
        let is_there = context.calls.offers("list_lists") && known(name, context)?.is_some();
        return settle(if is_there { then } else { otherwise }, context);
    }
    if let Intent::ApplyToList { action, listing } = intent
        && let Some(name) = listing.about.as_ref().filter(|_| listing.list.is_none())
        && context.calls.offers("list_lists")
        && let Some(list) = known(name, context)?
    {
        let list = Some(ListChoice { name: list.name, id: Some(list.id), is_guess: false });
        let listing = Listing { list, about: None, ..listing.clone() };
        return settle(&Intent::ApplyToList { action: action.clone(), listing }, context);
    }
    let mut names: Vec<String> = intent.unknown_lists().iter().map(|choice| choice.name.clone()).collect();
    if let Intent::Add(drafts) = intent {
        names.extend(drafts.iter().filter_map(|draft| draft.list.clone()));
        names.retain(|name| !ListChoice::named(name).is_inbox());
    }
    if !context.calls.offers("list_lists") {
        return Ok(Settled::Go(Box::new(with_labels(intent))));
    }
    if names.is_empty() {
        return Ok(Settled::Go(Box::new(intent.clone())));
    }
    let lists = match all(context) {
        Ok(lists) => lists,
        Err(error) => return describe_call_error(error, None).map(|words| say(Outcome::words(words))),
    };
    let mut settled = intent.clone();
    for name in names {
        match list_named(&name, &lists) {
            NamedList::Known(list) => {
                let choice = ListChoice { name: list.name, id: Some(list.id), is_guess: false };
                settled = settled.with_list(&name, &choice);
            }
            NamedList::Near(list) if !is_guess(intent) => {
                let text = format!(
                    "There is no list called “{}”. Do you mean {}?",
                    escaped(&name),
                    quoted(&list.name)
                );
                let choice = ListChoice { name: list.name, id: Some(list.id), is_guess: false };
                let intent = Box::new(settled.with_list(&name, &choice));
                return Ok(say(Outcome::asking(text, Question::IsList(intent))));
            }
            NamedList::Near(_) | NamedList::Nothing => {
                if let Some(settled) = without_list(&settled, &name) {
                    return Ok(settled);
                }
            }
        }
    }
    Ok(Settled::Go(Box::new(settled)))
}

fn say(outcome: Outcome) -> Settled {
    Settled::Say(Box::new(outcome))
}

fn is_guess(intent: &Intent) -> bool {
    intent.unknown_lists().iter().any(|choice| choice.is_guess)
}

/// What becomes of an intent that names a list that is not there; nothing when it is done all the same.
fn without_list(intent: &Intent, name: &str) -> Option<Settled> {
    let offered = || {
        let text = format!("There is no list called {}. Make it?", quoted(&capitalised(name)));
        let question = Question::MakeList { name: name.to_owned(), intent: Box::new(intent.clone()) };
        Some(say(Outcome::asking(text, question)))
    };
    match intent {
        // The list is made once there is something to put into it.
        Intent::Add(_) => None,
        Intent::ApplyToTargets { action: TaskAction::MoveTo(choice), .. } if choice.name == name => None,
        Intent::List(listing) if listing.list.as_ref().is_some_and(|choice| choice.is_guess) => {
            let words = content_words(&words(name));
            Some(Settled::Go(Box::new(Intent::Search { said: name.to_owned(), words })))
        }
        Intent::ApplyToTargets { .. } => offered(),
        Intent::ApplyToList { action: TaskAction::MoveTo(choice), .. } if choice.name == name => offered(),
        Intent::List(_) => offered(),
        _ => {
            let name = quoted(&capitalised(name));
            Some(say(Outcome::words(format!(
                "There is no list called {name}. “What lists do I have?” shows them."
            ))))
        }
    }
}

/// Does what is to be done with a list itself.
pub fn on_lists(request: &ListRequest, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    match request {
        ListRequest::Show => show(context),
        ListRequest::AskName => Ok(Outcome::asking("What should the list be called?", Question::ListName)),
        ListRequest::Make(name) => make(name, context),
        ListRequest::Rename(choice, _) | ListRequest::Delete(choice) if choice.is_inbox() => {
            Ok(Outcome::words("The inbox stays as it is: it holds the tasks that are in no list."))
        }
        ListRequest::Rename(choice, name) => {
            let input = json!({"id": choice.id, "name": name});
            done(context.call("list", "update_list", &input), &choice.name, |answer| {
                let list = TaskList::read(answer);
                let mut outcome = Outcome::words(format!(
                    "The list {} is now called {}.",
                    quoted(&choice.name),
                    quoted(name)
                ));
                outcome
                    .changes
                    .extend(list.map(|list| Change::ListRenamed { list, before: choice.name.clone() }));
                outcome
            })
        }
        ListRequest::Delete(choice) => {
            done(context.call("list", "delete_list", &json!({"id": choice.id})), &choice.name, |answer| {
                let moved = answer.get("moved_count").and_then(Value::as_u64).unwrap_or_default();
                let moved = usize::try_from(moved).unwrap_or(usize::MAX);
                let tasks = match moved {
                    0 => "It was empty.".to_owned(),
                    1 => "1 task of it is in the inbox now.".to_owned(),
                    _ => format!("{} of it are in the inbox now.", count(moved, "task")),
                };
                let mut outcome =
                    Outcome::words(format!("Deleted the list {}. {tasks}", quoted(&choice.name)));
                outcome.changes.push(Change::ListDeleted(choice.name.clone()));
                outcome
            })
        }
    }
}

fn done(
    answer: Result<Value, CallError>,
    name: &str,
    then: impl FnOnce(&Value) -> Outcome,
) -> Result<Outcome, CallError> {
    match answer {
        Ok(answer) => Ok(then(&answer)),
        Err(error) => describe_call_error(error, Some(name)).map(Outcome::words),
    }
}

fn make(name: &str, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    match known(name, context) {
        Ok(Some(list)) => {
            return Ok(Outcome::words(format!("You already have a list called {}.", quoted(&list.name))));
        }
        Ok(None) => {}
        Err(error) => return describe_call_error(error, Some(name)).map(Outcome::words),
    }
    done(context.call("newlist", "add_list", &json!({"name": name})), name, |answer| {
        let list = TaskList::read(answer);
        let mut outcome = Outcome::words(format!("Made the list {}.", quoted(name)));
        outcome.changes.extend(list.map(Change::ListAdded));
        outcome
    })
}

/// Makes the list that was missing, and does what it was missing for.
pub fn make_missing(
    name: &str,
    intent: &Intent,
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    let made = make(&capitalised(name), context)?;
    let Some(choice) = made_choice(&made) else { return Ok(made) };
    match intent {
        Intent::List(_) => Ok(made),
        intent => {
            let then = perform(&intent.with_list(name, &choice), context)?;
            Ok(made.and(then))
        }
    }
}

/// Moves tasks into a list that is not there: it is made for them.
pub fn move_into_new(
    name: &str,
    tasks: &[Task],
    context: &mut Context<'_, '_>,
) -> Result<Outcome, CallError> {
    let made = make(&capitalised(name), context)?;
    let Some(choice) = made_choice(&made) else { return Ok(made) };
    let then = apply(&TaskAction::MoveTo(choice), tasks, true, context)?;
    Ok(made.and(then))
}

/// The list that was made.
fn made_choice(made: &Outcome) -> Option<ListChoice> {
    let [Change::ListAdded(list)] = made.changes.as_slice() else { return None };
    Some(ListChoice { name: list.name.clone(), id: Some(list.id.clone()), is_guess: false })
}

fn show(context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let answer = match context.call("lists", "list_lists", &json!({})) {
        Ok(answer) => answer,
        Err(error) => return describe_call_error(error, None).map(Outcome::words),
    };
    let lists = TaskList::read_all(&answer);
    if lists.is_empty() {
        return Ok(Outcome::words(
            "You have no lists yet: all tasks are in the inbox. “Make a list called Trips” makes one.",
        ));
    }
    let number = |open: u64| count(usize::try_from(open).unwrap_or(usize::MAX), "open task");
    let inbox = answer.get("inbox_open_count").and_then(Value::as_u64).unwrap_or_default();
    let mut lines: Vec<String> = lists
        .iter()
        .map(|list| format!("- **{}**: {}", escaped(&list.name), number(list.open_count)))
        .collect();
    lines.push(format!("- The inbox: {}", number(inbox)));
    Ok(Outcome::words(format!("Your lists ({}):\n{}", lists.len(), lines.join("\n"))))
}
