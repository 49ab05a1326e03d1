//! Who asks, and with what right.

use endpoint::{Context, Principal, Problem};
use http::HeaderMap;
use task_model::types::Caller;
use user_database::UserDatabase;

use crate::history::{self, MessageKey};
use crate::settings::Settings;
use crate::tools::Client;

/// What a user's messages are counted as, in all conversations together.
const COUNTED_AS: &str = "chat";

/// A request of somebody who may talk to the assistant.
pub struct Session<'a> {
    /// The request.
    pub context: &'a Context,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Whose token it has.
    pub principal: Principal,
    /// The same, as tools know them.
    pub caller: Caller,
}

impl<'a> Session<'a> {
    /// Checks the token.
    ///
    /// # Errors
    /// 401 or 403 as everywhere, 400 for a time zone that is none.
    pub async fn open(context: &'a Context, headers: &'a HeaderMap) -> Result<Self, Problem> {
        let principal = endpoint::authenticate(context, headers, Some("chat")).await?;
        let caller = endpoint::caller(context, &principal, headers)?;
        Ok(Self { context, headers, principal, caller })
    }

    /// Counts a message to the assistant.
    ///
    /// # Errors
    /// 429 where the minute is used up.
    pub async fn count_message(&self) -> Result<(), Problem> {
        let limit = Settings::load().await?.quota.messages_per_minute;
        let (user_id, request_id) = (&self.caller.user_id, &self.caller.request_id);
        Ok(call_budget::take_call(user_id, request_id, COUNTED_AS, limit).await?)
    }

    /// Counts any other request, as a call over REST.
    ///
    /// # Errors
    /// 429 where the minute is used up.
    pub async fn count_call(&self) -> Result<(), Problem> {
        call_budget::take_rest_call(&self.caller.user_id, &self.caller.request_id).await
    }

    /// A connection that acts for them.
    ///
    /// # Errors
    /// 503 when the database is out of reach.
    pub async fn database(&self) -> Result<UserDatabase, Problem> {
        UserDatabase::open(&self.caller.user_id, &self.caller.request_id).await.map_err(history::problem)
    }

    /// What the client calls a message by the header `Idempotency-Key`, with the hash of what it sends.
    pub fn message_key(&self, fingerprint: impl FnOnce() -> [u8; 32]) -> Option<MessageKey> {
        let key = self.caller.idempotency_key.clone()?;
        Some(MessageKey { key, fingerprint: fingerprint() })
    }

    /// The tools, with their own token.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub async fn tools(&self) -> Result<Client, Problem> {
        Client::new(self.context, self.headers, self.principal.clone(), &self.caller).await
    }
}
