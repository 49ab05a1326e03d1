//! Between the password and the code.

use endpoint::Context;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use user_database::Database;
use uuid::Uuid;

use super::{MAX_CODES_PER_CHALLENGE, TokenPurpose};
use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::store;
use crate::user::User;
use crate::{cookies, session};

/// A browser that is asked for no code: its next cookie.
#[derive(Debug)]
pub struct Trust(String);

impl Trust {
    /// The answer, with the cookie.
    pub fn set_cookie(self, site: &Site, answer: Answer) -> Answer {
        answer.cookies(&[cookies::set_trusted_device(site, &self.0)])
    }
}

/// Whether this browser of a person is asked for no code. Its token is good for one sign-in, and brings the next one.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn find_trust(
    site: &Site,
    headers: &HeaderMap,
    database: &Database,
    user_id: Uuid,
) -> Result<Option<Trust>, AuthError> {
    let Some(token) = cookies::trusted_device(site, headers) else { return Ok(None) };
    let next = session::new_token()?;
    let (hash, next_hash) = (session_cookie::token_hash(&token), session_cookie::token_hash(&next));
    let is_known = store::renew_trusted_device(database, user_id, &hash, &next_hash).await?;
    Ok(is_known.then_some(Trust(next)))
}

/// Trusts this browser of a person from now on.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn trust(database: &Database, user_id: Uuid) -> Result<Trust, AuthError> {
    let token = session::new_token()?;
    let hash = session_cookie::token_hash(&token);
    store::insert_two_factor_token(database, TokenPurpose::Device, &hash, user_id, true, None).await?;
    Ok(Trust(token))
}

/// Asks for a code after the right password. Nobody is signed in yet, and who was before is no more.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn begin(
    site: &Site,
    database: &Database,
    user_id: Uuid,
    remembered: bool,
    stronger_hash: Option<&str>,
) -> Result<Answer, AuthError> {
    let token = session::new_token()?;
    let hash = session_cookie::token_hash(&token);
    let purpose = TokenPurpose::Challenge;
    store::insert_two_factor_token(database, purpose, &hash, user_id, remembered, stronger_hash).await?;
    site.trail.set_action("second_factor.requested", None);
    let answer =
        Answer::new(StatusCode::OK, &json!({"twoFactorRedirect": true, "twoFactorMethods": ["totp"]}))?;
    Ok(answer.cookies(&cookies::clear(site)).cookies(&[cookies::set_challenge(site, &token)]))
}

/// Whose code is checked.
#[derive(Debug)]
pub enum Challenged {
    /// Somebody who is signed in.
    SignedIn(Box<session::Current>),
    /// Somebody whose password was right.
    Challenge {
        /// Who.
        user: User,
        /// The hash of the challenge's token.
        hash: Vec<u8>,
        /// Whether their session shall be remembered.
        remembered: bool,
    },
}

impl Challenged {
    /// Who it is.
    pub fn user(&self) -> &User {
        match self {
            Self::SignedIn(current) => &current.session.user,
            Self::Challenge { user, .. } => user,
        }
    }

    /// The hash of the challenge's token, if one is answered.
    pub fn hash(&self) -> Option<&[u8]> {
        match self {
            Self::SignedIn(_) => None,
            Self::Challenge { hash, .. } => Some(hash),
        }
    }

    /// Whoever sends a code: who is signed in, or else who the challenge is for, of which this code is counted.
    ///
    /// # Errors
    /// 401 `INVALID_TWO_FACTOR_COOKIE` without either; 400 `TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE` for a challenge that was answered with too many codes.
    pub async fn find(
        context: &Context,
        site: &Site,
        headers: &HeaderMap,
        database: &Database,
    ) -> Result<Self, AuthError> {
        if let Some(current) = session::current(context, site, headers, true).await? {
            return Ok(Self::SignedIn(Box::new(current)));
        }
        let stale = |error: AuthError| error.cookies(vec![cookies::clear_challenge(site)]);
        let token = cookies::challenge(site, headers).ok_or_else(AuthError::no_challenge)?;
        let hash = session_cookie::token_hash(&token);
        let taken = store::take_challenge(database, &hash, MAX_CODES_PER_CHALLENGE).await?;
        let taken = taken.ok_or_else(|| stale(AuthError::no_challenge()))?;
        site.trail.set_user(taken.user.id);
        if taken.attempts > MAX_CODES_PER_CHALLENGE {
            return Err(stale(AuthError::too_many_codes_of_a_challenge()));
        }
        Ok(Self::Challenge { user: taken.user, hash, remembered: taken.remembered })
    }
}
