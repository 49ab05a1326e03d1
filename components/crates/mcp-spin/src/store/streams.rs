//! Streams that may break off.

use mcp_protocol::{StoreError, StoredEvents};
use user_database::{Parameter, Row, Statement};
use uuid::Uuid;

use super::{PostgresStore, text, uuid};

const TABLE: &str = "todo.mcp_streams";
const OPEN: Statement = Statement::new("open_stream", TABLE, include_str!("open_stream.sql"));
const APPEND: Statement = Statement::new("append_event", TABLE, include_str!("append_event.sql"));
const EVENTS: Statement = Statement::new("read_events", TABLE, include_str!("read_events.sql"));
const CANCEL: Statement = Statement::new("cancel_request", TABLE, include_str!("cancel_request.sql"));

impl PostgresStore {
    pub(super) async fn open_stream(
        &self,
        stream: Uuid,
        session: Uuid,
        request_id: &str,
    ) -> Result<(), StoreError> {
        self.does(&OPEN, vec![uuid(stream), uuid(session), text(request_id)]).await.map(drop)
    }

    pub(super) async fn append(
        &self,
        stream: Uuid,
        sequence: i32,
        message: Option<&str>,
        is_last: bool,
    ) -> Result<(), StoreError> {
        let parameters = vec![
            uuid(stream),
            Parameter::Int32(sequence),
            user_database::optional(message.map(str::to_owned)),
            Parameter::Boolean(is_last),
        ];
        match self.does(&APPEND, parameters).await? {
            true => Ok(()),
            false => Err(StoreError::Internal("The stream is gone.".to_owned())),
        }
    }

    pub(super) async fn events(
        &self,
        stream: Uuid,
        session: Uuid,
        after: i32,
    ) -> Result<Option<StoredEvents>, StoreError> {
        let read = |row: &mut Row| {
            let is_complete = row.read("is_complete")?;
            let is_cancelled = row.read("is_cancelled")?;
            let events: Option<String> = row.read("events")?;
            let events = events.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str(&text));
            let events = events.map_err(|error| row.invalid_value("events", error.to_string()))?;
            Ok(StoredEvents { events, is_complete, is_cancelled })
        };
        self.at_most_one(&EVENTS, vec![uuid(stream), uuid(session), Parameter::Int32(after)], read).await
    }

    pub(super) async fn cancel(&self, session: Uuid, request_id: &str) -> Result<(), StoreError> {
        self.does(&CANCEL, vec![uuid(session), text(request_id)]).await.map(drop)
    }
}
