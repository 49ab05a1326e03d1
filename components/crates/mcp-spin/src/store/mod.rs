//! The store in PostgreSQL: one statement for each thing that is kept or looked for.

mod client_requests;
mod listeners;
mod sessions;
mod states;
mod streams;
mod tasks;

use std::collections::BTreeMap;

use mcp_protocol::{
    RecordedResponses, SessionState, Store, StoreError, StoredEvents, TaskRecord, TaskStep, TaskWork,
    model::LoggingLevel,
};
use serde_json::Value;
use task_model::types::ToolError;
use user_database::{DecodeError, LoggedDbError, Parameter, Row, Statement, UserDatabase};
use uuid::Uuid;

/// What is kept for one user. A connection is taken for each statement and none is held in between, since what waits here
/// may wait long.
pub struct PostgresStore {
    user_id: String,
    request_id: String,
}

impl PostgresStore {
    /// The store of this user, for the sake of this request.
    #[must_use]
    pub fn new(user_id: &str, request_id: &str) -> Self {
        Self { user_id: user_id.to_owned(), request_id: request_id.to_owned() }
    }

    async fn connect(&self) -> Result<UserDatabase, StoreError> {
        UserDatabase::open(&self.user_id, &self.request_id).await.map_err(store_error)
    }

    /// Runs a statement and reads its row, if there is one.
    async fn at_most_one<T>(
        &self,
        statement: &Statement,
        parameters: Vec<Parameter>,
        read: impl FnOnce(&mut Row) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, StoreError> {
        let database = self.connect().await?;
        let row = database.at_most_one(statement, parameters).await.map_err(store_error)?;
        let Some(mut row) = row else { return Ok(None) };
        database.decode(statement, || read(&mut row)).map(Some).map_err(store_error)
    }

    /// Runs a statement whose rows only say that it did something.
    async fn does(&self, statement: &Statement, parameters: Vec<Parameter>) -> Result<bool, StoreError> {
        let rows = self.connect().await?.rows(statement, parameters).await.map_err(store_error)?;
        Ok(!rows.is_empty())
    }
}

/// An error of the database, for the protocol.
pub(crate) fn store_error(error: LoggedDbError) -> StoreError {
    match ToolError::from(error) {
        ToolError::Unavailable(seconds) => StoreError::Unavailable { seconds },
        ToolError::Internal(id) => {
            StoreError::Internal(format!("Something went wrong on our side. Please report this id: {id}."))
        }
        other => StoreError::Internal(format!("The database refused it: {other:?}.")),
    }
}

fn uuid(id: Uuid) -> Parameter {
    Parameter::Uuid(id.to_string())
}

fn text(text: impl Into<String>) -> Parameter {
    Parameter::Str(text.into())
}

fn uuids(ids: &[Uuid]) -> Parameter {
    user_database::text_array(ids.iter().map(Uuid::to_string).collect())
}

/// Seconds as PostgreSQL's intervals want them.
fn seconds(seconds: u32) -> Parameter {
    Parameter::Floating64(f64::from(seconds))
}

fn jsonb(value: &impl serde::Serialize) -> Parameter {
    // JSON values and maps of them have no way to fail.
    Parameter::Jsonb(serde_json::to_vec(value).unwrap_or_default())
}

impl Store for PostgresStore {
    async fn subscribe(&self, session: Uuid, uri: &str, is_wanted: bool) -> Result<bool, StoreError> {
        self.subscribe(session, uri, is_wanted).await
    }

    async fn set_log_level(&self, session: Uuid, level: LoggingLevel) -> Result<(), StoreError> {
        self.set_log_level(session, level).await
    }

    async fn session(&self, session: Uuid) -> Result<SessionState, StoreError> {
        self.session(session).await
    }

    async fn open_stream(&self, stream: Uuid, session: Uuid, request_id: &str) -> Result<(), StoreError> {
        self.open_stream(stream, session, request_id).await
    }

    async fn append(
        &self,
        stream: Uuid,
        sequence: i32,
        message: Option<&str>,
        is_last: bool,
    ) -> Result<(), StoreError> {
        self.append(stream, sequence, message, is_last).await
    }

    async fn events(
        &self,
        stream: Uuid,
        session: Uuid,
        after: i32,
    ) -> Result<Option<StoredEvents>, StoreError> {
        self.events(stream, session, after).await
    }

    async fn cancel(&self, session: Uuid, request_id: &str) -> Result<(), StoreError> {
        self.cancel(session, request_id).await
    }

    async fn create_requests(
        &self,
        stream: Uuid,
        session: Uuid,
        requests: &[Uuid],
    ) -> Result<(), StoreError> {
        self.create_requests(stream, session, requests).await
    }

    async fn record_response(
        &self,
        session: Uuid,
        request: Uuid,
        response: &Value,
    ) -> Result<bool, StoreError> {
        self.record_response(session, request, response).await
    }

    async fn responses(&self, stream: Uuid, requests: &[Uuid]) -> Result<RecordedResponses, StoreError> {
        self.responses(stream, requests).await
    }

    async fn use_once(&self, nonce: Uuid, seconds: u32) -> Result<bool, StoreError> {
        self.use_once(nonce, seconds).await
    }

    async fn create_task(
        &self,
        task: Uuid,
        work: &TaskWork,
        ttl_ms: u64,
        worker: Uuid,
        seconds: u32,
    ) -> Result<TaskRecord, StoreError> {
        self.create_task(task, work, ttl_ms, worker, seconds).await
    }

    async fn task(&self, task: Uuid) -> Result<Option<TaskRecord>, StoreError> {
        self.task(task).await
    }

    async fn lease_task(
        &self,
        task: Uuid,
        worker: Uuid,
        seconds: u32,
    ) -> Result<Option<TaskWork>, StoreError> {
        self.lease_task(task, worker, seconds).await
    }

    async fn renew_task_lease(&self, task: Uuid, worker: Uuid, seconds: u32) -> Result<bool, StoreError> {
        self.renew_task_lease(task, worker, seconds).await
    }

    async fn finish_round(&self, task: Uuid, worker: Uuid, step: &TaskStep) -> Result<(), StoreError> {
        self.finish_round(task, worker, step).await
    }

    async fn update_task(&self, task: Uuid, answers: &BTreeMap<String, Value>) -> Result<bool, StoreError> {
        self.update_task(task, answers).await
    }

    async fn open_listener(&self, stream: Uuid, limit: u32, seconds: u32) -> Result<bool, StoreError> {
        self.open_listener(stream, limit, seconds).await
    }

    async fn renew_listener(&self, stream: Uuid, seconds: u32) -> Result<bool, StoreError> {
        self.renew_listener(stream, seconds).await
    }

    async fn close_listener(&self, stream: Uuid) -> Result<(), StoreError> {
        self.close_listener(stream).await
    }

    async fn cancel_task(&self, task: Uuid) -> Result<bool, StoreError> {
        self.cancel_task(task).await
    }
}
