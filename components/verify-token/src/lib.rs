//! Checks who is calling: the component behind `todo:identity/verifier`.
//!
//! A token carries all that is to be known of a user. What it is signed with is the secret in the variables, or one of the keys whose
//! public parts the database has: they are read when a token names one that this instance does not know.

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
mod public_keys;
mod refusals;
mod settings;

use std::time::{SystemTime, UNIX_EPOCH};

use bindings::exports::todo::identity::verifier::{Guest, Principal, Recipient, Rejection};
use web_origin::Origin;

/// How long a caller waits before it asks a service again that is set up wrongly, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;
/// How long it waits while the database is out of reach, in seconds.
const DATABASE_RETRY_AFTER_SECONDS: u32 = 5;

impl Guest for bindings::Component {
    async fn verify(authorization: Option<String>, recipient: Recipient) -> Result<Principal, Rejection> {
        guest_log::start(env!("CARGO_PKG_NAME"));
        // First, so that a request without a token costs nothing.
        let Some(authorization) = authorization else { return Err(Rejection::Missing) };
        // The operator's to mend: names the variable, never its value.
        let verifier = settings::verifier().await.map_err(|error| unavailable(&error))?;
        let app = Origin::new(&recipient.app).map_err(|error| unavailable(&error))?;
        let recipient = match &recipient.part {
            Some(part) => access_token::Recipient::part(&app, part),
            None => access_token::Recipient::app(&app),
        };
        let Some(token) = access_token::bearer_token(&authorization) else {
            return Err(Rejection::Malformed);
        };
        let now = seconds_since_1970();
        // What went wrong is in the log already.
        let keys = public_keys::for_token(verifier, token, now).await;
        let keys = keys.map_err(|_| Rejection::Unavailable(DATABASE_RETRY_AFTER_SECONDS))?;
        let checked = check::check(verifier, &keys, token, &recipient, now);
        if let Err(error) = &checked
            && let Some(reason) = check::forgery(error)
        {
            refusals::record(reason, now).await;
        }
        checked.map_err(check::rejection)
    }
}

fn unavailable(error: &dyn std::error::Error) -> Rejection {
    log::error!("{error}");
    Rejection::Unavailable(RETRY_AFTER_SECONDS)
}

fn seconds_since_1970() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
