//! Who to be at a registry.

use super::{Reference, RegistryError};
use docker_credential::{CredentialRetrievalError as Failure, DockerCredential};
use oci_client::secrets::RegistryAuth;
use std::fmt;
use std::path::{Path, PathBuf};

/// Docker's configuration, in [`docker_folder`].
pub(super) const CONFIG: &str = "config.json";

/// Where Docker keeps its configuration: `$DOCKER_CONFIG`, or `~/.docker`.
pub(super) fn docker_folder() -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".docker"));
    std::env::var_os("DOCKER_CONFIG").map(PathBuf::from).or_else(home)
}

/// Credentials for a registry.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Credentials {
    /// None.
    #[default]
    Anonymous,
    /// A name and a password.
    Password {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// A token that is sent as it is.
    Token(String),
}

impl Credentials {
    pub(super) fn to_auth(&self) -> RegistryAuth {
        match self {
            Self::Anonymous => RegistryAuth::Anonymous,
            Self::Password { user, password } => RegistryAuth::Basic(user.clone(), password.clone()),
            Self::Token(token) => RegistryAuth::Bearer(token.clone()),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("Anonymous"),
            Self::Password { user, .. } => write!(f, "Password of {user:?}"),
            Self::Token(_) => f.write_str("Token"),
        }
    }
}

/// The credentials for `reference` in Docker's configuration (`$DOCKER_CONFIG/config.json`, `~/.docker/config.json`),
/// by the helper programs it names, too.
///
/// # Errors
/// When there are some and they cannot be read: going on without them would only fail later and say less.
pub fn credentials_for(reference: &Reference) -> Result<Credentials, RegistryError> {
    let registry = reference.resolve_registry();
    // A folder without the file is no error: nobody has logged in.
    if !docker_folder().is_some_and(|folder| folder.join(CONFIG).exists()) {
        return Ok(Credentials::Anonymous);
    }
    match docker_credential::get_credential(registry) {
        Ok(DockerCredential::UsernamePassword(user, password)) => {
            Ok(Credentials::Password { user, password })
        }
        Ok(DockerCredential::IdentityToken(token)) => Ok(Credentials::Token(token)),
        Err(Failure::ConfigNotFound | Failure::NoCredentialConfigured) => Ok(Credentials::Anonymous),
        Err(failure) => {
            // What a helper printed may hold a secret.
            let reason = match failure {
                Failure::HelperFailure { helper, .. } => format!("{helper} failed"),
                other => other.to_string(),
            };
            Err(RegistryError::Credentials { registry: registry.to_owned(), reason })
        }
    }
}
