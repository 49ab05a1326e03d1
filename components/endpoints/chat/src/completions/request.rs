//! A request for a completion, as far as it means something here.
//!
//! What sets how a language model samples (`temperature`, `top_p`, `max_tokens`, `stop` …) is for who runs it, and passed over. What
//! would be another answer than the client expects (its own tools, several choices, a JSON schema) is refused.

use endpoint::{Kind, Problem, Violation, json};
use serde::Deserialize;
use serde::de::IgnoredAny;
use task_model::hash::InputHash;
use uuid::Uuid;

use super::MODEL;
use crate::messages::{NO_NUL, check_text};
use crate::transcript::{Kind as MessageKind, Role, Step, TranscriptMessage};
use crate::turn::Limits;

/// How many messages are read. A conversation here has no more either.
const MAX_MESSAGES: usize = 1_000;

#[derive(Deserialize)]
struct Body {
    model: String,
    messages: Vec<SentMessage>,
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    metadata: Option<Metadata>,
    n: Option<u32>,
    tools: Option<Vec<IgnoredAny>>,
    functions: Option<Vec<IgnoredAny>>,
    response_format: Option<ResponseFormat>,
    logprobs: Option<bool>,
    audio: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct SentMessage {
    role: String,
    content: Option<Content>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part {
    Text {
        text: String,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct StreamOptions {
    include_usage: Option<bool>,
}

#[derive(Deserialize)]
struct Metadata {
    conversation_id: Option<String>,
}

#[derive(Deserialize)]
struct ResponseFormat {
    #[serde(rename = "type")]
    kind: String,
}

/// A request that keeps to the rules.
#[derive(Debug)]
pub struct Completion {
    /// The person's words.
    pub text: String,
    /// What was said before, oldest first.
    pub earlier: Vec<TranscriptMessage>,
    /// The conversation that the client names.
    pub conversation: Option<Uuid>,
    /// Whether the answer comes in chunks.
    pub is_streamed: bool,
    /// Whether the last chunk tells what it cost.
    pub includes_usage: bool,
}

impl Completion {
    /// Reads a body.
    ///
    /// # Errors
    /// 400 when it is no JSON, 404 for another model, 422 when a member is missing, of the wrong type, out of its limits or asks for what
    /// the assistant does not do.
    pub fn read(body: &[u8], limits: &Limits) -> Result<Self, Problem> {
        let body: Body = json::read_known(body)?;
        if body.model != MODEL {
            return Err(Problem::new(Kind::ModelNotFound));
        }
        let mut violations = refused(&body);
        let conversation = body.metadata.and_then(|metadata| metadata.conversation_id);
        let conversation = conversation.map(|id| Uuid::try_parse(&id));
        if let Some(Err(_)) = conversation {
            let detail = "This has to be a UUID, as an earlier answer gave it.";
            violations.push(Violation::new("/metadata/conversation_id", detail));
        }
        let count = body.messages.len();
        if count > MAX_MESSAGES {
            violations
                .push(Violation::new("/messages", format!("This may have at most {MAX_MESSAGES} messages.")));
        }
        let mut earlier = Vec::new();
        let mut text = None;
        for (index, message) in body.messages.into_iter().enumerate() {
            let is_last = index + 1 == count;
            match read_message(index, message, is_last) {
                Ok(message) if is_last => text = message.map(|message| message.text),
                Ok(message) => earlier.extend(message),
                Err(violation) => violations.push(violation),
            }
        }
        let last = format!("/messages/{}/content", count.saturating_sub(1));
        match text.as_deref() {
            Some("") => {
                violations.push(Violation::new(last, "This is required, and takes more than white space."));
            }
            Some(text) => {
                violations.extend(check_text(text, limits).map(|detail| Violation::new(last, detail)))
            }
            None if violations.is_empty() => {
                violations.push(Violation::new(
                    "/messages",
                    "The last message has to be the person's, of the role user.",
                ));
            }
            None => {}
        }
        match text {
            Some(text) if violations.is_empty() => Ok(Self {
                text,
                earlier,
                conversation: conversation.and_then(Result::ok),
                is_streamed: body.stream.unwrap_or_default(),
                includes_usage: body
                    .stream_options
                    .and_then(|options| options.include_usage)
                    .unwrap_or_default(),
            }),
            _ => Err(Problem::with_errors(Kind::InvalidInput, violations)),
        }
    }

    /// The hash of what was sent: the same for the same messages, sent again.
    pub fn fingerprint(&self) -> [u8; 32] {
        let conversation = self.conversation.as_ref().map(Uuid::as_bytes);
        let hash = InputHash::new().part("completions").optional(conversation).part(&self.text);
        let said = self.earlier.iter().fold(hash, |hash, message| {
            hash.part([u8::from(message.role == Role::User)]).part(&message.text)
        });
        said.finish()
    }
}

/// What would be another answer than the client expects.
fn refused(body: &Body) -> Vec<Violation> {
    let is_empty = |list: &Option<Vec<IgnoredAny>>| list.as_ref().is_none_or(Vec::is_empty);
    let own_tools = "The assistant has its own tools, and calls no others.";
    [
        (!is_empty(&body.tools), "/tools", own_tools),
        (!is_empty(&body.functions), "/functions", own_tools),
        (body.n.is_some_and(|n| n != 1), "/n", "There is one answer: leave this out, or send 1."),
        (
            body.response_format.as_ref().is_some_and(|format| format.kind != "text"),
            "/response_format/type",
            "The assistant answers in words: leave this out, or send text.",
        ),
        (
            body.logprobs == Some(true),
            "/logprobs",
            "There are no probabilities: leave this out, or send false.",
        ),
        (body.audio.is_some(), "/audio", "The assistant does not speak aloud: leave this out."),
    ]
    .into_iter()
    .filter(|(is_refused, ..)| *is_refused)
    .map(|(_, pointer, detail)| Violation::new(pointer, detail))
    .collect()
}

/// A message in words; `None` for one that is not read: instructions, and what came of the client's own tools.
fn read_message(
    index: usize,
    message: SentMessage,
    is_last: bool,
) -> Result<Option<TranscriptMessage>, Violation> {
    let SentMessage { role, content } = message;
    let is_user = role == "user";
    match role.as_str() {
        "user" | "assistant" => {}
        "system" | "developer" | "tool" | "function" => return Ok(None),
        _ => {
            let detail = "This has to be system, developer, user, assistant or tool.";
            return Err(Violation::new(format!("/messages/{index}/role"), detail));
        }
    }
    if is_last && !is_user {
        return Ok(None);
    }
    let text = match content {
        None => String::new(),
        Some(Content::Text(text)) => text,
        Some(Content::Parts(parts)) => {
            let unread = parts.iter().position(|part| matches!(part, Part::Other));
            if let Some(part) = unread.filter(|_| is_last) {
                let detail = "Only text is read: no pictures, sounds or files.";
                return Err(Violation::new(format!("/messages/{index}/content/{part}/type"), detail));
            }
            let texts: Vec<String> = parts
                .into_iter()
                .filter_map(|part| match part {
                    Part::Text { text } => Some(text),
                    Part::Other => None,
                })
                .collect();
            texts.join("\n")
        }
    };
    if !is_last && text.contains('\0') {
        return Err(Violation::new(format!("/messages/{index}/content"), NO_NUL));
    }
    let text = text.trim().to_owned();
    Ok(match (is_user, is_last || !text.is_empty()) {
        (_, false) => None,
        (true, true) => Some(TranscriptMessage::by_user(MessageKind::Message, text)),
        (false, true) => {
            let step = Step { text: text.clone(), calls: Vec::new() };
            Some(TranscriptMessage { text, ..TranscriptMessage::by_assistant(vec![step]) })
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(body: &Value) -> Result<Completion, (u16, Vec<String>)> {
        let limits = Limits { message_characters: 10, ..Limits::default() };
        Completion::read(body.to_string().as_bytes(), &limits).map_err(|problem| {
            (problem.status().as_u16(), problem.errors.into_iter().map(|error| error.pointer).collect())
        })
    }

    fn body(messages: Value) -> Value {
        json!({"model": MODEL, "messages": messages})
    }

    #[test]
    fn the_last_message_is_said_and_the_words_before_are_what_was_said() {
        let asked = read(&body(json!([
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": " add milk "},
            {"role": "assistant", "content": null, "tool_calls": [{"id": "a"}]},
            {"role": "tool", "tool_call_id": "a", "content": "7"},
            {"role": "assistant", "content": "Added.\n"},
            {"role": "user", "content": [{"type": "text", "text": "and"}, {"type": "text", "text": "bread"}]},
        ])))
        .unwrap();
        assert_eq!(asked.text, "and\nbread");
        let earlier: Vec<_> =
            asked.earlier.iter().map(|message| (message.role, message.text.as_str())).collect();
        assert_eq!(earlier, [(Role::User, "add milk"), (Role::Assistant, "Added.")]);
        assert!(!asked.is_streamed && !asked.includes_usage && asked.conversation.is_none());
    }

    #[test]
    fn what_sets_how_a_model_samples_is_passed_over_and_an_absent_member_may_be_null() {
        let mut sent = body(json!([{"role": "user", "content": "hi", "name": "ann"}]));
        for (member, value) in [
            ("temperature", json!(0.2)),
            ("max_tokens", json!(5)),
            ("tools", json!([])),
            ("n", json!(1)),
            ("response_format", json!({"type": "text"})),
            ("metadata", json!(null)),
            ("stream", json!(true)),
            ("stream_options", json!({"include_usage": true})),
        ] {
            sent[member] = value;
        }
        let asked = read(&sent).unwrap();
        assert!(asked.is_streamed && asked.includes_usage);
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        let hi = json!([{"role": "user", "content": "hi"}]);
        let with = |member: &str, value: Value| {
            let mut sent = body(hi.clone());
            sent[member] = value;
            sent
        };
        for (sent, status, pointers) in [
            (json!({"model": MODEL}), 422, &["/messages"][..]),
            (body(json!([])), 422, &["/messages"]),
            (body(json!([{"role": "assistant", "content": "hi"}])), 422, &["/messages"]),
            (body(json!([{"role": "user", "content": " "}])), 422, &["/messages/0/content"]),
            (body(json!([{"role": "user", "content": null}])), 422, &["/messages/0/content"]),
            (body(json!([{"role": "user", "content": "12345678901"}])), 422, &["/messages/0/content"]),
            (
                body(json!([{"role": "assistant", "content": "a\0b"}, {"role": "user", "content": "hi"}])),
                422,
                &["/messages/0/content"],
            ),
            (body(json!([{"role": "user", "content": [{"type": "text"}]}])), 422, &["/messages/0/content"]),
            (body(json!([{"role": "robot", "content": "hi"}])), 422, &["/messages/0/role"]),
            (
                body(
                    json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]),
                ),
                422,
                &["/messages/0/content/0/type"],
            ),
            (with("model", json!("gpt-4o")), 404, &[]),
            (with("n", json!(2)), 422, &["/n"]),
            (with("tools", json!([{"type": "function"}])), 422, &["/tools"]),
            (with("functions", json!([{}])), 422, &["/functions"]),
            (with("logprobs", json!(true)), 422, &["/logprobs"]),
            (with("response_format", json!({"type": "json_object"})), 422, &["/response_format/type"]),
            (with("metadata", json!({"conversation_id": "7"})), 422, &["/metadata/conversation_id"]),
            (with("stream", json!("yes")), 422, &["/stream"]),
        ] {
            let expected: Vec<String> = pointers.iter().map(ToString::to_string).collect();
            assert_eq!(read(&sent).unwrap_err(), (status, expected), "{sent}");
        }
    }

    #[test]
    fn the_same_messages_have_the_same_fingerprint_and_no_others_have() {
        let fingerprint = |messages: Value| read(&body(messages)).unwrap().fingerprint();
        let one = json!([{"role": "user", "content": "a"}]);
        assert_eq!(fingerprint(one.clone()), fingerprint(json!([{"role": "user", "content": " a "}])));
        let others = [
            one,
            json!([{"role": "user", "content": "b"}]),
            json!([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "a"}]),
            json!([{"role": "user", "content": "a"}, {"role": "user", "content": "b"}, {"role": "user", "content": "a"}]),
        ];
        let count = others.len();
        let different: std::collections::HashSet<_> = others.into_iter().map(fingerprint).collect();
        assert_eq!(different.len(), count);
    }
}
