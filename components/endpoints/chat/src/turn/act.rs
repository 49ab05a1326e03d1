//! The calls of one turn of the model: run at once, or held back until the person says yes.

use futures_util::future::join_all;
use serde_json::{Map, Value};

use super::question::{self, About, Asked};
use super::{Heard, Progress, Run};
use crate::models::types::ToolCall;
use crate::said::{Call, HeldCall, Outcome, Question, Step};
use crate::tools::Tools;

const TOO_MANY: &str = "This was not done: there are too many calls for one message.";
const TOO_LATE: &str = "This was not done: the time for this message is up.";
const NOT_IN_TIME: &str = "There was no answer in time. It is not known whether this was done.";
const NO_OBJECT: &str = "This was not done: the arguments are no JSON object.";
/// Reads a task, so that a question can name it.
const LOOK_UP: &str = "get_task";
/// The kind of problem that says a task is not there.
const NO_SUCH_TASK: &str = "/problems/task-not-found";

impl<T: Tools, P: Progress> Run<'_, T, P> {
    /// Runs what the person said yes to, and says so to the tools that want to know.
    pub(super) async fn act_confirmed(&mut self, held: Vec<HeldCall>) {
        let mut calls: Vec<Call> = held
            .into_iter()
            .map(|HeldCall { id, name, mut arguments }| {
                if self.listed.iter().any(|tool| tool.name == name && tool.wants_consent) {
                    arguments.insert("confirm".into(), true.into());
                }
                Call { id, name, arguments, outcome: None }
            })
            .collect();
        for call in &mut calls {
            self.run_one(call).await;
        }
        self.steps.push(Step { text: String::new(), calls });
    }

    /// Runs the calls that may be run, and asks about the others.
    pub(super) async fn act(&mut self, heard: Heard) -> Option<Question> {
        let mut calls: Vec<Call> = heard.calls.into_iter().map(|call| self.check(call)).collect();
        if calls.iter().all(|call| call.outcome.is_none() && self.is_read_only(&call.name)) {
            self.run_together(&mut calls).await;
        } else {
            for call in &mut calls {
                if let Some(outcome) = &call.outcome {
                    self.progress.call(call);
                    self.progress.result(call, outcome);
                } else if !self.is_held(call) {
                    self.run_one(call).await;
                }
            }
        }
        let question = self.ask_about(&mut calls).await;
        self.steps.push(Step { text: heard.text, calls });
        if let Some(question) = &question {
            self.stream(&question.prompt, true);
            self.progress.question(question);
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
        } else if !self.listed.iter().any(|tool| tool.name == call.name) {
            Some(Outcome::failure("There is no such tool."))
        } else if arguments.is_none() {
            Some(Outcome::failure(NO_OBJECT))
        } else {
            None
        };
        Call { id: self.own_id(call.id), name: call.name, arguments: arguments.unwrap_or_default(), outcome }
    }

    /// A model may number its calls anew in each turn; within an answer an id names one call.
    fn own_id(&self, id: String) -> String {
        let earlier = self.begin.history.iter().flat_map(|said| &said.steps).chain(&self.steps);
        let is_taken = id.is_empty() || earlier.flat_map(|step| &step.calls).any(|call| call.id == id);
        if is_taken { uuid::Uuid::now_v7().to_string() } else { id }
    }

    async fn run_one(&mut self, call: &mut Call) {
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

    /// Asks about the calls that have no outcome yet. One that is about nothing that is there ends without a question.
    async fn ask_about(&mut self, calls: &mut [Call]) -> Option<Question> {
        let mut subjects = Vec::new();
        for call in calls.iter_mut().filter(|call| call.outcome.is_none()) {
            match self.about(call).await {
                Ok(about) => subjects.push(about),
                Err(outcome) => {
                    self.progress.call(call);
                    self.progress.result(call, &outcome);
                    call.outcome = Some(outcome);
                }
            }
        }
        let held: Vec<&Call> = calls.iter().filter(|call| call.outcome.is_none()).collect();
        if held.is_empty() {
            return None;
        }
        let asked: Vec<Asked<'_>> = held
            .iter()
            .zip(subjects)
            .map(|(call, about)| Asked {
                tool: &call.name,
                title: self
                    .listed
                    .iter()
                    .find(|tool| tool.name == call.name)
                    .map_or(&call.name, |tool| &tool.title),
                arguments: &call.arguments,
                about,
            })
            .collect();
        let prompt = question::prompt(&asked);
        let as_held = |call: &&Call| HeldCall {
            id: call.id.clone(),
            name: call.name.clone(),
            arguments: call.arguments.clone(),
        };
        Some(Question { prompt, calls: held.iter().map(as_held).collect() })
    }

    /// What the question says a call is about; its outcome where there is nothing to ask.
    async fn about(&self, call: &Call) -> Result<About, Outcome> {
        if question::bulk_verb(&call.name).is_some() {
            return self.matching(call).await;
        }
        Ok(self.title_of(&call.arguments).await?.map_or(About::Input, About::Task))
    }

    /// What a change of many would change, by a dry run. One that would change nothing, or is refused, has its outcome.
    async fn matching(&self, call: &Call) -> Result<About, Outcome> {
        let mut arguments = call.arguments.clone();
        arguments.insert(question::DRY_RUN.into(), Value::Bool(true));
        let outcome = self.tools.call(&call.name, &arguments).await;
        let count = outcome.content.get("count").and_then(Value::as_u64).filter(|_| !outcome.failed);
        let Some(count @ 1..) = count else { return Err(outcome) };
        let tasks = outcome.content.get("tasks").and_then(Value::as_array);
        let title = |task: &Value| task.get("title").and_then(Value::as_str).map(str::to_owned);
        Ok(About::Tasks(count, tasks.into_iter().flatten().filter_map(title).collect()))
    }

    /// The title of the task that the arguments name, if they name one and it can be read.
    async fn title_of(&self, arguments: &Map<String, Value>) -> Result<Option<String>, Outcome> {
        let Some(id) = arguments.get("id").filter(|_| self.is_read_only(LOOK_UP)) else { return Ok(None) };
        let mut key = Map::new();
        key.insert("id".into(), id.clone());
        let outcome = self.tools.call(LOOK_UP, &key).await;
        let member = |name| outcome.content.get(name).and_then(Value::as_str);
        if outcome.failed && member("type") == Some(NO_SUCH_TASK) {
            return Err(outcome);
        }
        Ok(member("title").filter(|_| !outcome.failed).map(str::to_owned))
    }

    fn is_read_only(&self, name: &str) -> bool {
        self.listed.iter().any(|tool| tool.name == name && tool.read_only)
    }

    /// Whether the call waits for a yes: every call of a destructive tool does, but for one that only asks what would go.
    fn is_held(&self, call: &Call) -> bool {
        let is_destructive = self.listed.iter().any(|tool| tool.name == call.name && tool.destructive);
        is_destructive && !question::is_tried(&call.name, &call.arguments)
    }
}
