//! What series are told apart by. Values come from the manifest or from a short list, so their number is bounded.

use prometheus_client::encoding::EncodeLabelSet;
use std::sync::Arc;

/// Methods that have a label of their own.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The label for `method`.
pub(super) fn method(method: &str) -> &'static str {
    METHODS.into_iter().find(|known| *known == method).unwrap_or("OTHER")
}

/// Why an instance was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It trapped: a panic, an access out of bounds.
    Trap,
    /// It used up its processor time.
    Cpu,
    /// It was refused memory and gave up.
    Memory,
    /// It did not answer in time.
    Timeout,
}

impl Stop {
    pub(super) const ALL: [Self; 4] = [Self::Trap, Self::Cpu, Self::Memory, Self::Timeout];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Timeout => "timeout",
        }
    }
}

/// A limit that a request ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Too many requests were in progress.
    Requests,
    /// Its body was too long.
    Body,
    /// It used up its processor time.
    Cpu,
    /// It wanted more memory than an instance may have.
    Memory,
    /// It did not come in time.
    Request,
    /// It was not answered in time.
    Response,
}

impl Limit {
    pub(super) const ALL: [Self; 6] =
        [Self::Requests, Self::Body, Self::Cpu, Self::Memory, Self::Request, Self::Response];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Body => "body",
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// How something that a component asked of the host came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Ok,
    /// The other side said no.
    Error,
    /// The other side could not be reached, or was lost on the way.
    Unavailable,
    /// The component did not wait for the end, or was stopped.
    Abandoned,
}

impl Outcome {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Unavailable => "unavailable",
            Self::Abandoned => "abandoned",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RequestLabels {
    pub component: String,
    pub route: String,
    pub method: &'static str,
    pub status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct DurationLabels {
    pub component: String,
    pub route: String,
    pub streamed: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ComponentLabels {
    pub component: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct StopLabels {
    pub component: String,
    pub reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct LimitLabels {
    pub component: String,
    pub limit: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct PartLabels {
    pub component: Arc<str>,
    pub part: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct PartOutcomeLabels {
    pub component: Arc<str>,
    pub part: Arc<str>,
    pub outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OutcomeLabels {
    pub outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct VersionLabels {
    pub version: &'static str,
}

/// What an exemplar points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct TraceLabels {
    pub trace_id: String,
}
