//! A request that is being answered, and why it can't be.

use serde_json::Value;

use crate::{
    message::{Id, Params, Revision, RpcError},
    server::{CallError, ClientFeatures, NotificationSink, Round, Server, Session, StoreError},
};

/// A request: checked, but for what its method says of its parameters.
pub(crate) struct Request<'a, S: Server> {
    pub(crate) server: &'static S,
    pub(crate) caller: &'a S::Caller,
    pub(crate) revision: Revision,
    pub(crate) id: Id<'a>,
    pub(crate) method: &'a str,
    pub(crate) params: Params<'a>,
    /// What the client can do.
    pub(crate) client: ClientFeatures,
    /// The session it belongs to, in the revisions that have them.
    pub(crate) session: Option<Session>,
    pub(crate) sink: &'a NotificationSink,
}

/// What came of a call that may ask the client.
pub(crate) enum CallOutcome<T> {
    /// It is done.
    Complete(T),
    /// The client has to answer first: the members of the result.
    InputRequired(Value),
    /// It is to run as a task, which goes on with this round.
    Defer(Round),
}

/// Why there is no result.
#[derive(Debug)]
pub(crate) struct RequestError {
    pub(crate) rpc_error: RpcError,
    /// The scope to ask for, where that is what is missing.
    pub(crate) scope: Option<String>,
    /// How many calls a minute are allowed, and when to try again.
    pub(crate) rate: Option<(u32, u32)>,
    /// When to try again, in seconds, where no number of calls is what is limited.
    pub(crate) retry_after: Option<u32>,
}

impl From<RpcError> for RequestError {
    fn from(rpc_error: RpcError) -> Self {
        Self { rpc_error, scope: None, rate: None, retry_after: None }
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { seconds } => Self::Unavailable { seconds },
            StoreError::Internal(message) => Self::Internal(message),
        }
    }
}

impl From<StoreError> for RequestError {
    fn from(error: StoreError) -> Self {
        Self::from_call(error.into(), || RpcError::internal("Nothing was looked for."))
    }
}

impl RequestError {
    /// Why a call was not made; `not_found` says what there is none of.
    pub(crate) fn from_call(error: CallError, not_found: impl FnOnce() -> RpcError) -> Self {
        match error {
            CallError::NotFound => not_found().into(),
            CallError::InsufficientScope { scope } => {
                Self { scope: Some(scope.clone()), ..RpcError::insufficient_scope(&scope).into() }
            }
            CallError::InvalidParams(reason) => RpcError::invalid_params(reason).into(),
            CallError::MissingCapability { required } => RpcError::missing_capability(&required).into(),
            CallError::RateLimited { seconds, limit } => {
                Self { rate: Some((limit, seconds)), ..RpcError::rate_limited(seconds).into() }
            }
            CallError::Unavailable { seconds } => RpcError::unavailable(seconds).into(),
            CallError::Internal(message) => RpcError::internal(message).into(),
        }
    }

    /// Whether the same may work in a moment.
    pub(crate) fn is_transient(&self) -> bool {
        self.rpc_error.is_transient
    }
}
