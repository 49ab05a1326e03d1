//! Asking before calls are made: what they are about, and what a yes is held to.

use serde_json::{Map, Value};
use task_model::consent::{Shown, pin_ids, pin_version};
use task_model::types::{BulkOutcome, Consent};

use super::question::{self, About, Asked};
use super::{Progress, Run};
use crate::said::{Call, HeldCall, Outcome, Question};
use crate::tools::Tools;

/// Reads a task, so that a question can name it.
const LOOK_UP: &str = "get_task";
/// The kind of problem that says a task is not there.
const NO_SUCH_TASK: &str = "/problems/task-not-found";
/// A dry run answered something else than what it would do.
const NO_DRY_RUN: &str = "This was not done: the tool did not say what it would change.";

/// What a look at the tasks brought before a call is asked about.
struct Looked {
    about: About,
    /// The input that does what the question says, and nothing that has come up since.
    arguments: Map<String, Value>,
    /// What a change of many showed.
    shown: Option<Shown>,
}

impl<T: Tools, P: Progress> Run<'_, T, P> {
    /// Asks about the calls that have no outcome yet. One that is about nothing that is there ends without a question.
    pub(super) async fn ask_about(&mut self, calls: &mut [Call]) -> Option<Question> {
        let mut looks = Vec::new();
        for call in calls.iter_mut().filter(|call| call.outcome.is_none()) {
            match self.look(call).await {
                Ok(looked) => looks.push((call.id.clone(), call.name.clone(), looked)),
                Err(outcome) => {
                    self.progress.call(call);
                    self.progress.result(call, &outcome);
                    call.outcome = Some(outcome);
                }
            }
        }
        if looks.is_empty() {
            return None;
        }
        let held = looks.iter().map(|(id, name, looked)| HeldCall {
            id: id.clone(),
            name: name.clone(),
            arguments: looked.arguments.clone(),
            shown: looked.shown.clone(),
            verb: self.tool(name).and_then(|tool| tool.wording.as_ref()).map(|wording| wording.verb.clone()),
        });
        let held: Vec<HeldCall> = held.collect();
        let asked: Vec<Asked<'_>> = held
            .iter()
            .zip(looks)
            .map(|(call, (_, _, looked))| Asked {
                tool: &call.name,
                title: self.tool(&call.name).map_or(&call.name, |tool| &tool.title),
                verb: call.verb.as_deref(),
                consent: self.tool(&call.name).map_or(Consent::None, |tool| tool.consent),
                arguments: &call.arguments,
                about: looked.about,
            })
            .collect();
        let prompt = question::prompt(&asked);
        Some(Question { prompt, calls: held })
    }

    /// Says the question.
    pub(super) fn ask(&mut self, question: &Question) {
        self.stream(&question.prompt, true);
        self.progress.question(question);
    }

    /// What the question says a call is about, and what a yes will run; its outcome where there is nothing to ask.
    async fn look(&self, call: &Call) -> Result<Looked, Outcome> {
        let mut arguments = call.arguments.clone();
        if self.tool(&call.name).is_some_and(|tool| tool.consent == Consent::Many) {
            let outcome = self.dry_run(&call.name, &arguments).await;
            let dry_run = read(&outcome)?;
            // A change of nothing ends with its dry run.
            let shown = Shown::from_dry_run(&dry_run).ok_or(outcome)?;
            pin_ids(&mut arguments, &dry_run);
            return Ok(Looked { about: About::Tasks(dry_run), arguments, shown: Some(shown) });
        }
        let about = match self.task_named_by(&arguments).await? {
            Some((title, version)) => {
                // A call that names a version was made from what the task was then.
                if let Some(version) = version.filter(|_| self.takes_version(&call.name))
                    && !arguments.contains_key("version")
                {
                    pin_version(&mut arguments, version);
                }
                About::Task(title)
            }
            None => About::Input,
        };
        Ok(Looked { about, arguments, shown: None })
    }

    /// What a held change of many would do now; its outcome where it is refused.
    pub(super) async fn try_out(&self, call: &Call) -> Result<BulkOutcome, Outcome> {
        read(&self.dry_run(&call.name, &call.arguments).await)
    }

    async fn dry_run(&self, tool: &str, arguments: &Map<String, Value>) -> Outcome {
        let mut arguments = arguments.clone();
        arguments.insert(question::DRY_RUN.into(), Value::Bool(true));
        self.tools.call(tool, &arguments).await
    }

    /// The title and the version of the task that the arguments name, if they name one and it can be read.
    async fn task_named_by(
        &self,
        arguments: &Map<String, Value>,
    ) -> Result<Option<(String, Option<u64>)>, Outcome> {
        let Some(id) = arguments.get("id").filter(|_| self.is_read_only(LOOK_UP)) else { return Ok(None) };
        let mut key = Map::new();
        key.insert("id".into(), id.clone());
        let outcome = self.tools.call(LOOK_UP, &key).await;
        let member = |name| outcome.content.get(name).and_then(Value::as_str);
        if outcome.failed && member("type") == Some(NO_SUCH_TASK) {
            return Err(outcome);
        }
        let version = outcome.content.get("version").and_then(Value::as_u64);
        Ok(member("title").filter(|_| !outcome.failed).map(|title| (title.to_owned(), version)))
    }

    /// Whether a call of the tool can say which version of a task it means.
    fn takes_version(&self, tool: &str) -> bool {
        let schema = self.tool(tool).and_then(|tool| serde_json::from_str::<Value>(&tool.input_schema).ok());
        schema.is_some_and(|schema| schema.pointer("/properties/version").is_some())
    }
}

/// What a change of many would change. One that is refused has its outcome.
fn read(outcome: &Outcome) -> Result<BulkOutcome, Outcome> {
    if outcome.failed {
        return Err(outcome.clone());
    }
    serde_json::from_value(outcome.content.clone()).map_err(|_| Outcome::failure(NO_DRY_RUN))
}
