//! The message as it is sent.

use endpoint::{Kind, Problem, Violation, json};
use serde::Deserialize;
use task_model::hash::InputHash;
use uuid::Uuid;
use yes_or_no::Reply;

use crate::turn::Limits;

#[derive(Deserialize)]
struct Body {
    message: Option<String>,
    conversation_id: Option<String>,
    confirm: Option<bool>,
}

/// A message that keeps to the rules.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// The person's words.
    pub text: String,
    /// Where it belongs; a new conversation when absent.
    pub conversation: Option<Uuid>,
    /// What it would mean as an answer to a question.
    pub reply: Reply,
    /// It has to be an answer: `confirm` was sent.
    pub must_answer: bool,
}

impl Message {
    /// A person's words, checked by [`check_text`].
    pub fn new(text: String, conversation: Option<Uuid>) -> Self {
        let reply = yes_or_no::read(&text);
        Self { text, conversation, reply, must_answer: false }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// 400 when it is no JSON, 422 when a member is missing, unknown, of the wrong type or out of its limits, 409 for an
    /// answer outside of a conversation.
    pub fn read(body: &[u8], limits: &Limits) -> Result<Self, Problem> {
        let body: Body = json::read(body)?;
        let mut violations = Vec::new();
        let text =
            match (body.message.as_deref().map(str::trim).filter(|text| !text.is_empty()), body.confirm) {
                (Some(text), _) => {
                    violations
                        .extend(check_text(text, limits).map(|detail| Violation::new("/message", detail)));
                    text.to_owned()
                }
                (None, Some(true)) => "Yes".to_owned(),
                (None, Some(false)) => "No".to_owned(),
                (None, None) => {
                    violations.push(Violation::new(
                        "/message",
                        "This is required, and takes more than white space.",
                    ));
                    String::new()
                }
            };
        let conversation = body.conversation_id.map(|id| Uuid::try_parse(&id));
        if let Some(Err(_)) = conversation {
            violations.push(Violation::new(
                "/conversation_id",
                "This has to be a UUID, as an earlier answer gave it.",
            ));
        }
        if !violations.is_empty() {
            return Err(Problem::with_errors(Kind::InvalidInput, violations));
        }
        let conversation = conversation.and_then(Result::ok);
        if body.confirm.is_some() && conversation.is_none() {
            return Err(Problem::new(Kind::NothingToConfirm));
        }
        let reply = match body.confirm {
            Some(true) => Reply::Yes,
            Some(false) => Reply::No,
            None => yes_or_no::read(&text),
        };
        Ok(Self { text, conversation, reply, must_answer: body.confirm.is_some() })
    }

    /// The hash of what was sent: the same for the same message, sent again.
    pub fn fingerprint(&self) -> [u8; 32] {
        let confirm = self.must_answer.then_some([u8::from(self.reply == Reply::Yes)]);
        InputHash::new()
            .part("chat")
            .part(&self.text)
            .optional(self.conversation.as_ref().map(Uuid::as_bytes))
            .optional(confirm)
            .finish()
    }
}

/// What is wrong with words that PostgreSQL can't store.
pub const NO_NUL: &str = "This may not have the character U+0000.";

/// What is wrong with a person's words, if anything.
pub fn check_text(text: &str, limits: &Limits) -> Option<String> {
    let most = usize::try_from(limits.message_characters).unwrap_or(usize::MAX);
    if text.chars().nth(most).is_some() {
        return Some(format!("This may have at most {most} characters."));
    }
    // PostgreSQL has no such character.
    text.contains('\0').then(|| NO_NUL.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Message, (u16, Vec<String>)> {
        let limits = Limits { message_characters: 10, ..Limits::default() };
        Message::read(body.as_bytes(), &limits).map_err(|problem| {
            (problem.status().as_u16(), problem.errors.into_iter().map(|error| error.pointer).collect())
        })
    }

    const ID: &str = "0192d4e0-7b1a-7c3e-8f00-000000000001";

    #[test]
    fn a_message_is_trimmed_and_read_as_a_possible_answer() {
        let message = read(r#"{"message":"  yes\n"}"#).unwrap();
        assert_eq!(
            message,
            Message { text: "yes".into(), conversation: None, reply: Reply::Yes, must_answer: false }
        );
        assert_eq!(read(r#"{"message":"éééééééééé"}"#).unwrap().reply, Reply::Other);
    }

    #[test]
    fn confirm_needs_no_words_and_decides_against_them() {
        for (confirm, message, text, reply) in [
            ("true", "", "Yes", Reply::Yes),
            ("false", "", "No", Reply::No),
            ("false", r#","message":"yes""#, "yes", Reply::No),
            ("true", r#","message":" ""#, "Yes", Reply::Yes),
        ] {
            let message =
                read(&format!(r#"{{"confirm":{confirm},"conversation_id":"{ID}"{message}}}"#)).unwrap();
            assert_eq!((message.text.as_str(), message.reply, message.must_answer), (text, reply, true));
        }
        assert_eq!(read(r#"{"confirm":true}"#).unwrap_err().0, 409);
    }

    #[test]
    fn the_same_message_has_the_same_fingerprint_and_no_other_has() {
        let fingerprint = |body: &str| read(body).unwrap().fingerprint();
        assert_eq!(fingerprint(r#"{"message":"yes"}"#), fingerprint(r#"{ "message": " yes " }"#));
        let others = [
            r#"{"message":"yes"}"#.to_owned(),
            r#"{"message":"no"}"#.to_owned(),
            format!(r#"{{"message":"yes","conversation_id":"{ID}"}}"#),
            format!(r#"{{"message":"yes","conversation_id":"{ID}","confirm":true}}"#),
            format!(r#"{{"message":"yes","conversation_id":"{ID}","confirm":false}}"#),
        ];
        let different: std::collections::HashSet<_> = others.iter().map(|body| fingerprint(body)).collect();
        assert_eq!(different.len(), others.len());
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        for (body, status, pointers) in [
            ("{}", 422, &["/message"][..]),
            (r#"{"message":""}"#, 422, &["/message"]),
            (r#"{"message":" \n "}"#, 422, &["/message"]),
            (r#"{"message":null}"#, 422, &["/message"]),
            (r#"{"message":7}"#, 422, &["/message"]),
            (r#"{"message":"12345678901"}"#, 422, &["/message"]),
            (r#"{"message":"a\u0000b"}"#, 422, &["/message"]),
            (r#"{"message":"a","conversation_id":"7"}"#, 422, &["/conversation_id"]),
            (r#"{"message":"","conversation_id":""}"#, 422, &["/message", "/conversation_id"]),
            (r#"{"message":"a","confirm":"yes"}"#, 422, &["/confirm"]),
            (r#"{"message":"a","model":"x"}"#, 422, &["/model"]),
            ("[", 400, &[]),
        ] {
            assert_eq!(
                read(body).unwrap_err(),
                (status, pointers.iter().map(ToString::to_string).collect()),
                "{body}"
            );
        }
    }
}
