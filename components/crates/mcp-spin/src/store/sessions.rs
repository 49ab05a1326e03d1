//! What clients with a session have set.

use mcp_protocol::{SessionState, StoreError, model::LoggingLevel};
use user_database::{Parameter, Row, Statement};
use uuid::Uuid;

use super::{PostgresStore, text, uuid};

const TABLE: &str = "todo.mcp_sessions";
const SUBSCRIBE: Statement = Statement::new("subscribe", TABLE, include_str!("subscribe.sql"));
const SET_LOG_LEVEL: Statement = Statement::new("set_log_level", TABLE, include_str!("set_log_level.sql"));
const SESSION: Statement = Statement::new("read_mcp_session", TABLE, include_str!("read_mcp_session.sql"));

impl PostgresStore {
    pub(super) async fn subscribe(
        &self,
        session: Uuid,
        uri: &str,
        is_wanted: bool,
    ) -> Result<bool, StoreError> {
        let parameters = vec![uuid(session), text(uri), Parameter::Boolean(is_wanted)];
        self.does(&SUBSCRIBE, parameters).await
    }

    pub(super) async fn set_log_level(&self, session: Uuid, level: LoggingLevel) -> Result<(), StoreError> {
        let level = serde_json::to_value(level).ok().and_then(|level| level.as_str().map(text));
        let parameters = vec![uuid(session), level.unwrap_or(Parameter::DbNull)];
        self.does(&SET_LOG_LEVEL, parameters).await.map(drop)
    }

    pub(super) async fn session(&self, session: Uuid) -> Result<SessionState, StoreError> {
        let read = |row: &mut Row| {
            let subscriptions = row.read("subscriptions")?;
            let level: Option<String> = row.read("log_level")?;
            let log_level = level.and_then(|level| serde_json::from_value(level.into()).ok());
            Ok(SessionState { subscriptions, log_level })
        };
        Ok(self.at_most_one(&SESSION, vec![uuid(session)], read).await?.unwrap_or_default())
    }
}
