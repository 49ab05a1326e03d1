//! The tools, as the MCP endpoint of this app offers them to a client whose user can be asked.

mod client;
mod list;
mod list_cache;
mod reply;
mod request;

pub use client::Client;

use std::rc::Rc;

use serde_json::{Map, Value};
use task_model::consent::{Action, Shown};
use task_model::types::{Consent, Wording};

use crate::transcript::{Outcome, Retry};

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
    /// Whether the person has to agree, and to what.
    pub consent: Consent,
    /// What a person is told of a call.
    pub wording: Option<Wording>,
}

/// The tools can't be listed. Try again after this many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable(pub u32);

/// Whether the person is asked before a call is made.
#[derive(Clone, Copy, Debug)]
pub enum Asking<'a> {
    /// If the tool needs it.
    IfNeeded,
    /// In any case, unless it would do nothing.
    First,
    /// They were, and said yes.
    Agreed(&'a Retry),
}

/// What came of a call.
#[derive(Debug, PartialEq)]
pub enum Called {
    /// It was made, or could not be.
    Done(Outcome),
    /// Nothing was done yet: the person is to be asked.
    Asks(Box<PendingQuestion>),
    /// Nothing was done: the yes that it came with no longer counts. It is too old, or was used.
    Lapsed,
}

/// What a tool's server asks the person.
#[derive(Debug, PartialEq)]
pub struct PendingQuestion {
    /// The question.
    pub question: String,
    /// What it is about, if the server says so.
    pub action: Option<Action>,
    /// The input that a yes runs, if the server says so.
    pub arguments: Option<Map<String, Value>>,
    /// What the question shows of many tasks.
    pub shown: Option<Shown>,
    /// What the server wants back with the answer.
    pub state: Option<String>,
    /// The answer that is a yes.
    pub answers: Map<String, Value>,
}

/// Who runs tools for one user.
pub trait Tools {
    /// What there is to call.
    async fn list(&self) -> Result<Rc<[Tool]>, Unreachable>;

    /// Calls one. Whatever goes wrong is a failed outcome: a model can read it and go on.
    async fn call(&self, name: &str, arguments: &Map<String, Value>, asking: Asking<'_>) -> Called;
}
