//! Asking before calls are made: the tools' server says what each is about, and all of them are one question.

use task_model::consent::{self, Action};

use super::tool_calls::STOPPED;
use super::{Lease, Progress, Run};
use crate::tools::{Asking, Called, PendingQuestion, Tools};
use crate::transcript::{Call, Outcome, PendingCall, Question, Retry};

/// The verb of tools that delete.
const DELETE: &str = "delete";

/// A call that the person is asked about.
pub(super) struct Waiting {
    call: PendingCall,
    /// The question about this call alone.
    question: String,
    action: Option<Action>,
    /// It can't be taken back.
    is_destructive: bool,
}

impl<T: Tools, P: Progress, L: Lease> Run<'_, T, P, L> {
    /// Has the person asked about a call. One that would do nothing, or is about nothing that is there, ends without a question.
    pub(super) async fn ask_first(&mut self, call: &mut Call) -> Option<Waiting> {
        if !self.may_call().await {
            self.end(call, Outcome::failure(STOPPED));
            return None;
        }
        match self.call(&call.name, &call.arguments, Asking::First).await {
            Called::Asks(asked) => Some(self.wait(call, *asked)),
            Called::Done(outcome) => {
                self.has_changed = self.has_changed || !outcome.failed && !self.is_read_only(&call.name);
                self.end(call, outcome);
                None
            }
            // Only a yes can lapse.
            Called::Lapsed => None,
        }
    }

    /// Says of a call that it was made, and what came of it.
    pub(super) fn end(&mut self, call: &mut Call, outcome: Outcome) {
        self.progress.call(call);
        self.progress.result(call, &outcome);
        call.outcome = Some(outcome);
    }

    /// The call as it waits for the answer to a question of the tools' server.
    pub(super) fn wait(&self, call: &Call, asked: PendingQuestion) -> Waiting {
        let tool = self.tool(&call.name);
        let PendingQuestion { question, action, arguments, shown, state, answers } = asked;
        let retry = Retry { arguments: call.arguments.clone(), state, answers };
        // Buttons count tasks: what is done to a list is no verb for them.
        let is_about_tasks = !matches!(action, Some(Action::List { .. }));
        let wording = tool.and_then(|tool| tool.wording.as_ref()).filter(|_| is_about_tasks);
        let may_destroy = tool.is_none_or(|tool| tool.destructive);
        Waiting {
            call: PendingCall {
                id: call.id.clone(),
                name: call.name.clone(),
                arguments: arguments.unwrap_or_else(|| call.arguments.clone()),
                shown,
                verb: wording.map(|wording| wording.verb.clone()),
                destructive: action.as_ref().and_then(deletes).unwrap_or(may_destroy),
                retry: Some(retry),
            },
            question,
            action,
            is_destructive: may_destroy,
        }
    }

    /// One question about all that waits; none where nothing does.
    pub(super) fn question(&self, mut waiting: Vec<Waiting>) -> Option<Question> {
        let calls = waiting.iter().map(|waiting| waiting.call.clone()).collect();
        // What can't be taken back is said first.
        waiting.sort_by_key(|waiting| !waiting.is_destructive);
        let actions: Option<Vec<Action>> = waiting.iter().map(|waiting| waiting.action.clone()).collect();
        let prompt = match (waiting.as_slice(), actions) {
            ([], _) => return None,
            ([only], _) => only.question.clone(),
            (_, Some(actions)) => consent::question(&actions),
            // Somebody else's server says no more than its questions.
            (several, None) => {
                several.iter().map(|waiting| waiting.question.as_str()).collect::<Vec<_>>().join("\n")
            }
        };
        Some(Question { prompt, calls })
    }

    /// Says the question.
    pub(super) fn ask(&mut self, question: &Question) {
        self.stream(&question.prompt, true);
        self.progress.question(question);
    }
}

/// Whether something is deleted; `None` where nobody says what is done.
fn deletes(action: &Action) -> Option<bool> {
    match action {
        Action::Task { verb, .. } | Action::List { verb, .. } | Action::Tasks { verb, .. } => {
            Some(verb == DELETE)
        }
        Action::Call { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    #[test]
    fn what_deletes_is_known_by_its_verb_and_a_call_of_which_nothing_is_known_is_not() {
        let list = |verb: &str| Action::List {
            verb: verb.into(),
            id: "7".into(),
            name: None,
            released: None,
            input: Map::new(),
        };
        assert_eq!(deletes(&list("delete")), Some(true));
        assert_eq!(deletes(&list("change")), Some(false));
        let tasks =
            |verb: &str| Action::Tasks { verb: verb.into(), count: 2, remaining: 0, titles: Vec::new() };
        assert_eq!(deletes(&tasks("delete")), Some(true));
        assert_eq!(deletes(&tasks("complete")), Some(false));
        assert_eq!(deletes(&Action::Call { title: "Empty the bin".into(), input: Map::new() }), None);
    }
}
