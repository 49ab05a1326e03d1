//! `POST /api/auth/two-factor/verify-totp` and `/verify-backup-code`

use endpoint::{Context, Request};
use serde::Deserialize;
use user_database::Database;

use super::challenge::Challenged;
use super::{CODE_LIMITS, checked, recovery_codes, seal, totp};
use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::input;
use crate::site::Site;
use crate::store;

/// The longest code that is looked at, in bytes: longer ones are typed nowhere.
const MAX_CODE_BYTES: usize = 64;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentCode {
    code: String,
    #[serde(default)]
    trust_device: Option<bool>,
}

impl SentCode {
    async fn read(parts: &http::request::Parts, content: endpoint::RequestBody) -> Result<Self, AuthError> {
        let sent: Self = input::read(&parts.headers, content).await?;
        if sent.code.trim().is_empty() || sent.code.len() > MAX_CODE_BYTES {
            let sentence = "It has to be a code of your authenticator app, or a recovery code.";
            return Err(AuthError::invalid("VALIDATION_ERROR", "Validation Error", "/code", sentence));
        }
        Ok(sent)
    }
}

/// Takes a code of an authenticator app: it signs in whoever's password was right, and turns two-factor authentication on for who is signed in and
/// has begun to.
///
/// # Errors
/// 400 for a body that is not valid, `TOTP_NOT_ENABLED` where nothing was begun; 401 `INVALID_TWO_FACTOR_COOKIE` where the password is
/// needed first, and `INVALID_CODE`, also for a code that was taken before; 429 `ACCOUNT_TEMPORARILY_LOCKED` after many wrong ones.
pub async fn verify_totp(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent = SentCode::read(&parts, content).await?;
    let database = Database::open(&context.request_id).await?;
    let challenged = Challenged::find(context, site, &parts.headers, &database).await?;
    let is_new = check_totp(context, site, &database, &challenged, &sent.code).await?;
    match (&challenged, is_new) {
        (Challenged::SignedIn(_), true) => site.trail.set_action("two_factor.enabled", None),
        (Challenged::SignedIn(_), false) => {}
        (Challenged::Challenge { .. }, _) => site.trail.set_action("session.started", Some("TOTP")),
    }
    let trusts_device = sent.trust_device == Some(true);
    checked::answer(context, site, &parts.headers, &database, challenged, trusts_device).await
}

/// Whether the code is the first one that a person's authenticator showed them.
async fn check_totp(
    context: &Context,
    site: &Site,
    database: &Database,
    challenged: &Challenged,
    code: &str,
) -> Result<bool, AuthError> {
    let user_id = challenged.user().id;
    let attempt = store::begin_code(database, user_id, &CODE_LIMITS).await?;
    let attempt = attempt.filter(|attempt| attempt.is_enabled || challenged.hash().is_none());
    let attempt = attempt.ok_or_else(AuthError::totp_not_enabled)?;
    if attempt.wait_seconds > 0 {
        return Err(AuthError::too_many_codes(attempt.wait_seconds));
    }
    let Some(opened) = seal::open(site.settings, user_id, &attempt.sealed_secret) else {
        log::warn!(
            request_id = context.request_id.as_str();
            "the secret of an authenticator opens neither with better_auth_secret nor with the one before"
        );
        return Err(AuthError::totp_not_readable());
    };
    let now = context.now_us.div_euclid(1_000_000);
    let step = totp::check(&opened.secret, code, now).ok_or_else(AuthError::wrong_code)?;
    let resealed =
        if opened.is_of_previous { Some(seal::seal(site.settings, user_id, &opened.secret)?) } else { None };
    let sealed = &attempt.sealed_secret;
    if !store::complete_code(database, user_id, sealed, step, resealed, challenged.hash()).await? {
        return Err(AuthError::wrong_code());
    }
    Ok(!attempt.is_enabled)
}

/// Takes a recovery code, which is good once, in the place of a code.
///
/// # Errors
/// 400 for a body that is not valid; 401 `INVALID_TWO_FACTOR_COOKIE` where the password is needed first, and `INVALID_BACKUP_CODE`.
pub async fn verify_backup_code(
    context: &Context,
    site: &Site,
    request: Request,
) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent = SentCode::read(&parts, content).await?;
    let database = Database::open(&context.request_id).await?;
    let challenged = Challenged::find(context, site, &parts.headers, &database).await?;
    let user_id = challenged.user().id;
    let hash = recovery_codes::hash(&sent.code);
    if !store::complete_recovery_code(&database, user_id, &hash, challenged.hash()).await? {
        return Err(AuthError::wrong_recovery_code());
    }
    match challenged {
        Challenged::SignedIn(_) => site.trail.set_action("recovery_code.used", None),
        Challenged::Challenge { .. } => site.trail.set_action("session.started", Some("RECOVERY_CODE")),
    }
    let trusts_device = sent.trust_device == Some(true);
    checked::answer(context, site, &parts.headers, &database, challenged, trusts_device).await
}
