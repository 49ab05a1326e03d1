//! Requests that are sent to clients, and their responses.

use mcp_protocol::{RecordedResponses, StoreError};
use serde_json::Value;
use user_database::{Row, Statement};
use uuid::Uuid;

use super::{PostgresStore, jsonb, uuid, uuids};

const TABLE: &str = "todo.mcp_questions";
const CREATE: Statement = Statement::new("create_requests", TABLE, include_str!("create_requests.sql"));
const RECORD: Statement = Statement::new("record_response", TABLE, include_str!("record_response.sql"));
const RESPONSES: Statement = Statement::new("read_responses", TABLE, include_str!("read_responses.sql"));

impl PostgresStore {
    pub(super) async fn create_requests(
        &self,
        stream: Uuid,
        session: Uuid,
        requests: &[Uuid],
    ) -> Result<(), StoreError> {
        self.does(&CREATE, vec![uuid(stream), uuid(session), uuids(requests)]).await.map(drop)
    }

    pub(super) async fn record_response(
        &self,
        session: Uuid,
        request: Uuid,
        response: &Value,
    ) -> Result<bool, StoreError> {
        self.does(&RECORD, vec![uuid(session), uuid(request), jsonb(response)]).await
    }

    pub(super) async fn responses(
        &self,
        stream: Uuid,
        requests: &[Uuid],
    ) -> Result<RecordedResponses, StoreError> {
        let read = |row: &mut Row| {
            let responses: Option<String> = row.read("answers")?;
            let responses =
                responses.map_or_else(|| Ok(Default::default()), |text| serde_json::from_str(&text));
            let responses = responses.map_err(|error| row.invalid_value("answers", error.to_string()))?;
            Ok(RecordedResponses { responses, is_cancelled: row.read("is_cancelled")? })
        };
        let answered = self.at_most_one(&RESPONSES, vec![uuid(stream), uuids(requests)], read).await?;
        Ok(answered.unwrap_or_default())
    }
}
