//! The variables, read once in the life of an instance.

use std::sync::OnceLock;

use access_token::{Issuer, IssuerError, Secret, SecretError, Verifier};
use spin_sdk::variables;
use thiserror::Error;

static TRUST: OnceLock<Trust> = OnceLock::new();

/// Whose tokens are taken.
pub enum Trust {
    /// The app's own: of its sessions, of programs, and those that people made.
    Own(Verifier),
    /// Those of another issuer, and none of the app's own.
    Other(Issuer),
}

/// Whose tokens are taken by the variables.
pub async fn trust() -> Result<&'static Trust, SettingsError> {
    if let Some(trust) = TRUST.get() {
        return Ok(trust);
    }
    // Optional: only there where people sign in elsewhere.
    let issuer = optional("auth_issuer").await;
    let trust = if issuer.is_empty() {
        let secret = required("auth_secret").await?;
        // Optional: only there while the secret is being changed.
        Trust::Own(own(&secret, &optional("auth_secret_previous").await)?)
    } else {
        let (audience, secret) =
            (optional("auth_issuer_audience").await, optional("auth_issuer_secret").await);
        Trust::Other(other(&issuer, audience, &secret, optional("auth_issuer_scopes").await)?)
    };
    Ok(TRUST.get_or_init(|| trust))
}

fn other(issuer: &str, audience: String, secret: &str, scopes: String) -> Result<Issuer, SettingsError> {
    let secret = match secret {
        "" => None,
        text => Some(Secret::new(text).map_err(|error| SettingsError::Secret("auth_issuer_secret", error))?),
    };
    let audience = Some(audience).filter(|audience| !audience.is_empty());
    let issuer = Issuer::new(issuer).map_err(SettingsError::Issuer)?;
    Ok(issuer.for_audience(audience).with_secret(secret).allowing(scopes))
}

fn own(secret: &str, previous: &str) -> Result<Verifier, SettingsError> {
    let mut secrets = vec![Secret::new(secret).map_err(|error| SettingsError::Secret("auth_secret", error))?];
    if !previous.is_empty() {
        let previous = Secret::new(previous);
        secrets.push(previous.map_err(|error| SettingsError::Secret("auth_secret_previous", error))?);
    }
    Ok(Verifier::new(&secrets))
}

async fn optional(name: &'static str) -> String {
    variables::get(name).await.unwrap_or_default().trim().to_owned()
}

async fn required(name: &'static str) -> Result<String, SettingsError> {
    variables::get(name).await.map_err(|_| SettingsError::Missing(name))
}

/// Which variable is wrong. Its value is never said.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// It can't be read.
    #[error("variable {0} is missing")]
    Missing(&'static str),
    /// It is no usable secret.
    #[error("variable {0}: {1}")]
    Secret(&'static str, SecretError),
    /// It names no issuer.
    #[error("variable auth_issuer: {0}")]
    Issuer(IssuerError),
}

#[cfg(test)]
mod tests {
    use super::{other, own};

    #[test]
    fn a_wrong_setting_is_named_without_its_value() {
        let long = "x".repeat(32);
        let error = |secret: &str, previous: &str| {
            own(secret, previous).err().map(|error| error.to_string()).unwrap()
        };
        assert_eq!(
            error("hunter2", ""),
            "variable auth_secret: the secret has 7 bytes, at least 32 are needed"
        );
        assert_eq!(
            error(&long, "old"),
            "variable auth_secret_previous: the secret has 3 bytes, at least 32 are needed"
        );
        assert!(own(&long, "").is_ok());
    }

    #[test]
    fn another_issuer_is_an_address_and_a_secret_of_its_own_is_long_enough() {
        let error = |issuer: &str, secret: &str| {
            other(issuer, String::new(), secret, String::new()).err().map(|error| error.to_string())
        };
        assert_eq!(error("https://id.example/realms/todo", ""), None);
        for issuer in ["id.example", "ftp://id.example", "https://", "https://id.example?x", "https://a b"] {
            let said = error(issuer, "").unwrap();
            assert!(said.starts_with("variable auth_issuer: ") && !said.contains("id.example"), "{said}");
        }
        let said = error("https://id.example", "hunter2").unwrap();
        assert!(said.starts_with("variable auth_issuer_secret: ") && !said.contains("hunter2"), "{said}");
    }
}
