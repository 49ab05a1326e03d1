//! The variables, read once in the life of an instance.

use std::sync::OnceLock;

use access_token::{Secret, SecretError, Verifier};
use spin_sdk::variables;
use thiserror::Error;

static VERIFIER: OnceLock<Verifier> = OnceLock::new();

/// The verifier that the variables describe.
pub async fn verifier() -> Result<&'static Verifier, SettingsError> {
    if let Some(verifier) = VERIFIER.get() {
        return Ok(verifier);
    }
    let secret = required("auth_secret").await?;
    // Optional: only there while the secret is being changed.
    let previous = variables::get("auth_secret_previous").await.unwrap_or_default();
    let verifier = from_text(&secret, &previous)?;
    Ok(VERIFIER.get_or_init(|| verifier))
}

fn from_text(secret: &str, previous: &str) -> Result<Verifier, SettingsError> {
    let mut secrets = vec![Secret::new(secret).map_err(|error| SettingsError::Secret("auth_secret", error))?];
    if !previous.is_empty() {
        let previous = Secret::new(previous);
        secrets.push(previous.map_err(|error| SettingsError::Secret("auth_secret_previous", error))?);
    }
    Ok(Verifier::new(&secrets))
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
}

#[cfg(test)]
mod tests {
    use super::from_text;

    #[test]
    fn a_wrong_setting_is_named_without_its_value() {
        let long = "x".repeat(32);
        let error = |secret: &str, previous: &str| {
            from_text(secret, previous).err().map(|error| error.to_string()).unwrap()
        };
        assert_eq!(
            error("hunter2", ""),
            "variable auth_secret: the secret has 7 bytes, at least 32 are needed"
        );
        assert_eq!(
            error(&long, "old"),
            "variable auth_secret_previous: the secret has 3 bytes, at least 32 are needed"
        );
        assert!(from_text(&long, "").is_ok());
    }
}
