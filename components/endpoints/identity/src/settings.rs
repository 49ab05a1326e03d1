//! The variables, read once in the life of an instance.

use std::sync::OnceLock;

use access_token::{Secret, Signer};
use http::HeaderName;
use problem_details::{Kind, Problem};
use spin_sdk::variables;

use crate::auth_error::AuthError;
use crate::password_hash::Cost;

/// How long a caller waits before it asks a service again that is set up wrongly, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;

/// What the operator decides.
pub struct Settings {
    /// Signs cookies: `auth_secret`.
    pub secret: Secret,
    /// The secret before the last rotation, `auth_secret_previous`: its cookies stay valid.
    pub previous: Option<Secret>,
    /// Signs access tokens.
    pub signer: Signer,
    /// Other origins whose pages may sign people in: `cors_origins`.
    pub cors_origins: Vec<String>,
    /// The header in which a trusted proxy puts the client's address: `client_address_header`; none without a proxy.
    pub client_address_header: Option<HeaderName>,
    /// How many accounts may be made from one network in an hour, 0 for any number: `sign_ups_per_hour`.
    pub sign_ups_per_hour: i32,
    /// What becomes of mail: `mail`.
    pub mail: MailSetting,
    /// What hashing a password costs: `password_hash_memory_kib` and `password_hash_passes`.
    pub password_cost: Cost,
    /// How many passwords are hashed at a time over all replicas, 0 for any number: `max_password_hashes`.
    pub max_password_hashes: i32,
}

impl Settings {
    /// What cookies may be signed by: the secret, and the one before the last rotation.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        std::iter::once(&self.secret).chain(&self.previous)
    }
}

/// What the operator wants to become of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSetting {
    /// `local`, the default: it is kept and shown where the app runs for its user alone, and there is none elsewhere.
    Local,
    /// `off`: there is none.
    Off,
    /// `http`: it is sent by a service.
    Http,
}

/// `sign_ups_per_hour` where it is not set.
const DEFAULT_SIGN_UPS_PER_HOUR: i32 = 10;
/// `max_password_hashes` where it is not set.
const DEFAULT_MAX_PASSWORD_HASHES: i32 = 16;

/// The settings, or 503: which variable is wrong is in the log.
pub async fn settings() -> Result<&'static Settings, AuthError> {
    static SETTINGS: OnceLock<Settings> = OnceLock::new();
    if let Some(settings) = SETTINGS.get() {
        return Ok(settings);
    }
    let variables = Variables {
        auth_secret: variables::get("auth_secret").await.unwrap_or_default(),
        auth_secret_previous: variables::get("auth_secret_previous").await.unwrap_or_default(),
        cors_origins: variables::get("cors_origins").await.unwrap_or_default(),
        client_address_header: variables::get("client_address_header").await.unwrap_or_default(),
        sign_ups_per_hour: variables::get("sign_ups_per_hour").await.unwrap_or_default(),
        mail: variables::get("mail").await.unwrap_or_default(),
        password_hash_memory_kib: variables::get("password_hash_memory_kib").await.unwrap_or_default(),
        password_hash_passes: variables::get("password_hash_passes").await.unwrap_or_default(),
        max_password_hashes: variables::get("max_password_hashes").await.unwrap_or_default(),
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
    cors_origins: String,
    client_address_header: String,
    sign_ups_per_hour: String,
    mail: String,
    password_hash_memory_kib: String,
    password_hash_passes: String,
    max_password_hashes: String,
}

impl Variables {
    /// The settings, or which variable is wrong. No value is ever said.
    fn read(self) -> Result<Settings, String> {
        let secret =
            Secret::new(&self.auth_secret).map_err(|error| format!("variable auth_secret: {error}"))?;
        let previous = match self.auth_secret_previous.as_str() {
            "" => None,
            text => {
                Some(Secret::new(text).map_err(|error| format!("variable auth_secret_previous: {error}"))?)
            }
        };
        let client_address_header = match self.client_address_header.as_str() {
            "" => None,
            name => {
                Some(name.parse().map_err(|_| "variable client_address_header: not the name of a header")?)
            }
        };
        let sign_ups_per_hour = match self.sign_ups_per_hour.trim() {
            "" => DEFAULT_SIGN_UPS_PER_HOUR,
            text => text
                .parse()
                .ok()
                .filter(|number| *number >= 0)
                .ok_or("variable sign_ups_per_hour: not a whole number, or 0 for no limit")?,
        };
        let mail = match self.mail.trim() {
            "" | "local" => MailSetting::Local,
            "off" => MailSetting::Off,
            "http" => MailSetting::Http,
            _ => return Err("variable mail: not one of local, off and http".to_owned()),
        };
        let max_password_hashes =
            match self.max_password_hashes.trim() {
                "" => DEFAULT_MAX_PASSWORD_HASHES,
                text => text.parse().ok().filter(|number| (0..=1000).contains(number)).ok_or(
                    "variable max_password_hashes: not a whole number up to 1000, or 0 for no limit",
                )?,
            };
        let password_cost = self.password_cost()?;
        let words = self.cors_origins.split([',', ' ']).filter(|origin| !origin.is_empty());
        let cors_origins = words.map(str::to_owned).collect();
        let signer = Signer::new(&secret);
        Ok(Settings {
            secret,
            previous,
            signer,
            cors_origins,
            client_address_header,
            sign_ups_per_hour,
            mail,
            password_cost,
            max_password_hashes,
        })
    }
}

impl Variables {
    /// At least what OWASP recommends at least; at most what an instance has room for, and what is done twice within the processor time that
    /// a request has.
    fn password_cost(&self) -> Result<Cost, &'static str> {
        let number = |text: &str, default: u32, least: u32, most: u32| match text.trim() {
            "" => Some(default),
            text => text.parse().ok().filter(|number| (least..=most).contains(number)),
        };
        let Cost { memory_kib, passes } = Cost::DEFAULT;
        Ok(Cost {
            memory_kib: number(&self.password_hash_memory_kib, memory_kib, 19 * 1024, 64 * 1024)
                .ok_or("variable password_hash_memory_kib: not a whole number from 19456 to 65536")?,
            passes: number(&self.password_hash_passes, passes, 2, 4)
                .ok_or("variable password_hash_passes: not a whole number from 2 to 4")?,
        })
    }
}

/// Settings for tests.
#[cfg(test)]
pub fn example() -> Settings {
    Variables {
        auth_secret: "better-auth-secret-12345678901234567890".to_owned(),
        cors_origins: "https://app.example".to_owned(),
        ..Variables::default()
    }
    .read()
    .unwrap()
}

#[cfg(test)]
mod tests {
    use super::Variables;

    #[test]
    fn a_wrong_variable_is_named_without_its_value() {
        let good = || Variables { auth_secret: "s".repeat(32), ..Variables::default() };
        let error = |variables: Variables| variables.read().err().unwrap();
        assert!(good().read().is_ok());
        assert!(
            error(Variables { auth_secret: "hunter2".to_owned(), ..good() })
                .starts_with("variable auth_secret: ")
        );
        assert!(!error(Variables { auth_secret: "hunter2".to_owned(), ..good() }).contains("hunter2"));
        let previous = Variables { auth_secret_previous: "short".to_owned(), ..good() };
        assert!(error(previous).starts_with("variable auth_secret_previous: "));
        let header = Variables { client_address_header: "no header".to_owned(), ..good() };
        assert!(error(header).starts_with("variable client_address_header: "));
        for number in ["-1", "ten", "1.5", "99999999999"] {
            let sign_ups = Variables { sign_ups_per_hour: number.to_owned(), ..good() };
            assert!(error(sign_ups).starts_with("variable sign_ups_per_hour: "), "{number}");
        }
        assert_eq!(good().read().ok().map(|settings| settings.sign_ups_per_hour), Some(10));
        for memory in ["1024", "1000000", "much"] {
            let memory = Variables { password_hash_memory_kib: memory.to_owned(), ..good() };
            assert!(error(memory).starts_with("variable password_hash_memory_kib: "));
        }
        let places = Variables { max_password_hashes: "-1".to_owned(), ..good() };
        assert!(error(places).starts_with("variable max_password_hashes: "));
        let passes = Variables { password_hash_passes: "1".to_owned(), ..good() };
        assert!(error(passes).starts_with("variable password_hash_passes: "));
        let mail = Variables { mail: "smtp".to_owned(), ..good() };
        assert!(error(mail).starts_with("variable mail: "));
    }
}
