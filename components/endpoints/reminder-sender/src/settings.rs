//! The variables, read once in the life of an instance.

use std::sync::OnceLock;

use endpoint::{Kind, Problem};
use spin_sdk::variables;
use web_origin::Origin;

/// How long a caller waits before it asks a service again that is set up wrongly, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;

/// What the operator decides.
#[derive(Debug)]
pub struct Settings {
    /// What signing secrets are made of: `auth_secret`, and the one before the last rotation, `auth_secret_previous`.
    pub secrets: Vec<String>,
    /// What the scheduler proves itself by: `scheduler_secret`; nobody may call where it is empty.
    pub scheduler_secret: String,
    /// The one origin that may be sent to beside public ones: `webhook_origin`.
    pub webhook_origin: Option<Origin>,
}

impl Settings {
    /// The settings of this instance.
    ///
    /// # Errors
    /// 503 where there is no secret.
    pub async fn load() -> Result<&'static Self, Problem> {
        static LOADED: OnceLock<Settings> = OnceLock::new();
        if let Some(settings) = LOADED.get() {
            return Ok(settings);
        }
        let mut secrets = Vec::new();
        for name in ["auth_secret", "auth_secret_previous"] {
            secrets.push(variables::get(name).await.unwrap_or_default());
        }
        secrets.retain(|secret| !secret.is_empty());
        if secrets.is_empty() {
            let detail = "Reminders are not set up: the variable better_auth_secret has no value.";
            return Err(Problem::with_detail(Kind::Unavailable, detail).retry_after(RETRY_AFTER_SECONDS));
        }
        let scheduler_secret = variables::get("scheduler_secret").await.unwrap_or_default();
        let webhook_origin = variables::get("webhook_origin").await.unwrap_or_default();
        let webhook_origin = Origin::new(&webhook_origin).ok();
        Ok(LOADED.get_or_init(|| Self { secrets, scheduler_secret, webhook_origin }))
    }
}
