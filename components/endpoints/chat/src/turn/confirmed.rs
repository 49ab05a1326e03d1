//! What a yes runs: the held calls, each sent again with what its question was answered by. The tools' server makes sure
//! that things still are as the question said.

use serde_json::{Map, Value};
use task_model::consent::says_only_which;
use task_model::types::Consent;

use super::ask::Waiting;
use super::{Lease, Progress, Run};
use crate::tools::{Asking, Called, Tools};
use crate::transcript::{Call, Outcome, PendingCall, Question, Retry, Step};

/// The kind of problem that says that something is not as it was when the person was asked.
const CHANGED: &str = "/problems/version-conflict";
/// What the result of such a call says while it is asked about anew.
const NOT_AS_SHOWN: &str = "This was not done: something about it changed since the person was asked.";
/// The same where the yes came too late.
const NO_LONGER: &str = "This was not done: the person's answer no longer counts.";
/// What the person is told before the new question.
const ASKED_ANEW: &str = "Something changed since I asked, so I left that as it is.";
/// The same where nothing changed, but the yes came too late or is of a question that an earlier release asked.
const ASKED_AGAIN: &str = "I can no longer go by that answer, so I left that as it is and ask again.";

/// Why a call that was agreed to is not made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undone {
    /// Something is not as it was shown.
    Changed,
    /// The yes no longer counts.
    Lapsed,
}

impl<T: Tools, P: Progress, L: Lease> Run<'_, T, P, L> {
    /// Runs what the person said yes to. Where something is not as it was shown, or the yes no longer counts, nothing is
    /// done with it, and the person is asked anew.
    pub(super) async fn run_confirmed(&mut self, held: Vec<PendingCall>) -> Option<Question> {
        let (mut calls, mut waiting) = (Vec::new(), Vec::new());
        let mut is_changed = false;
        for held in held {
            let (call, asked) = self.run_held(held).await;
            calls.push(call);
            if let Some((undone, asked)) = asked {
                is_changed |= undone == Undone::Changed;
                waiting.push(asked);
            }
        }
        // Nobody is asked where the person has stopped it.
        let question = if self.ended.is_some() { None } else { self.question(waiting) };
        let why = if is_changed { ASKED_ANEW } else { ASKED_AGAIN };
        let text = question.as_ref().map_or_else(String::new, |_| why.to_owned());
        self.steps.push(Step { text, calls });
        if let Some(question) = &question {
            self.stream(why, true);
            self.ask(question);
        }
        question
    }

    /// The call, and what waits if it has to be asked about anew: then it has no outcome.
    async fn run_held(&mut self, held: PendingCall) -> (Call, Option<(Undone, Waiting)>) {
        let PendingCall { id, name, arguments, retry, .. } = held;
        let wording = self.tool(&name).and_then(|tool| tool.wording.clone());
        let mut call = Call { id, name, arguments, outcome: None, wording };
        let undone = match retry {
            // A release before this one asked.
            None => Undone::Lapsed,
            Some(retry) => {
                let Some(undone) = self.run_agreed(&mut call, &retry).await else { return (call, None) };
                call.arguments = retry.arguments;
                undone
            }
        };
        if says_only_which(&call.arguments) {
            // Whatever the task is by now, the new question says it.
            call.arguments.remove("version");
        }
        let asked = self.ask_first(&mut call).await;
        (call, asked.map(|waiting| (undone, waiting)))
    }

    /// Sends a call again with the yes. Where it is not made, why.
    async fn run_agreed(&mut self, call: &mut Call, retry: &Retry) -> Option<Undone> {
        self.progress.call(call);
        if !self.may_call().await {
            self.stop(call);
            return None;
        }
        self.has_changed = self.has_changed || !self.is_read_only(&call.name);
        let called = self.call(&call.name, &retry.arguments, Asking::Agreed(retry)).await;
        let (undone, sentence) = match called {
            Called::Done(outcome) if !self.is_not_as_shown(&call.name, &retry.arguments, &outcome) => {
                self.progress.result(call, &outcome);
                call.outcome = Some(outcome);
                return None;
            }
            Called::Done(_) | Called::Asks(_) => (Undone::Changed, NOT_AS_SHOWN),
            Called::Lapsed => (Undone::Lapsed, NO_LONGER),
        };
        self.progress.result(call, &Outcome::failure(sentence));
        Some(undone)
    }

    /// Whether a call that was agreed to was not made since something is not as it was shown. New values were chosen for what a
    /// task was, so there it is for the model to look again.
    fn is_not_as_shown(&self, tool: &str, arguments: &Map<String, Value>, outcome: &Outcome) -> bool {
        let is_conflict = outcome.failed && outcome.content.get("type").is_some_and(|kind| kind == CHANGED);
        let is_about_many = self.tool(tool).is_some_and(|tool| tool.consent == Consent::Many);
        is_conflict && (is_about_many || says_only_which(arguments))
    }
}
