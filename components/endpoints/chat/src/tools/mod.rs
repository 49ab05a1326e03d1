//! The tools, as the MCP endpoint of this app offers them.

mod client;
mod message;

pub use client::Client;

use serde_json::{Map, Value};
use task_model::types::{Consent, Wording};

use crate::said::Outcome;

/// A tool that a model may call.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    /// Its name in snake_case.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it does and when to use it.
    pub description: String,
    /// Its input as a JSON Schema document.
    pub input_schema: String,
    /// It changes nothing.
    pub read_only: bool,
    /// It may remove something, or change much: the person is asked first.
    pub destructive: bool,
    /// Whether the person has to agree, and to what: then the input says by a member `confirm` that they do.
    pub consent: Consent,
    /// What a person is told of a call.
    pub wording: Option<Wording>,
}

/// The tools can't be listed. Try again after this many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable(pub u32);

/// Who runs tools for one user.
pub trait Tools {
    /// What there is to call.
    async fn list(&self) -> Result<Vec<Tool>, Unreachable>;

    /// Calls one. Whatever goes wrong is a failed outcome: a model can read it and go on.
    async fn call(&self, name: &str, arguments: &Map<String, Value>) -> Outcome;
}
