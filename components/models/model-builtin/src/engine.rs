//! One turn: from a conversation to calls or words.

use crate::actions::{Context, answer, perform, unknown};
use crate::calls::{CallError, Calls, MAX_ROUNDS};
use crate::conversation::{Event, ToolCall, Turn};
use crate::history::{History, Request};
use crate::intents;
use crate::memory::{Memory, Outcome};
use crate::text::{MAX_CHARACTERS, words};
use task_language::Clock;

/// Continues a conversation: with calls, to be made and answered before the next turn, or with words.
pub fn respond(turn: &Turn) -> Vec<Event> {
    let clock = Clock::new(turn.now, &turn.time_zone);
    let history = History::read(&turn.messages);
    let mut memory = Memory::default();
    for request in &history.earlier {
        let mut calls = Calls::replayed(request, &turn.tools);
        match step(request, &memory, &clock, &mut calls) {
            Ok(outcome) => memory.remember(&outcome),
            Err(_) => {
                let answers =
                    request.calls.iter().filter_map(|(call, result)| Some((call, result.as_ref()?)));
                memory.remember_answers(
                    answers
                        .filter(|(_, result)| !result.failed)
                        .map(|(call, result)| (call.name.as_str(), result.json())),
                );
            }
        }
    }
    let request = &history.current;
    if request.rounds >= MAX_ROUNDS {
        return reply_with(
            "Sorry, that took more steps than it should, so I stopped. Please try it in smaller pieces.",
        );
    }
    let mut calls = Calls::new(request, &turn.tools, format!("{:x}", turn.now));
    match step(request, &memory, &clock, &mut calls) {
        Ok(outcome) => reply_with(&outcome.text),
        Err(_) => call_with(calls.into_requested()),
    }
}

/// Answers one request, as far as its results allow.
fn step(
    request: &Request,
    memory: &Memory,
    clock: &Clock,
    calls: &mut Calls<'_>,
) -> Result<Outcome, CallError> {
    if request.said.chars().nth(MAX_CHARACTERS).is_some() {
        return Ok(Outcome::words(
            "That's more than I can take in at once. Please send it in pieces of up to 4,000 characters.",
        ));
    }
    let words = words(&request.said);
    let intents = intents::read(&words, clock);
    if let Some(question) = &memory.question {
        let mut context = Context { clock, memory, calls, part: "a".to_owned() };
        if let Some(answered) = answer(question, &words, &intents, &mut context) {
            return answered;
        }
    }
    if intents.is_empty() {
        return Ok(unknown(&request.said));
    }
    let mut memory = memory.clone();
    let mut outcome = Outcome::default();
    let mut waiting = false;
    for (at, intent) in intents.iter().enumerate() {
        // What refers to "it" needs the part before it to be finished.
        if waiting && intent.refers_back() {
            break;
        }
        let mut context = Context { clock, memory: &memory, calls, part: format!("{at}.") };
        match perform(intent, &mut context) {
            Ok(part) => {
                memory.note_mentions(&part);
                outcome = outcome.and(part);
            }
            Err(_) => waiting = true,
        }
    }
    if waiting { Err(CallError::Pending) } else { Ok(outcome) }
}

fn call_with(calls: Vec<ToolCall>) -> Vec<Event> {
    if calls.is_empty() {
        // A call was asked for before and never answered: nothing more can come of it.
        return reply_with("Sorry, I got no answer from your task list. Please say that again.");
    }
    calls.into_iter().map(Event::ToolCall).chain([Event::End]).collect()
}

/// Words, a line at a time.
fn reply_with(text: &str) -> Vec<Event> {
    let lines = text.split_inclusive('\n').map(|line| Event::Text(line.to_owned()));
    lines.chain([Event::End]).collect()
}
