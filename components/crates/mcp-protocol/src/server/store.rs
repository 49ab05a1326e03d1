//! What outlives a request, kept where every process of a server finds it.
//!
//! All of it belongs to one user and expires by itself. A process that has written something may be gone when it is read.

use std::collections::BTreeMap;

use rmcp::model::{InputRequests, LoggingLevel};
use serde_json::Value;
use uuid::Uuid;

/// Why the store did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is out of reach. Try again after so many seconds.
    #[error("the store is out of reach")]
    Unavailable {
        /// Seconds.
        seconds: u32,
    },
    /// A fault, in words that give nothing away.
    #[error("{0}")]
    Internal(String),
}

/// What a client of a session has set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionState {
    /// The URIs of the resources it listens to.
    pub subscriptions: Vec<String>,
    /// From which level on it wants log messages.
    pub log_level: Option<LoggingLevel>,
}

/// What was sent on a stream after an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredEvents {
    /// Sequence and message.
    pub events: Vec<(i32, String)>,
    /// Whether nothing will follow.
    pub is_complete: bool,
    /// Whether the client no longer wants the answer.
    pub is_cancelled: bool,
}

/// What a client answered so far to what it was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedResponses {
    /// JSON-RPC responses, by the id of the request.
    pub responses: BTreeMap<Uuid, Value>,
    /// Whether the client no longer wants the answer to its request.
    pub is_cancelled: bool,
}

/// What a task does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskWork {
    /// The tool's name.
    pub tool: String,
    /// Its arguments, as JSON.
    pub arguments: String,
    /// What the client can do, as [`ClientFeatures`](super::ClientFeatures) has it.
    pub client: u8,
    /// How many times the client was asked.
    pub rounds: u32,
    /// What the tool wanted to know again.
    pub state: Option<Value>,
    /// What the client answered in the last round.
    pub answers: BTreeMap<String, Value>,
}

/// Where a task stands.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskState {
    /// It is worked on, or waits for somebody to do so.
    Working,
    /// The client is asked.
    InputRequired(InputRequests),
    /// It is done: the result, as JSON.
    Completed(String),
    /// It failed: the JSON-RPC error, as JSON.
    Failed(String),
    /// It was given up.
    Cancelled,
}

/// A task as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRecord {
    /// Names it.
    pub id: Uuid,
    /// Where it stands.
    pub state: TaskState,
    /// When it was made, in RFC 3339.
    pub created_at: String,
    /// When it last changed, in RFC 3339.
    pub updated_at: String,
    /// For how long it is kept after it was made, in milliseconds.
    pub ttl_ms: u64,
    /// Whether it is working and nobody works on it.
    pub is_abandoned: bool,
}

/// What a round of a task came to.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskStep {
    /// The client is to be asked; the state is for the round after.
    Ask(InputRequests, Option<Value>),
    /// It is done: the result, as JSON.
    Complete(String),
    /// It failed: the JSON-RPC error, as JSON.
    Fail(String),
}

/// What is kept for one user.
pub trait Store: 'static {
    /// Remembers a session's subscriptions: adds a URI, or takes it away. Whether it did: a session has room for 200.
    fn subscribe(
        &self,
        session: Uuid,
        uri: &str,
        is_wanted: bool,
    ) -> impl Future<Output = Result<bool, StoreError>>;

    /// Remembers from which level on a session wants log messages.
    fn set_log_level(
        &self,
        session: Uuid,
        level: LoggingLevel,
    ) -> impl Future<Output = Result<(), StoreError>>;

    /// What a session has set.
    fn session(&self, session: Uuid) -> impl Future<Output = Result<SessionState, StoreError>>;

    /// Begins a stream that answers a request, whose id is given as JSON text.
    fn open_stream(
        &self,
        stream: Uuid,
        session: Uuid,
        request_id: &str,
    ) -> impl Future<Output = Result<(), StoreError>>;

    /// Adds a message to a stream; the last one ends it. A message that is there already stays as it is.
    fn append(
        &self,
        stream: Uuid,
        sequence: i32,
        message: Option<&str>,
        is_last: bool,
    ) -> impl Future<Output = Result<(), StoreError>>;

    /// What was sent on a session's stream after an event; `None` where there is no such stream.
    fn events(
        &self,
        stream: Uuid,
        session: Uuid,
        after: i32,
    ) -> impl Future<Output = Result<Option<StoredEvents>, StoreError>>;

    /// Marks the stream that answers a session's request: its answer is no longer wanted.
    fn cancel(&self, session: Uuid, request_id: &str) -> impl Future<Output = Result<(), StoreError>>;

    /// Remembers that the client of a session is asked on a stream.
    fn create_requests(
        &self,
        stream: Uuid,
        session: Uuid,
        requests: &[Uuid],
    ) -> impl Future<Output = Result<(), StoreError>>;

    /// Takes a client's answer. False where its session was not asked this, or has answered already.
    fn record_response(
        &self,
        session: Uuid,
        request: Uuid,
        response: &Value,
    ) -> impl Future<Output = Result<bool, StoreError>>;

    /// The answers so far.
    fn responses(
        &self,
        stream: Uuid,
        requests: &[Uuid],
    ) -> impl Future<Output = Result<RecordedResponses, StoreError>>;

    /// Uses up something that may be used once, for as long as it could be presented. False where it was used before.
    fn use_once(&self, nonce: Uuid, seconds: u32) -> impl Future<Output = Result<bool, StoreError>>;

    /// Makes a task, held by a worker for so many seconds.
    fn create_task(
        &self,
        task: Uuid,
        work: &TaskWork,
        ttl_ms: u64,
        worker: Uuid,
        seconds: u32,
    ) -> impl Future<Output = Result<TaskRecord, StoreError>>;

    /// Where a task stands; `None` where the user has none of this id.
    fn task(&self, task: Uuid) -> impl Future<Output = Result<Option<TaskRecord>, StoreError>>;

    /// Takes a working task that nobody holds, for so many seconds. `None` where there is nothing to take.
    fn lease_task(
        &self,
        task: Uuid,
        worker: Uuid,
        seconds: u32,
    ) -> impl Future<Output = Result<Option<TaskWork>, StoreError>>;

    /// Holds a task for so many seconds more. False where the worker has lost it: then it must stop.
    fn renew_task_lease(
        &self,
        task: Uuid,
        worker: Uuid,
        seconds: u32,
    ) -> impl Future<Output = Result<bool, StoreError>>;

    /// Writes what a round came to, if the worker still holds the task.
    fn finish_round(
        &self,
        task: Uuid,
        worker: Uuid,
        step: &TaskStep,
    ) -> impl Future<Output = Result<(), StoreError>>;

    /// Takes a client's answers to what a task asks. With all of them it is working again. False where there is no such
    /// task.
    fn update_task(
        &self,
        task: Uuid,
        answers: &BTreeMap<String, Value>,
    ) -> impl Future<Output = Result<bool, StoreError>>;

    /// Lets a stream listen for so many seconds, if fewer than `limit` streams of the user do. False where it may not.
    fn open_listener(
        &self,
        stream: Uuid,
        limit: u32,
        seconds: u32,
    ) -> impl Future<Output = Result<bool, StoreError>>;

    /// Lets a stream listen for so many seconds more. False where it no longer may: then it must stop.
    fn renew_listener(&self, stream: Uuid, seconds: u32) -> impl Future<Output = Result<bool, StoreError>>;

    /// Counts a stream no more.
    fn close_listener(&self, stream: Uuid) -> impl Future<Output = Result<(), StoreError>>;

    /// Gives a task up, unless it has ended. False where there is no such task.
    fn cancel_task(&self, task: Uuid) -> impl Future<Output = Result<bool, StoreError>>;
}
