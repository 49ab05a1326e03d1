//! JSON-RPC 2.0 messages as they arrive.

use std::borrow::Cow;

use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use super::{
    RpcError,
    raw::{self, present},
};

/// A request's id: the JSON text of a string or an integer, answered as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id<'a>(&'a str);

impl<'a> Id<'a> {
    fn read(value: &'a RawValue) -> Option<Self> {
        let text = value.get();
        let is_integer = || text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
        (raw::string(value).is_some() || is_integer()).then_some(Self(text))
    }

    pub(crate) fn to_value(self) -> serde_json::Value {
        serde_json::from_str(self.0).unwrap_or_default()
    }

    /// Its JSON text.
    #[must_use]
    pub const fn as_json(self) -> &'a str {
        self.0
    }
}

#[derive(Debug)]
pub(crate) enum Message<'a> {
    /// Asks for an answer.
    Request { id: Id<'a>, method: Cow<'a, str>, params: Option<&'a RawValue> },
    /// Tells something.
    Notification { method: Cow<'a, str>, params: Option<&'a RawValue> },
    /// Answers a request of the server.
    Response { id: Id<'a>, text: &'a str },
}

/// The members of a message that mean something.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    jsonrpc: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    method: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    params: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    result: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    error: Option<&'a RawValue>,
}

/// Why there is no message, and the id to answer under where it could be read.
#[derive(Debug)]
pub(crate) struct ReadError<'a> {
    pub(crate) id: Option<Id<'a>>,
    pub(crate) rpc_error: RpcError,
}

impl ReadError<'_> {
    const fn nameless(rpc_error: RpcError) -> Self {
        Self { id: None, rpc_error }
    }
}

/// Reads one message.
pub(crate) fn read(text: &str) -> Result<Message<'_>, ReadError<'_>> {
    let envelope: Envelope<'_> =
        serde_json::from_str(text).map_err(|error| ReadError::nameless(rpc_error(text, &error)))?;
    let id = envelope.id.and_then(Id::read);
    let invalid = |reason: &'static str| ReadError { id, rpc_error: RpcError::invalid_request(reason) };

    if envelope.jsonrpc.and_then(raw::string).as_deref() != Some("2.0") {
        return Err(invalid("The member jsonrpc must be \"2.0\"."));
    }
    if envelope.id.is_some() && id.is_none() {
        return Err(invalid("The member id must be a string or an integer of at most 64 bits."));
    }
    let answers = envelope.result.is_some() || envelope.error.is_some();
    let Some(method) = envelope.method else {
        return match id {
            Some(id) if answers => Ok(Message::Response { id, text }),
            _ => Err(invalid("The member method is missing.")),
        };
    };
    if answers {
        return Err(invalid("A message has either the member method, or result, or error."));
    }
    let Some(method) = raw::string(method) else {
        return Err(invalid("The member method must be a string."));
    };
    // Clients that have no parameters may say so.
    let params = envelope.params.filter(|params| !raw::is_null(params));
    if params.is_some_and(|params| !raw::is_object(params)) {
        return Err(invalid(
            "The member params must be an object; leave it out where there is nothing to say.",
        ));
    }
    Ok(match id {
        Some(id) => Message::Request { id, method, params },
        None => Message::Notification { method, params },
    })
}

/// The elements of a batch.
pub(crate) fn read_batch(text: &str) -> Result<Vec<&RawValue>, RpcError> {
    serde_json::from_str(text).map_err(|error| rpc_error(text, &error))
}

/// What is wrong with a text that is no message. A text that only starts like JSON is no JSON, even where a wrong type
/// comes before the place at which reading would have stopped.
fn rpc_error(text: &str, error: &serde_json::Error) -> RpcError {
    if !error.is_data() {
        return RpcError::parse_error(error);
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Err(error) => RpcError::parse_error(&error),
        Ok(_) if error.to_string().starts_with("duplicate field") => {
            RpcError::invalid_request("A member occurs more than once.")
        }
        Ok(_) => RpcError::invalid_request("A message is a JSON object."),
    }
}
