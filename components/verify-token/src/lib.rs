//! Checks who is calling: the component behind `todo:identity/verifier`.
//!
//! A token carries all that is to be known of a user. What it is signed with is the secret in the variables, or one of the keys whose
//! public parts the database has: they are read when a token names one that this instance does not know. Tokens that people made for their
//! own programs are looked up. Where the operator names another issuer, its tokens are taken, and no others.

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: "../../wit/identity",
        world: "todo:identity/component",
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

mod check;
mod issuer_fetch;
mod issuer_keys;
mod issuer_store;
mod personal_tokens;
mod public_keys;
mod refusals;
mod settings;

use std::time::{SystemTime, UNIX_EPOCH};

use access_token::VerifyError;
use bindings::exports::todo::identity::verifier::{Guest, Principal, Recipient, Rejection};
use web_origin::Origin;

use settings::Trust;

/// How long a caller waits before it asks a service again that is set up wrongly, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;
/// How long it waits while the database is out of reach, in seconds.
const DATABASE_RETRY_AFTER_SECONDS: u32 = 5;
/// How long it waits while there are no keys of another issuer, in seconds.
const ISSUER_RETRY_AFTER_SECONDS: u32 = 5;

impl Guest for bindings::Component {
    async fn verify(authorization: Option<String>, recipient: Recipient) -> Result<Principal, Rejection> {
        guest_log::start(env!("CARGO_PKG_NAME"));
        // First, so that a request without a token costs nothing.
        let Some(authorization) = authorization else { return Err(Rejection::Missing) };
        // The operator's to mend: names the variable, never its value.
        let trust = settings::trust().await.map_err(|error| unavailable(&error))?;
        let app = Origin::new(&recipient.app).map_err(|error| unavailable(&error))?;
        let recipient = match &recipient.part {
            Some(part) => access_token::Recipient::part(&app, part),
            None => access_token::Recipient::app(&app),
        };
        let Some(token) = access_token::bearer_token(&authorization) else {
            return Err(Rejection::Malformed);
        };
        let now = seconds_since_1970();
        match trust {
            Trust::Own(_) if token.starts_with(personal_token::PREFIX) => personal(token, now).await,
            Trust::Own(verifier) => {
                // What went wrong is in the log already.
                let keys = public_keys::for_token(verifier, token, now).await;
                let keys = keys.map_err(|_| Rejection::Unavailable(DATABASE_RETRY_AFTER_SECONDS))?;
                judge(check::own(verifier, &keys, token, &recipient, now), now).await
            }
            Trust::Other(issuer) => {
                let keys = match issuer.needed_key(token) {
                    Ok(None) => Ok(None),
                    Ok(Some(needed)) => issuer_keys::for_token(issuer, &needed, now).await.map(Some),
                    Err(error) => return judge(Err(error), now).await,
                };
                let keys = keys.map_err(|_| Rejection::Unavailable(ISSUER_RETRY_AFTER_SECONDS))?;
                judge(check::other(issuer, keys.as_deref().unwrap_or_default(), token, &recipient, now), now)
                    .await
            }
        }
    }
}

/// Who made this token for a program of theirs.
async fn personal(token: &str, now: i64) -> Result<Principal, Rejection> {
    let found = personal_tokens::find(token, now).await;
    // What went wrong is in the log already.
    match found.map_err(|_| Rejection::Unavailable(DATABASE_RETRY_AFTER_SECONDS))? {
        Some(principal) => Ok(principal),
        None => {
            refusals::record("personal_token", now).await;
            Err(Rejection::Untrusted)
        }
    }
}

/// The user, or why there is none, which is recorded where somebody tried.
async fn judge(checked: Result<Principal, VerifyError>, now: i64) -> Result<Principal, Rejection> {
    if let Err(error) = &checked
        && let Some(reason) = check::forgery(error)
    {
        refusals::record(reason, now).await;
    }
    checked.map_err(check::rejection)
}

fn unavailable(error: &dyn std::error::Error) -> Rejection {
    log::error!("{error}");
    Rejection::Unavailable(RETRY_AFTER_SECONDS)
}

fn seconds_since_1970() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
