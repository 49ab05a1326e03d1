//! A conversation as a model gets it.
//!
//! A model's protocol wants each call followed by its result. When the person is asked in between, the question and
//! the answer are left out and the result stands where it belongs, so that the model sees the request, its call and the result.

use super::{Call, Kind, Outcome, Role, TranscriptMessage};
use crate::models::types::{AssistantMessage, Message, ToolCall, ToolResult};

const NOT_CONFIRMED: &str = "The person was asked and did not say yes, so this was not done.";
const DECLINED: &str = "The person declined, so this was not done. Do not try it again unless they ask.";
const UNKNOWN: &str = "It is not known whether this was done. Look before doing it again.";

/// The messages that a model gets, oldest first.
pub fn to_model_messages(conversation: &[TranscriptMessage]) -> Vec<Message> {
    let mut view = View { messages: Vec::new(), waiting: Vec::new() };
    for said in conversation {
        match said.role {
            Role::User => view.user(said.kind, &said.text),
            Role::Assistant => said.steps.iter().for_each(|step| view.step(&step.text, &step.calls)),
        }
    }
    view.messages
}

struct View {
    messages: Vec<Message>,
    /// Calls whose result is still open, with the place of the message that stands for it.
    waiting: Vec<(String, usize)>,
}

impl View {
    fn user(&mut self, kind: Kind, text: &str) {
        match kind {
            Kind::Message => self.waiting.clear(),
            // A yes whose outcome was never stored leaves the calls unknown.
            Kind::Confirmed => self.settle_all(UNKNOWN),
            Kind::Declined => self.settle_all(DECLINED),
        }
        // An answer to a question that is not part of this view would leave the model without a request.
        if kind == Kind::Message || self.messages.is_empty() {
            self.messages.push(Message::User(text.to_owned()));
        }
    }

    fn step(&mut self, text: &str, calls: &[Call]) {
        let is_resumed =
            !calls.is_empty() && calls.iter().all(|call| self.waiting.iter().any(|(id, _)| *id == call.id));
        if is_resumed {
            calls.iter().for_each(|call| self.resume(call));
            return;
        }
        let tool_calls = calls.iter().map(|call| ToolCall {
            id: call.id.clone(),
            name: call.name.clone(),
            arguments: serde_json::Value::Object(call.arguments.clone()).to_string(),
        });
        self.messages.push(Message::Assistant(AssistantMessage {
            text: text.to_owned(),
            tool_calls: tool_calls.collect(),
        }));
        for call in calls {
            if call.outcome.is_none() {
                self.waiting.push((call.id.clone(), self.messages.len()));
            }
            let not_confirmed = || Outcome::failure(NOT_CONFIRMED);
            self.messages.push(result(call, &call.outcome.clone().unwrap_or_else(not_confirmed)));
        }
    }

    /// Puts the result of a confirmed call where the call was made. One without a result is asked about anew, and waits on.
    fn resume(&mut self, call: &Call) {
        let Some(outcome) = &call.outcome else { return };
        for (_, place) in self.waiting.iter().filter(|(id, _)| *id == call.id) {
            if let Some(message) = self.messages.get_mut(*place) {
                *message = result(call, outcome);
            }
        }
        self.waiting.retain(|(id, _)| *id != call.id);
    }

    fn settle_all(&mut self, sentence: &str) {
        for (_, place) in &self.waiting {
            if let Some(Message::Tool(result)) = self.messages.get_mut(*place) {
                sentence.clone_into(&mut result.content);
            }
        }
    }
}

fn result(call: &Call, outcome: &Outcome) -> Message {
    Message::Tool(ToolResult {
        call_id: call.id.clone(),
        name: call.name.clone(),
        content: outcome.text(),
        failed: outcome.failed,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::transcript::Step;

    fn call(id: &str, outcome: Option<Outcome>) -> Call {
        Call {
            id: id.into(),
            name: "delete_task".into(),
            arguments: serde_json::Map::new(),
            outcome,
            wording: None,
        }
    }

    fn done() -> Option<Outcome> {
        Some(Outcome { failed: false, content: json!({"title": "milk"}) })
    }

    fn calling(calls: Vec<Call>) -> Step {
        Step { text: String::new(), calls }
    }

    fn saying(text: &str) -> Step {
        Step { text: text.into(), calls: vec![] }
    }

    /// The view in short: `u` a person's words, `a` the model's, `c` calls, `+`/`-` results.
    fn short(conversation: &[TranscriptMessage]) -> Vec<String> {
        to_model_messages(conversation)
            .iter()
            .map(|message| match message {
                Message::User(text) => format!("u {text}"),
                Message::Assistant(said) if said.tool_calls.is_empty() => format!("a {}", said.text),
                Message::Assistant(said) => {
                    format!("c {}", said.tool_calls.iter().map(|call| call.id.as_str()).collect::<String>())
                }
                Message::Tool(result) => {
                    format!("{} {} {}", if result.failed { '-' } else { '+' }, result.call_id, result.content)
                }
            })
            .collect()
    }

    fn asked(kind: Kind, words: &str, then: Vec<Step>) -> Vec<TranscriptMessage> {
        vec![
            TranscriptMessage::by_user(Kind::Message, "delete milk"),
            TranscriptMessage::by_assistant(vec![
                calling(vec![call("1", done())]),
                calling(vec![call("2", done()), call("3", None)]),
            ]),
            TranscriptMessage::by_user(kind, words),
            TranscriptMessage::by_assistant(then),
        ]
    }

    #[test]
    fn a_confirmed_call_stands_with_its_result_where_it_was_made() {
        let conversation =
            asked(Kind::Confirmed, "yes", vec![calling(vec![call("3", done())]), saying("Deleted.")]);
        assert_eq!(
            short(&conversation),
            [
                "u delete milk",
                "c 1",
                r#"+ 1 {"title":"milk"}"#,
                "c 23",
                r#"+ 2 {"title":"milk"}"#,
                r#"+ 3 {"title":"milk"}"#,
                "a Deleted."
            ]
        );
    }

    #[test]
    fn a_declined_call_has_failed_and_the_no_is_not_a_request() {
        let view = short(&asked(Kind::Declined, "no", vec![saying("I keep it.")]));
        assert_eq!(view[5..], [format!("- 3 {DECLINED}"), "a I keep it.".into()]);
    }

    #[test]
    fn a_question_passed_over_has_failed_and_the_new_request_follows() {
        let view = short(&asked(Kind::Message, "what is due today?", vec![saying("Nothing.")]));
        assert_eq!(
            view[5..],
            [format!("- 3 {NOT_CONFIRMED}"), "u what is due today?".into(), "a Nothing.".into()]
        );
    }

    #[test]
    fn a_yes_without_a_stored_outcome_leaves_it_unknown() {
        let mut conversation = asked(Kind::Confirmed, "yes", vec![]);
        conversation.push(TranscriptMessage::by_user(Kind::Message, "and?"));
        assert_eq!(short(&conversation)[5..], [format!("- 3 {UNKNOWN}"), "u and?".into()]);
    }

    #[test]
    fn a_call_that_is_asked_about_anew_waits_on_and_the_others_keep_their_results() {
        let mut conversation = vec![
            TranscriptMessage::by_user(Kind::Message, "delete both"),
            TranscriptMessage::by_assistant(vec![calling(vec![call("1", None), call("2", None)])]),
            TranscriptMessage::by_user(Kind::Confirmed, "yes"),
            TranscriptMessage::by_assistant(vec![calling(vec![call("1", done()), call("2", None)])]),
        ];
        let declined =
            [conversation.clone(), vec![TranscriptMessage::by_user(Kind::Declined, "no")]].concat();
        let results = [r#"+ 1 {"title":"milk"}"#.to_owned(), format!("- 2 {DECLINED}")];
        assert_eq!(short(&declined)[2..], results);
        conversation.push(TranscriptMessage::by_user(Kind::Confirmed, "yes"));
        conversation.push(TranscriptMessage::by_assistant(vec![calling(vec![call("2", done())])]));
        assert_eq!(short(&conversation)[2..], [r#"+ 1 {"title":"milk"}"#, r#"+ 2 {"title":"milk"}"#]);
    }

    #[test]
    fn an_answer_whose_question_is_gone_still_gives_the_model_a_request() {
        let conversation = [
            TranscriptMessage::by_user(Kind::Confirmed, "yes"),
            TranscriptMessage::by_assistant(vec![calling(vec![call("3", done())])]),
        ];
        assert_eq!(short(&conversation), ["u yes", "c 3", r#"+ 3 {"title":"milk"}"#]);
    }
}
