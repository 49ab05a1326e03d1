//! The JSON of an answer, whole or in pieces: what of it is used here.
//!
//! `chat.completion` and `chat.completion.chunk` of OpenAI's API reference. Providers leave out, null and rename
//! freely, so each member may be absent.

use serde::Deserialize;
use serde_json::Value;

/// A piece of an answer, or an answer.
#[derive(Deserialize)]
pub struct Chunk {
    /// One entry; none in a piece that only tells the cost.
    #[serde(default)]
    pub choices: Option<Vec<Choice>>,
    /// What the turn cost so far.
    #[serde(default)]
    pub usage: Option<Usage>,
    /// Sent instead of the rest when the provider fails half-way.
    #[serde(default)]
    pub error: Option<Value>,
}

/// One of the answers that were asked for; here the only one.
#[derive(Deserialize)]
pub struct Choice {
    /// What is new.
    #[serde(default)]
    pub delta: Option<Content>,
    /// All of it, when the answer is not streamed.
    #[serde(default)]
    pub message: Option<Content>,
    /// Set in the last piece: `stop`, `tool_calls`, `length`, `content_filter` or a provider's own.
    #[serde(default)]
    pub finish_reason: Option<String>,
}

/// Words and calls.
#[derive(Deserialize)]
pub struct Content {
    #[serde(default)]
    pub content: Option<Words>,
    /// Words, when the model declines.
    #[serde(default)]
    pub refusal: Option<String>,
    #[serde(default)]
    pub tool_calls: Option<Vec<CallPiece>>,
}

/// Words as a string, or as parts.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// The usual form.
    Text(String),
    /// Parts of several types; those of type `text` have words.
    Parts(Vec<Value>),
}

impl Words {
    /// The words alone.
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(parts) => {
                parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
            }
        }
    }
}

#[derive(Deserialize)]
pub struct CallPiece {
    /// Which call it belongs to.
    #[serde(default)]
    pub index: Option<u32>,
    /// In the first piece of a call.
    #[serde(default)]
    pub id: Option<String>,
    /// What is called.
    #[serde(default)]
    pub function: Option<FunctionPiece>,
}

/// What is called, in pieces.
#[derive(Deserialize)]
pub struct FunctionPiece {
    /// In the first piece of a call; some providers repeat it.
    #[serde(default)]
    pub name: Option<String>,
    /// A piece of the JSON text; a few providers send the object itself.
    #[serde(default)]
    pub arguments: Option<Value>,
}

/// What a turn cost.
#[derive(Clone, Copy, Deserialize)]
pub struct Usage {
    /// Tokens read.
    #[serde(default)]
    pub prompt_tokens: Option<u32>,
    /// Tokens written.
    #[serde(default)]
    pub completion_tokens: Option<u32>,
}
