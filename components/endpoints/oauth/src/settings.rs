//! The variables, read once in the life of an instance.

use std::sync::OnceLock;

use access_token::{KeyAlgorithm, Secret};
use http::HeaderName;
use problem_details::{Kind, Problem};
use spin_sdk::variables;

/// How long a caller waits before it asks a service again that is set up wrongly, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;

/// `oauth_registrations_per_hour` where it is not set.
const DEFAULT_REGISTRATIONS_PER_HOUR: i32 = 60;

/// `oauth_signing_key_days` where it is not set.
const DEFAULT_SIGNING_KEY_DAYS: i32 = 90;
/// The longest age of a signing key: ten years.
const MAX_SIGNING_KEY_DAYS: i32 = 3650;

/// What the operator decides.
pub struct Settings {
    current: Secret,
    /// Signs what programs keep and bring back: `auth_secret`; and the one before the last rotation, `auth_secret_previous`.
    pub secrets: Vec<Secret>,
    /// With which keys access tokens are signed; none for the shared secret (HS256): `oauth_token_algorithm`.
    pub token_algorithm: Option<KeyAlgorithm>,
    /// After how many days the next signing key is made, 0 for never: `oauth_signing_key_days`.
    pub signing_key_days: i32,
    /// The header in which a trusted proxy puts the client's address: `client_address_header`; none without a proxy.
    pub client_address_header: Option<HeaderName>,
    /// How many programs one network may register in an hour, 0 for any number: `oauth_registrations_per_hour`.
    pub registrations_per_hour: i32,
    /// Whether programs may be described by documents at addresses of theirs, which are fetched: `oauth_client_documents`.
    pub client_documents: bool,
}

impl Settings {
    /// What is signed and sealed now is so under the current secret.
    pub fn secret(&self) -> &Secret {
        &self.current
    }

    /// With which keys tokens are signed that say who somebody is: others check them, so never with the secret.
    pub fn id_token_algorithm(&self) -> KeyAlgorithm {
        self.token_algorithm.unwrap_or(KeyAlgorithm::EdDsa)
    }
}

/// The settings, or 503: which variable is wrong is in the log.
pub async fn settings() -> Result<&'static Settings, Problem> {
    static SETTINGS: OnceLock<Settings> = OnceLock::new();
    if let Some(settings) = SETTINGS.get() {
        return Ok(settings);
    }
    let variables = Variables {
        auth_secret: variables::get("auth_secret").await.unwrap_or_default(),
        auth_secret_previous: variables::get("auth_secret_previous").await.unwrap_or_default(),
        client_address_header: variables::get("client_address_header").await.unwrap_or_default(),
        registrations_per_hour: variables::get("oauth_registrations_per_hour").await.unwrap_or_default(),
        client_documents: variables::get("oauth_client_documents").await.unwrap_or_default(),
        token_algorithm: variables::get("oauth_token_algorithm").await.unwrap_or_default(),
        signing_key_days: variables::get("oauth_signing_key_days").await.unwrap_or_default(),
    };
    let settings = variables.read().map_err(|error| {
        log::error!("{error}");
        Problem::new(Kind::Unavailable).retry_after(RETRY_AFTER_SECONDS)
    })?;
    Ok(SETTINGS.get_or_init(|| settings))
}

/// The variables as text; empty when not set.
#[derive(Default)]
struct Variables {
    auth_secret: String,
    auth_secret_previous: String,
    client_address_header: String,
    registrations_per_hour: String,
    client_documents: String,
    token_algorithm: String,
    signing_key_days: String,
}

impl Variables {
    /// The settings, or which variable is wrong. No value is ever said.
    fn read(self) -> Result<Settings, String> {
        let secret =
            Secret::new(&self.auth_secret).map_err(|error| format!("variable auth_secret: {error}"))?;
        let current = secret.clone();
        let mut secrets = vec![secret];
        if !self.auth_secret_previous.is_empty() {
            let previous = Secret::new(&self.auth_secret_previous);
            secrets.push(previous.map_err(|error| format!("variable auth_secret_previous: {error}"))?);
        }
        let client_address_header = match self.client_address_header.as_str() {
            "" => None,
            name => {
                Some(name.parse().map_err(|_| "variable client_address_header: not the name of a header")?)
            }
        };
        let registrations_per_hour = match self.registrations_per_hour.trim() {
            "" => DEFAULT_REGISTRATIONS_PER_HOUR,
            text => text
                .parse()
                .ok()
                .filter(|number| *number >= 0)
                .ok_or("variable oauth_registrations_per_hour: not a whole number, or 0 for no limit")?,
        };
        let client_documents = match self.client_documents.trim() {
            "" | "true" => true,
            "false" => false,
            _ => return Err("variable oauth_client_documents: neither true nor false".to_owned()),
        };
        let token_algorithm = match self.token_algorithm.trim() {
            "" => Some(KeyAlgorithm::EdDsa),
            "HS256" => None,
            name => {
                let known = KeyAlgorithm::from_name(name);
                Some(known.ok_or("variable oauth_token_algorithm: not one of EdDSA, ES256 and HS256")?)
            }
        };
        let signing_key_days = match self.signing_key_days.trim() {
            "" => DEFAULT_SIGNING_KEY_DAYS,
            text => text
                .parse()
                .ok()
                .filter(|number| (0..=MAX_SIGNING_KEY_DAYS).contains(number))
                .ok_or("variable oauth_signing_key_days: not a whole number up to 3650, or 0 for never")?,
        };
        Ok(Settings {
            current,
            secrets,
            token_algorithm,
            signing_key_days,
            client_address_header,
            registrations_per_hour,
            client_documents,
        })
    }
}

/// Settings for tests.
#[cfg(test)]
pub fn example() -> Settings {
    Variables { auth_secret: "s".repeat(32), ..Variables::default() }.read().unwrap()
}

#[cfg(test)]
mod tests {
    use super::Variables;

    #[test]
    fn a_wrong_variable_is_named_without_its_value() {
        let good = || Variables { auth_secret: "s".repeat(32), ..Variables::default() };
        let error = |variables: Variables| variables.read().err().unwrap();
        assert!(good().read().is_ok());
        let short = error(Variables { auth_secret: "hunter2".to_owned(), ..good() });
        assert!(short.starts_with("variable auth_secret: ") && !short.contains("hunter2"));
        let previous = Variables { auth_secret_previous: "short".to_owned(), ..good() };
        assert!(error(previous).starts_with("variable auth_secret_previous: "));
        for number in ["-1", "ten", "1.5", "99999999999"] {
            let wrong = Variables { registrations_per_hour: number.to_owned(), ..good() };
            assert!(error(wrong).starts_with("variable oauth_registrations_per_hour: "), "{number}");
        }
        for number in ["-1", "3651", "soon"] {
            let wrong = Variables { signing_key_days: number.to_owned(), ..good() };
            assert!(error(wrong).starts_with("variable oauth_signing_key_days: "), "{number}");
        }
        for name in ["none", "RS256", "eddsa"] {
            let wrong = Variables { token_algorithm: name.to_owned(), ..good() };
            assert!(error(wrong).starts_with("variable oauth_token_algorithm: "), "{name}");
        }
        let documents = Variables { client_documents: "yes".to_owned(), ..good() };
        assert!(error(documents).starts_with("variable oauth_client_documents: "));
    }
}
