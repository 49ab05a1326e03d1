//! A session: its token, how long it lives, and its JSON form.

use access_token::bearer_token;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use endpoint::Context;
use http::{HeaderMap, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use user_database::Database;
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::site::Site;
use crate::user::{User, instant};
use crate::{cookies, signature, store};

/// How long a session that is remembered lives after its last use, in seconds: seven days.
pub const LIFETIME_SECONDS: i64 = 7 * 24 * 60 * 60;
/// How long one lives that ends with the browser: a day, in case the browser is never closed.
const SHORT_LIFETIME_SECONDS: i64 = 24 * 60 * 60;
/// A session is prolonged when it was last this long ago, so that not every request writes.
const PROLONG_AFTER_SECONDS: i64 = 24 * 60 * 60;

const MICROSECONDS: i64 = 1_000_000;

/// A session and its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub user: User,
    /// Whether it outlives the browser and is prolonged while it is used.
    pub remembered: bool,
    /// When it ends. Instants are in microseconds since 1970-01-01T00:00:00Z.
    pub expires_at: i64,
    /// From where it was started.
    pub ip_address: Option<String>,
    /// With what.
    pub user_agent: Option<String>,
    /// When it was started.
    pub created_at: i64,
    /// When it was last prolonged.
    pub updated_at: i64,
}

impl Session {
    /// Better Auth's form. The token is the one that came with the request: what is stored is its hash.
    pub fn to_json(&self, token: &str) -> Value {
        json!({
            "session": {
                "id": self.id,
                "token": token,
                "userId": self.user.id,
                "expiresAt": instant(self.expires_at),
                "createdAt": instant(self.created_at),
                "updatedAt": instant(self.updated_at),
                "ipAddress": self.ip_address,
                "userAgent": self.user_agent,
            },
            "user": self.user.to_json(),
        })
    }

    /// Whether it is time to prolong it.
    fn is_due(&self, now: i64) -> bool {
        self.remembered
            && self.expires_at.saturating_sub((LIFETIME_SECONDS - PROLONG_AFTER_SECONDS) * MICROSECONDS)
                <= now
    }
}

/// When a session ends that is started or prolonged now.
pub fn expiry(now: i64, remembered: bool) -> i64 {
    let seconds = if remembered { LIFETIME_SECONDS } else { SHORT_LIFETIME_SECONDS };
    now.saturating_add(seconds * MICROSECONDS)
}

/// What names a session: 256 bits of chance as text.
pub fn new_token() -> Result<String, Refusal> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Refusal::internal(&format!("no randomness: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a token. It has too many bits to be guessed, so a plain hash does.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// The session's token that a request carries: in the signed cookie, or as a bearer token, signed or not (Better Auth's
/// bearer plugin) for clients without cookies.
pub fn token_of(site: &Site, headers: &HeaderMap) -> Option<String> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match authorization.and_then(bearer_token) {
        Some(bearer) if bearer.contains('.') => signature::open(site.settings, bearer).map(str::to_owned),
        Some(bearer) => Some(bearer.to_owned()),
        None => cookies::session_token(site, headers),
    }
}

/// A session that a request carries.
#[derive(Debug)]
pub struct Current {
    /// The session.
    pub session: Session,
    /// Its token.
    pub token: String,
    /// Cookies to set with the answer: a new expiry.
    pub cookies: Vec<String>,
}

/// The session that a request carries, prolonged when that is due; `None` when nobody is signed in.
pub async fn current(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<Current>, Refusal> {
    let Some(token) = token_of(site, headers) else { return Ok(None) };
    let database = Database::open(&context.request_id).await?;
    let found = store::find_session(&database, &token_hash(&token), context.now_us).await?;
    let Some(mut session) = found else { return Ok(None) };
    if !session.is_due(context.now_us) {
        return Ok(Some(Current { session, token, cookies: Vec::new() }));
    }
    session.expires_at = expiry(context.now_us, true);
    session.updated_at = context.now_us;
    if !store::prolong_session(&database, &session).await? {
        // Signed out in the meantime.
        return Ok(None);
    }
    let cookies = vec![cookies::keep(site, &token, true)];
    Ok(Some(Current { session, token, cookies }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{site, user};

    const NOW: i64 = 1_795_000_000_000_000;
    const DAY: i64 = 24 * 60 * 60 * MICROSECONDS;

    fn session(remembered: bool) -> Session {
        Session {
            id: Uuid::nil(),
            user: user::example(),
            remembered,
            expires_at: expiry(NOW, remembered),
            ip_address: None,
            user_agent: Some("test".to_owned()),
            created_at: NOW,
            updated_at: NOW,
        }
    }

    #[test]
    fn a_remembered_session_is_prolonged_once_a_day() {
        assert!(!session(true).is_due(NOW + DAY - 1));
        assert!(session(true).is_due(NOW + DAY));
        assert!(!session(false).is_due(NOW + DAY));
        assert_eq!(expiry(NOW, true), NOW + 7 * DAY);
        assert_eq!(expiry(NOW, false), NOW + DAY);
    }

    #[test]
    fn tokens_differ_and_fit_a_signed_cookie() {
        let (one, other) = (new_token().unwrap(), new_token().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 43);
        assert!(one.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
        assert_eq!(token_hash(&one).len(), 32);
    }

    #[test]
    fn a_token_comes_by_cookie_or_as_a_bearer_token() {
        let site = site::example("http://127.0.0.1:3000");
        let of = |name: http::HeaderName, value: String| {
            token_of(&site, &[(name, value.parse().unwrap())].into_iter().collect())
        };
        let signed = signature::sign(site.settings, "token");
        let cookie = cookies::keep(&site, "token", true).split(';').next().unwrap().to_owned();
        assert_eq!(of(header::COOKIE, cookie).as_deref(), Some("token"));
        assert_eq!(of(header::AUTHORIZATION, format!("Bearer {signed}")).as_deref(), Some("token"));
        assert_eq!(of(header::AUTHORIZATION, "Bearer token".to_owned()).as_deref(), Some("token"));
        assert_eq!(of(header::AUTHORIZATION, format!("Bearer x{signed}")), None);
        assert_eq!(of(header::AUTHORIZATION, "Basic token".to_owned()), None);
    }

    #[test]
    fn the_json_form_is_better_auths() {
        let json = session(true).to_json("token");
        let members: Vec<_> = json["session"].as_object().unwrap().keys().map(String::as_str).collect();
        let expected =
            ["id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent"];
        assert_eq!(members, expected);
        assert_eq!(json["session"]["createdAt"], "2026-11-18T11:06:40.000Z");
        assert_eq!(json["user"]["email"], "ann@example.org");
    }
}
