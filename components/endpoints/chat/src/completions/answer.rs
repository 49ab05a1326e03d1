//! An answer as a completion: OpenAI's `chat.completion` and `chat.completion.chunk`.

use serde::Serialize;
use uuid::Uuid;

use super::MODEL;
use crate::history::TurnKey;
use crate::turn::Cost;

/// The answer came to its end.
const STOP: &str = "stop";

/// What a completion is known by.
#[derive(Clone, Copy, Debug)]
pub struct CompletionId {
    /// Its turn.
    pub key: TurnKey,
    /// When it was asked for, in seconds since 1970-01-01T00:00:00Z.
    pub created: i64,
}

impl CompletionId {
    fn id(self) -> String {
        format!("chatcmpl-{}", self.key.answer.simple())
    }
}

/// A whole answer.
#[derive(Debug, Serialize)]
pub struct ChatCompletion<'a> {
    id: String,
    object: &'static str,
    created: i64,
    model: &'static str,
    choices: [Choice<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    conversation_id: Uuid,
}

#[derive(Debug, Serialize)]
struct Choice<'a> {
    index: u32,
    message: AssistantMessage<'a>,
    logprobs: Option<()>,
    finish_reason: &'static str,
}

#[derive(Debug, Serialize)]
struct AssistantMessage<'a> {
    role: &'static str,
    content: &'a str,
    refusal: Option<()>,
}

/// What an answer cost.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
    total_tokens: u64,
}

impl From<Cost> for Usage {
    fn from(Cost { input_tokens, output_tokens, .. }: Cost) -> Self {
        Self {
            prompt_tokens: input_tokens,
            completion_tokens: output_tokens,
            total_tokens: input_tokens.saturating_add(output_tokens),
        }
    }
}

impl<'a> ChatCompletion<'a> {
    /// An answer in these words; what it cost is known as long as it is new.
    pub fn new(id: CompletionId, reply: &'a str, cost: Option<Cost>) -> Self {
        let message = AssistantMessage { role: "assistant", content: reply, refusal: None };
        Self {
            id: id.id(),
            object: "chat.completion",
            created: id.created,
            model: MODEL,
            choices: [Choice { index: 0, message, logprobs: None, finish_reason: STOP }],
            usage: cost.map(Usage::from),
            conversation_id: id.key.conversation,
        }
    }
}

/// A piece of an answer.
#[derive(Debug, Serialize)]
pub struct ChatCompletionChunk<'a> {
    id: String,
    object: &'static str,
    created: i64,
    model: &'static str,
    choices: Vec<ChunkChoice<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    conversation_id: Uuid,
}

#[derive(Debug, Serialize)]
struct ChunkChoice<'a> {
    index: u32,
    delta: Delta<'a>,
    logprobs: Option<()>,
    finish_reason: Option<&'static str>,
}

#[derive(Debug, Default, Serialize)]
struct Delta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
}

impl<'a> ChatCompletionChunk<'a> {
    /// The first: who speaks.
    pub fn first(id: CompletionId) -> Self {
        Self::with(id, Delta { role: Some("assistant"), content: Some("") }, None)
    }

    /// More words.
    pub fn words(id: CompletionId, text: &'a str) -> Self {
        Self::with(id, Delta { content: Some(text), ..Delta::default() }, None)
    }

    /// The answer is over, and stored.
    pub fn last(id: CompletionId) -> Self {
        Self::with(id, Delta::default(), Some(STOP))
    }

    /// What it cost, for a client that asked.
    pub fn usage(id: CompletionId, cost: Cost) -> Self {
        Self { choices: Vec::new(), usage: Some(cost.into()), ..Self::last(id) }
    }

    fn with(id: CompletionId, delta: Delta<'a>, finish_reason: Option<&'static str>) -> Self {
        Self {
            id: id.id(),
            object: "chat.completion.chunk",
            created: id.created,
            model: MODEL,
            choices: vec![ChunkChoice { index: 0, delta, logprobs: None, finish_reason }],
            usage: None,
            conversation_id: id.key.conversation,
        }
    }
}
