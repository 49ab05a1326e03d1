//! `GET /api/auth/list-events`: what happened to the account of whoever is signed in

use audit_events::network_hash;
use endpoint::{Context, Request};
use http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::site::Site;
use crate::user::instant;
use crate::{session, store};

/// How many are told: the last ones.
pub const MAX_EVENTS: i32 = 100;

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// What: `session.started`.
    pub action: String,
    /// `success` or `refused`.
    pub outcome: String,
    /// Why it was refused, or which kind of it.
    pub detail: Option<String>,
    /// The program that acted; nothing where the person did.
    pub client_id: Option<String>,
    /// The network that the request came from, as a hash.
    pub network: Vec<u8>,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// Tells the last of them, the latest first.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn list(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, database) = session::required(context, site, request.headers()).await?;
    let events = store::list_events(&database, current.session.user.id, MAX_EVENTS).await?;
    let client = Client::new(site.settings, request.headers());
    let here = network_hash(&site.settings.secret, &client.network());
    let events: Vec<Value> = events.iter().map(|event| event.to_json(&here)).collect();
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &events)?))
}

impl AccountEvent {
    fn to_json(&self, here: &[u8]) -> Value {
        json!({
            "at": instant(self.at),
            "action": self.action,
            "outcome": self.outcome,
            "detail": self.detail,
            "clientId": self.client_id,
            // Which network it was can't be told: only a hash of it is stored.
            "fromThisNetwork": self.network == here,
            "requestId": self.request_id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_tells_whether_it_came_from_here() {
        let event = AccountEvent {
            at: 1_795_000_000_000_000,
            action: "session.started".to_owned(),
            outcome: "refused".to_owned(),
            detail: Some("INVALID_EMAIL_OR_PASSWORD".to_owned()),
            client_id: None,
            network: vec![1],
            request_id: Some("r".to_owned()),
        };
        let json = event.to_json(&[1]);
        assert_eq!((&json["fromThisNetwork"], &json["clientId"]), (&json!(true), &Value::Null));
        assert_eq!(event.to_json(&[2])["fromThisNetwork"], json!(false));
    }
}
