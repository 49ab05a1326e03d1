//! The body of a problem answer.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

/// The media type of a problem answer (RFC 9457, section 6.1).
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What is wrong with one part of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Violation {
    /// Where: a JSON Pointer (RFC 6901) into the body, or `/` and the name of a query parameter; empty for the input as
    /// a whole.
    pub pointer: String,
    /// What is wrong and what would be right, as one sentence for a person.
    pub detail: String,
}

impl Violation {
    /// Says what is wrong at a place.
    #[must_use]
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// Why a request was not done (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct Body<'a> {
    /// The kind of problem: a URI reference relative to the service's origin, where it is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: &'static str,
    /// The HTTP status, again.
    pub status: u16,
    /// What happened this time, as one sentence for a person.
    pub detail: Cow<'a, str>,
    /// The path that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<&'a str>,
    /// Names the request in the logs, like the header `X-Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<&'a str>,
    /// What is wrong, part by part.
    #[serde(skip_serializing_if = "<[Violation]>::is_empty")]
    #[schemars(default)]
    pub errors: &'a [Violation],
    /// Members of the protocol that the request belongs to (RFC 9457, section 3.2).
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub extensions: Option<&'a serde_json::Map<String, serde_json::Value>>,
}
