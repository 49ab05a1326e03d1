//! What a yes runs: the held calls, as far as things still are as the question said.

use task_model::types::Consent;

use super::{Progress, Run, question};
use crate::said::{Call, HeldCall, Outcome, Question, Step};
use crate::tools::Tools;

/// The kind of problem that says a task has another version than the call was held to.
const CHANGED: &str = "/problems/version-conflict";
/// What the result of such a call says while it is asked about anew.
const NOT_AS_SHOWN: &str = "This was not done: something about it changed since the person was asked.";
/// What the person is told before the new question.
const ASKED_ANEW: &str = "Something changed since I asked, so I left that as it is.";

impl<T: Tools, P: Progress> Run<'_, T, P> {
    /// Runs what the person said yes to, and says so to the tools that want to know. Where something is not as it was
    /// shown, nothing is done with it, and the person is asked anew.
    pub(super) async fn act_confirmed(&mut self, held: Vec<HeldCall>) -> Option<Question> {
        let mut calls = Vec::new();
        let mut changed = false;
        for held in held {
            let (call, is_changed) = self.run_held(held).await;
            calls.push(call);
            changed |= is_changed;
        }
        let question = if changed { self.ask_about(&mut calls).await } else { None };
        let text = question.as_ref().map_or_else(String::new, |_| ASKED_ANEW.to_owned());
        self.steps.push(Step { text, calls });
        if let Some(question) = &question {
            self.stream(ASKED_ANEW, true);
            self.ask(question);
        }
        question
    }

    /// The call, and whether it has to be asked about anew: then it has no outcome.
    async fn run_held(&mut self, held: HeldCall) -> (Call, bool) {
        let HeldCall { id, name, arguments, shown, .. } = held;
        let wording = self.tool(&name).and_then(|tool| tool.wording.clone());
        let mut call = Call { id, name, arguments, outcome: None, wording };
        if let Some(shown) = shown {
            match self.try_out(&call).await {
                Ok(now) if shown.covers(&now) => {}
                Ok(_) => {
                    self.progress.call(&call);
                    self.progress.result(&call, &Outcome::failure(NOT_AS_SHOWN));
                    return (call, true);
                }
                Err(outcome) => {
                    self.progress.call(&call);
                    self.progress.result(&call, &outcome);
                    call.outcome = Some(outcome);
                    return (call, false);
                }
            }
        }
        let mut asked = call.arguments.clone();
        if self.tool(&call.name).is_some_and(|tool| tool.consent != Consent::None) {
            call.arguments.insert("confirm".into(), true.into());
        }
        self.run_one(&mut call).await;
        let kind = call.outcome.as_ref().filter(|outcome| outcome.failed);
        let kind = kind.and_then(|outcome| outcome.content.get("type")?.as_str());
        // New values were chosen for what the task was, so it is for the model to look again.
        let is_changed = kind == Some(CHANGED) && question::says_only_which(&asked);
        if is_changed {
            asked.remove("version");
            call = Call { arguments: asked, outcome: None, ..call };
        }
        (call, is_changed)
    }
}
