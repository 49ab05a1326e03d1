//! A session: its token, how long it lives, and its JSON form.

use access_token::bearer_token;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use endpoint::Context;
use http::{HeaderMap, header};
use serde_json::{Value, json};
use session_cookie::token_hash;
use user_database::Database;
use uuid::Uuid;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::user::{User, instant};
use crate::{cookies, signature, store};

/// How long a session that is remembered lives after its last use, in seconds: seven days.
pub const LIFETIME_SECONDS: i64 = 7 * 24 * 60 * 60;
/// How long one lives that ends with the browser: a day, in case the browser is never closed.
const SHORT_LIFETIME_SECONDS: i64 = 24 * 60 * 60;
/// A session is extended when it was last this long ago, so that not every request writes.
const EXTEND_AFTER_SECONDS: i64 = 24 * 60 * 60;

const MICROSECONDS: i64 = 1_000_000;

/// A session and its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub user: User,
    /// Whether it outlives the browser and is extended while it is used.
    pub remembered: bool,
    /// When it began and ends, and from where.
    pub facts: SessionFacts,
}

/// What a user is told of a session. Instants are in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFacts {
    /// Its id.
    pub id: Uuid,
    /// When it ends.
    pub expires_at: i64,
    /// From where it was started.
    pub ip_address: Option<String>,
    /// With what.
    pub user_agent: Option<String>,
    /// When it was started.
    pub created_at: i64,
    /// When it was last extended.
    pub updated_at: i64,
}

impl Session {
    /// Better Auth's form. The token is the one that came with the request: what is stored is its hash.
    pub fn to_json(&self, token: &str) -> Value {
        json!({ "session": self.facts.to_json(token, self.user.id), "user": self.user.to_json() })
    }

    /// Whether it is time to extend it.
    fn is_due(&self, now: i64) -> bool {
        self.remembered
            && self.facts.expires_at.saturating_sub((LIFETIME_SECONDS - EXTEND_AFTER_SECONDS) * MICROSECONDS)
                <= now
    }
}

impl SessionFacts {
    /// Better Auth's form of the session of this user, with what it is to be named by.
    pub fn to_json(&self, token: &str, user_id: Uuid) -> Value {
        json!({
            "id": self.id,
            "token": token,
            "userId": user_id,
            "expiresAt": instant(self.expires_at),
            "createdAt": instant(self.created_at),
            "updatedAt": instant(self.updated_at),
            "ipAddress": self.ip_address,
            "userAgent": self.user_agent,
        })
    }
}

/// When a session ends that is started or extended now.
pub fn expiry(now: i64, remembered: bool) -> i64 {
    let seconds = if remembered { LIFETIME_SECONDS } else { SHORT_LIFETIME_SECONDS };
    now.saturating_add(seconds * MICROSECONDS)
}

/// What names a session: 256 random bits as text.
pub fn new_token() -> Result<String, AuthError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| AuthError::internal(&format!("no randomness: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The session's token that a request carries: in the signed cookie, or as a bearer token, signed or not (Better Auth's
/// bearer plugin) for clients without cookies.
pub fn read_token(site: &Site, headers: &HeaderMap) -> Option<String> {
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
    /// Whether it was extended, so that its cookie has to be set anew.
    pub is_extended: bool,
}

impl Current {
    /// The answer, with a new cookie where the session was extended.
    pub fn renew_cookie(&self, site: &Site, answer: Answer) -> Answer {
        if self.is_extended { self.set_cookie(site, answer) } else { answer }
    }

    /// The answer, with the session's cookie.
    pub fn set_cookie(&self, site: &Site, answer: Answer) -> Answer {
        answer.keep_session(site, &self.token, self.session.remembered)
    }
}

/// The session that a request carries, extended when that is due and `may_extend`; `None` when nobody is signed in.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn current(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    may_extend: bool,
) -> Result<Option<Current>, AuthError> {
    let Some(token) = read_token(site, headers) else { return Ok(None) };
    let database = Database::open(&context.request_id).await?;
    find(context, site, &database, token, may_extend).await
}

/// The session that a request carries, and a connection to go on with.
///
/// # Errors
/// 401 when nobody is signed in, 503 when the database is out of reach.
pub async fn required(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
) -> Result<(Current, Database), AuthError> {
    if let Some(token) = read_token(site, headers) {
        let database = Database::open(&context.request_id).await?;
        if let Some(current) = find(context, site, &database, token, true).await? {
            return Ok((current, database));
        }
    }
    Err(AuthError::no_session().cookies(cookies::clear_stale(site, headers)))
}

async fn find(
    context: &Context,
    site: &Site,
    database: &Database,
    token: String,
    may_extend: bool,
) -> Result<Option<Current>, AuthError> {
    let found = store::find_session(database, &token_hash(&token), context.now_us).await?;
    let Some(mut session) = found else { return Ok(None) };
    site.trail.set_user(session.user.id);
    if !may_extend || !session.is_due(context.now_us) {
        return Ok(Some(Current { session, token, is_extended: false }));
    }
    session.facts.expires_at = expiry(context.now_us, true);
    session.facts.updated_at = context.now_us;
    if !store::extend_session(database, &session).await? {
        // Signed out in the meantime.
        return Ok(None);
    }
    Ok(Some(Current { session, token, is_extended: true }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{site, user};

    const NOW: i64 = 1_795_000_000_000_000;
    const DAY: i64 = 24 * 60 * 60 * MICROSECONDS;

    fn session(remembered: bool) -> Session {
        Session {
            user: user::example(),
            remembered,
            facts: SessionFacts {
                id: Uuid::nil(),
                expires_at: expiry(NOW, remembered),
                ip_address: None,
                user_agent: Some("test".to_owned()),
                created_at: NOW,
                updated_at: NOW,
            },
        }
    }

    #[test]
    fn a_remembered_session_is_extended_once_a_day() {
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
            read_token(&site, &[(name, value.parse().unwrap())].into_iter().collect())
        };
        let signed = signature::sign(site.settings, "token");
        let cookie =
            cookies::set_session_cookie(&site, "token", true)[0].split(';').next().unwrap().to_owned();
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
