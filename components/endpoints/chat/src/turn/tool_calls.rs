//! The calls of one turn of the model: run at once, or held back until the person says yes.

use futures_util::future::join_all;
use serde_json::{Map, Value};
use task_model::consent::{MAX_UNASKED_CHANGES, is_dry_run};
use task_model::types::Consent;

use super::ask::Waiting;
use super::{Lease, ModelOutput, Progress, Run};
use crate::models::types::ToolCall;
use crate::tools::{Asking, Called, Tool, Tools};
use crate::transcript::{Call, Outcome, Question, Step};

const TOO_MANY: &str = "This was not done: there are too many calls for one message.";
const TOO_LATE: &str = "This was not done: the time for this message is up.";
const NOT_IN_TIME: &str = "There was no answer in time. It is not known whether this was done.";
const NOT_YET: &str = "This was not done: the person has to agree to it first.";
/// What the result of a call says that was not made any more.
pub(super) const STOPPED: &str = "This was not done: the answer was stopped before.";
const NO_OBJECT: &str = "This was not done: the arguments are no JSON object.";

impl<T: Tools, P: Progress, L: Lease> Run<'_, T, P, L> {
    /// Runs the calls that may be run, and asks about the others.
    pub(super) async fn handle_calls(&mut self, heard: ModelOutput) -> Option<Question> {
        let mut calls: Vec<Call> = heard.calls.into_iter().map(|call| self.check(call)).collect();
        let holds_changes = self.would_change_many(&calls);
        let mut waiting = Vec::new();
        if calls.iter().all(|call| call.outcome.is_none() && self.is_read_only(&call.name)) {
            waiting.extend(self.run_together(&mut calls).await);
        } else {
            let is_held = |call: &Call| {
                call.outcome.is_none() && (self.is_held(call) || holds_changes && self.changes_a_task(call))
            };
            let (held, free): (Vec<_>, Vec<_>) = calls.iter_mut().partition(|call| is_held(call));
            for call in free {
                if let Some(outcome) = &call.outcome {
                    self.progress.call(call);
                    self.progress.result(call, outcome);
                } else {
                    self.changes += u32::from(self.changes_a_task(call));
                    waiting.extend(self.run_one(call).await);
                }
            }
            // Asked about last, so that the question is about what the others have left.
            for call in held {
                waiting.extend(self.ask_first(call).await);
            }
        }
        // Nobody is asked where the person has stopped it.
        let question = if self.ended.is_some() { None } else { self.question(waiting) };
        self.steps.push(Step { text: heard.text, calls });
        if let Some(question) = &question {
            self.ask(question);
        }
        question
    }

    /// The call with its arguments read; it already has an outcome if it can't be run.
    fn check(&mut self, call: ToolCall) -> Call {
        let arguments = match call.arguments.trim() {
            "" => Some(Map::new()),
            // PostgreSQL has no such character, and no task needs it.
            text if text.contains("\\u0000") => None,
            text => serde_json::from_str::<Map<String, Value>>(text).ok(),
        };
        self.cost.tool_calls += 1;
        let outcome = if self.cost.tool_calls > self.begin.limits.tool_calls {
            Some(Outcome::failure(TOO_MANY))
        } else if self.tool(&call.name).is_none() {
            Some(Outcome::failure("There is no such tool."))
        } else if arguments.is_none() {
            Some(Outcome::failure(NO_OBJECT))
        } else {
            None
        };
        let wording = self.tool(&call.name).and_then(|tool| tool.wording.clone());
        let arguments = arguments.unwrap_or_default();
        Call { id: self.own_id(call.id), name: call.name, arguments, outcome, wording }
    }

    /// A model may number its calls anew in each turn; within an answer an id names one call.
    fn own_id(&self, id: String) -> String {
        let earlier = self.begin.history.iter().flat_map(|said| &said.steps).chain(&self.steps);
        let is_taken = id.is_empty() || earlier.flat_map(|step| &step.calls).any(|call| call.id == id);
        if is_taken { uuid::Uuid::now_v7().to_string() } else { id }
    }

    /// Makes a call; where the tool's server asks the person all the same, what waits.
    async fn run_one(&mut self, call: &mut Call) -> Option<Waiting> {
        self.progress.call(call);
        if !self.may_call().await {
            self.stop(call);
            return None;
        }
        self.has_changed = self.has_changed || !self.is_read_only(&call.name);
        let called = self.call(&call.name, &call.arguments, Asking::IfNeeded).await;
        self.settle(call, called)
    }

    /// What only reads has no order.
    async fn run_together(&mut self, calls: &mut [Call]) -> Vec<Waiting> {
        calls.iter().for_each(|call| self.progress.call(call));
        if !self.may_call().await {
            calls.iter_mut().for_each(|call| self.stop(call));
            return Vec::new();
        }
        let this = &*self;
        let all = join_all(calls.iter().map(|call| this.call(&call.name, &call.arguments, Asking::IfNeeded)));
        let called = all.await;
        calls.iter_mut().zip(called).filter_map(|(call, called)| self.settle(call, called)).collect()
    }

    /// Calls a tool, as far as there is time.
    pub(super) async fn call(
        &self,
        name: &str,
        arguments: &Map<String, Value>,
        asking: Asking<'_>,
    ) -> Called {
        if self.deadline.has_passed() {
            return Called::Done(Outcome::failure(TOO_LATE));
        }
        let called = self.deadline.within(self.tools.call(name, arguments, asking)).await;
        called.unwrap_or_else(|| Called::Done(Outcome::failure(NOT_IN_TIME)))
    }

    /// Says of a call that was said to begin that it was not made.
    pub(super) fn stop(&mut self, call: &mut Call) {
        let outcome = Outcome::failure(STOPPED);
        self.progress.result(call, &outcome);
        call.outcome = Some(outcome);
    }

    /// Takes in what came of a call that was said to have begun.
    fn settle(&mut self, call: &mut Call, called: Called) -> Option<Waiting> {
        match called {
            Called::Done(outcome) => {
                self.progress.result(call, &outcome);
                call.outcome = Some(outcome);
                None
            }
            Called::Asks(asked) => {
                self.progress.result(call, &Outcome::failure(NOT_YET));
                Some(self.wait(call, *asked))
            }
            // Only a yes can lapse.
            Called::Lapsed => self.settle(call, Called::Done(Outcome::failure(NOT_YET))),
        }
    }

    pub(super) fn is_read_only(&self, name: &str) -> bool {
        self.tool(name).is_some_and(|tool| tool.read_only)
    }

    /// Whether the call waits for a yes: every call of a destructive tool does, but for one that only asks what would go.
    fn is_held(&self, call: &Call) -> bool {
        let tool = self.tool(&call.name).filter(|tool| tool.destructive);
        tool.is_some_and(|tool| tool.consent != Consent::Many || !is_dry_run(&call.arguments))
    }

    /// Whether these calls would bring the message above the tasks that it may change one by one. Then all of them wait, so
    /// that a no leaves no half of it done.
    fn would_change_many(&self, calls: &[Call]) -> bool {
        let waiting = calls.iter().filter(|call| call.outcome.is_none() && self.changes_a_task(call)).count();
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        waiting > 0 && self.changes.saturating_add(waiting) > MAX_UNASKED_CHANGES
    }

    /// Whether the call changes a task that was there before, and is not held for itself.
    fn changes_a_task(&self, call: &Call) -> bool {
        let is_mild = |tool: &Tool| !tool.read_only && !tool.destructive;
        call.arguments.contains_key("id") && self.tool(&call.name).is_some_and(is_mild)
    }
}
