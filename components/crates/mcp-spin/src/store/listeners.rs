//! Streams that listen, of which a user has so many.

use mcp_protocol::StoreError;
use user_database::{Parameter, Row, Statement};
use uuid::Uuid;

use super::{PostgresStore, seconds, uuid};

const TABLE: &str = "todo.mcp_listeners";
const OPEN: Statement = Statement::new("open_listener", TABLE, include_str!("open_listener.sql"));
const RENEW: Statement = Statement::new("renew_listener", TABLE, include_str!("renew_listener.sql"));
const CLOSE: Statement = Statement::new("close_listener", TABLE, include_str!("close_listener.sql"));

/// How often a place is tried for. Each time that one was lost, another stream has it: so few tries are enough, and who opens
/// so many streams at once may wait.
const MAX_TRIES: usize = 8;

impl PostgresStore {
    pub(super) async fn open_listener(
        &self,
        stream: Uuid,
        limit: u32,
        lease: u32,
    ) -> Result<bool, StoreError> {
        for _ in 0..MAX_TRIES {
            let places = Parameter::Int32(i32::try_from(limit).unwrap_or(i32::MAX));
            let parameters = vec![uuid(stream), places, seconds(lease)];
            match self.at_most_one(&OPEN, parameters, |row: &mut Row| row.read("is_taken")).await? {
                Some(true) => return Ok(true),
                Some(false) => {}
                None => return Ok(false),
            }
        }
        Ok(false)
    }

    pub(super) async fn renew_listener(&self, stream: Uuid, lease: u32) -> Result<bool, StoreError> {
        self.does(&RENEW, vec![uuid(stream), seconds(lease)]).await
    }

    pub(super) async fn close_listener(&self, stream: Uuid) -> Result<(), StoreError> {
        self.does(&CLOSE, vec![uuid(stream)]).await.map(drop)
    }
}
