//! Request states, each taken once.

use mcp_protocol::StoreError;
use user_database::Statement;
use uuid::Uuid;

use super::{PostgresStore, seconds, uuid};

const USE_ONCE: Statement = Statement::new("use_once", "todo.mcp_used_states", include_str!("use_once.sql"));

impl PostgresStore {
    pub(super) async fn use_once(&self, nonce: Uuid, time: u32) -> Result<bool, StoreError> {
        self.does(&USE_ONCE, vec![uuid(nonce), seconds(time)]).await
    }
}
