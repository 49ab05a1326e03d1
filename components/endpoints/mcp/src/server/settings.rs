//! What an operator decides, read once in the life of an instance.

use endpoint::{Kind, Problem};

/// The largest limit of streams: a user's places are looked through for a free one.
const MAX_LISTENING_STREAMS: u32 = 10_000;

/// The component's variables.
pub(super) struct Settings {
    /// Where people reach the app; empty where they are on this machine and each request says it.
    pub(super) public_url: String,
    /// Other origins whose pages may call.
    pub(super) cors_origins: String,
    /// Other names under which the app may be called.
    pub(super) allowed_hosts: String,
    /// What seals request states and session ids: the current secret and the one before.
    pub(super) secrets: Vec<String>,
    /// How often a user may call each tool in a minute; 0 for as often as they like.
    pub(super) calls_per_minute: u32,
    /// On how many streams a user may listen at a time; 0 for as many as they like.
    pub(super) listening_streams: u32,
}

impl Settings {
    /// Reads them.
    pub(super) async fn load() -> Result<Self, Problem> {
        let secrets = [variable("auth_secret").await?, variable("auth_secret_previous").await?];
        let calls = variable("mcp_calls_per_minute").await?;
        let streams = variable("mcp_listening_streams").await?;
        let streams = streams.trim().parse().ok().filter(|streams| *streams <= MAX_LISTENING_STREAMS);
        Ok(Self {
            public_url: variable("public_url").await?.trim().to_owned(),
            cors_origins: variable("cors_origins").await?,
            allowed_hosts: variable("mcp_allowed_hosts").await?,
            secrets: secrets.into_iter().filter(|secret| !secret.is_empty()).collect(),
            calls_per_minute: calls.trim().parse().map_err(|_| {
                config_error("the variable mcp_calls_per_minute must be a whole number, or 0 for no limit")
            })?,
            listening_streams: streams.ok_or_else(|| {
                config_error(&format!(
                    "the variable mcp_listening_streams must be a whole number up to {MAX_LISTENING_STREAMS}, or 0 for no \
                     limit"
                ))
            })?,
        })
    }
}

async fn variable(name: &str) -> Result<String, Problem> {
    let value = spin_sdk::variables::get(name).await;
    value.map_err(|error| config_error(&format!("the variable {name} can't be read: {error}")))
}

pub(super) fn config_error(reason: &str) -> Problem {
    log::error!("{reason}");
    Problem::new(Kind::InternalError)
}

/// The words of a variable that holds several.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ']).filter(|word| !word.is_empty())
}
