//! What comes of calling a server.

use rmcp::model::InputRequests;
use serde_json::Value;

/// What came of a call.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It is done.
    Complete(T),
    /// The client is to be asked; then the call is made once more, with the answers and the state.
    Ask {
        /// What to ask, each under a key of its own.
        requests: InputRequests,
        /// What the next round has to know. It travels through the client, sealed.
        state: Option<Value>,
    },
    /// It takes long: it shall run as a task of its own, for which it is called once more. Only tools may answer this.
    Defer,
}

impl<T> From<T> for Outcome<T> {
    fn from(result: T) -> Self {
        Self::Complete(result)
    }
}

/// Why a call was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// There is nothing of this name or URI.
    #[error("there is no such thing")]
    NotFound,
    /// The token does not allow the call. Get one with this scope as well.
    #[error("the access token lacks the scope {scope}")]
    InsufficientScope {
        /// The scope that the call needs.
        scope: String,
    },
    /// The parameters are not what the method takes, in a sentence that says what would be right.
    #[error("{0}")]
    InvalidParams(String),
    /// The call needs something that the client did not declare.
    #[error("the client lacks a capability")]
    MissingCapability {
        /// The missing capabilities, as a client would declare them.
        required: Value,
    },
    /// The caller calls too often.
    #[error("too many calls; try again in {seconds} s")]
    RateLimited {
        /// When to try again, in seconds.
        seconds: u32,
        /// How many calls a minute are allowed.
        limit: u32,
    },
    /// What the server needs is out of reach.
    #[error("try again in {seconds} s")]
    Unavailable {
        /// When to try again, in seconds.
        seconds: u32,
    },
    /// A fault of the server, in words that give nothing away.
    #[error("{0}")]
    Internal(String),
}
