//! A session about to be stored.

use user_database::{Parameter, optional};
use uuid::Uuid;

use crate::auth_error::AuthError;
use crate::client::Client;
use crate::session;

/// A session about to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// SHA-256 of its token.
    pub token_hash: Vec<u8>,
    /// Whether it outlives the browser.
    pub remembered: bool,
    /// When it ends, in microseconds since 1970-01-01T00:00:00Z.
    pub expires_at: i64,
    /// Who starts it.
    pub client: Client,
    /// When it is started, in the same unit.
    pub now: i64,
}

impl NewSession {
    /// A session that starts now, and its token, which is told to the client and to nobody else.
    pub fn start(
        user_id: Uuid,
        remembered: bool,
        client: Client,
        now: i64,
    ) -> Result<(Self, String), AuthError> {
        let token = session::new_token()?;
        let started = Self {
            id: Uuid::now_v7(),
            user_id,
            token_hash: session_cookie::token_hash(&token),
            remembered,
            expires_at: session::expiry(now, remembered),
            client,
            now,
        };
        Ok((started, token))
    }

    /// Id, hash, remembered, expiry, address and user agent, in this order.
    pub fn parameters(&self) -> [Parameter; 6] {
        [
            Parameter::Uuid(self.id.to_string()),
            Parameter::Binary(self.token_hash.clone()),
            Parameter::Boolean(self.remembered),
            Parameter::Int64(self.expires_at),
            optional(self.client.address.map(|address| address.to_string())),
            optional(self.client.user_agent.clone()),
        ]
    }

    /// The same, each NULL where there is no session.
    pub fn optional_parameters(session: Option<&Self>) -> [Parameter; 6] {
        session.map_or_else(|| std::array::from_fn(|_| Parameter::DbNull), Self::parameters)
    }
}
