//! Who asks, and with what right.

use chatkit_protocol::Request;
use endpoint::{Context, Principal, Problem};
use http::HeaderMap;
use serde::Serialize;
use task_model::hash::InputHash;
use task_model::types::Caller;
use user_database::UserDatabase;
use uuid::Uuid;

use crate::history::{self, MessageKey};
use crate::messages::COUNTED_AS;
use crate::settings::Settings;
use crate::tools::Client;

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

    /// Counts the request: as a message where the assistant answers, otherwise as a call over REST.
    ///
    /// # Errors
    /// 429 where the minute is used up.
    pub async fn count(&self, request: &Request) -> Result<(), Problem> {
        let (user_id, request_id) = (&self.caller.user_id, &self.caller.request_id);
        let is_message = matches!(
            request,
            Request::ThreadsCreate(_)
                | Request::ThreadsAddUserMessage(_)
                | Request::ThreadsAddStructuredInput(_)
                | Request::ThreadsRetryAfterItem(_)
        );
        if is_message {
            let limit = Settings::load().await?.quota.messages_per_minute;
            Ok(call_budget::take_call(user_id, request_id, COUNTED_AS, limit).await?)
        } else {
            call_budget::take_rest_call(user_id, request_id).await
        }
    }

    /// A connection that acts for them.
    ///
    /// # Errors
    /// 503 when the database is out of reach.
    pub async fn database(&self) -> Result<UserDatabase, Problem> {
        UserDatabase::open(&self.caller.user_id, &self.caller.request_id).await.map_err(history::problem)
    }

    /// What the client calls a message by the header `Idempotency-Key`, with the hash of what it sends.
    pub fn message_key(&self, thread: Option<Uuid>, input: &impl Serialize) -> Option<MessageKey> {
        let key = self.caller.idempotency_key.clone()?;
        // Structs of strings and JSON values have no way to fail.
        let input = serde_json::to_vec(input).unwrap_or_default();
        let thread = thread.as_ref().map(Uuid::as_bytes);
        let fingerprint = InputHash::new().part("chatkit").optional(thread).part(input).finish();
        Some(MessageKey { key, fingerprint })
    }

    /// The tools, with their own token.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub async fn tools(&self) -> Result<Client, Problem> {
        Client::new(self.context, self.headers, self.principal.clone(), &self.caller).await
    }
}
