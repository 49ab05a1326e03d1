//! The calls of one turn of the model: run at once, or held back until the person says yes.

use futures_util::future::join_all;
use serde_json::{Map, Value};
use task_model::consent::MAX_UNASKED_CHANGES;

use super::{Heard, Progress, Run, question};
use crate::models::types::ToolCall;
use crate::said::{Call, Outcome, Question, Step};
use crate::tools::{Tool, Tools};

const TOO_MANY: &str = "This was not done: there are too many calls for one message.";
const TOO_LATE: &str = "This was not done: the time for this message is up.";
const NOT_IN_TIME: &str = "There was no answer in time. It is not known whether this was done.";
const NO_OBJECT: &str = "This was not done: the arguments are no JSON object.";

impl<T: Tools, P: Progress> Run<'_, T, P> {
    /// Runs the calls that may be run, and asks about the others.
    pub(super) async fn act(&mut self, heard: Heard) -> Option<Question> {
        let mut calls: Vec<Call> = heard.calls.into_iter().map(|call| self.check(call)).collect();
        let holds_changes = self.would_change_many(&calls);
        if calls.iter().all(|call| call.outcome.is_none() && self.is_read_only(&call.name)) {
            self.run_together(&mut calls).await;
        } else {
            for call in &mut calls {
                if let Some(outcome) = &call.outcome {
                    self.progress.call(call);
                    self.progress.result(call, outcome);
                } else if !(self.is_held(call) || holds_changes && self.changes_a_task(call)) {
                    self.changes += u32::from(self.changes_a_task(call));
                    self.run_one(call).await;
                }
            }
        }
        let question = self.ask_about(&mut calls).await;
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

    pub(super) async fn run_one(&mut self, call: &mut Call) {
        self.progress.call(call);
        self.has_changed = self.has_changed || !self.is_read_only(&call.name);
        let outcome = if self.deadline.has_passed() {
            Outcome::failure(TOO_LATE)
        } else {
            let called = self.deadline.within(self.tools.call(&call.name, &call.arguments)).await;
            called.unwrap_or_else(|| Outcome::failure(NOT_IN_TIME))
        };
        self.progress.result(call, &outcome);
        call.outcome = Some(outcome);
    }

    /// What only reads has no order.
    async fn run_together(&mut self, calls: &mut [Call]) {
        calls.iter().for_each(|call| self.progress.call(call));
        let tools = self.tools;
        let deadline = self.deadline;
        let outcomes =
            join_all(calls.iter().map(|call| deadline.within(tools.call(&call.name, &call.arguments)))).await;
        for (call, outcome) in calls.iter_mut().zip(outcomes) {
            let outcome = outcome.unwrap_or_else(|| Outcome::failure(NOT_IN_TIME));
            self.progress.result(call, &outcome);
            call.outcome = Some(outcome);
        }
    }

    pub(super) fn is_read_only(&self, name: &str) -> bool {
        self.tool(name).is_some_and(|tool| tool.read_only)
    }

    /// Whether the call waits for a yes: every call of a destructive tool does, but for one that only asks what would go.
    fn is_held(&self, call: &Call) -> bool {
        let tool = self.tool(&call.name).filter(|tool| tool.destructive);
        tool.is_some_and(|tool| !question::is_tried(tool.consent, &call.arguments))
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
