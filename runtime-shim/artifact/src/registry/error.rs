//! What can go wrong with a registry, in words that say what to do next and hold no secret: texts of a registry about
//! credentials are left out.

use super::{Credentials, Reference};
use crate::Digest;
use crate::causes::{error_chain, last_cause};
use oci_client::errors::{OciDistributionError, OciErrorCode};
use std::error::Error;
use std::path::PathBuf;

/// Why something could not be done with a registry.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Text that is no reference.
    #[error("{text:?} is no reference to an artifact (registry/repository:tag or …@sha256:…): {reason}")]
    Reference {
        /// The text.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file of authorities.
    #[error("cannot use the authorities in {path}: {reason}")]
    Authorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file of credentials.
    #[error("credentials for {registry}: {reason}")]
    Credentials {
        /// The registry.
        registry: String,
        /// What is wrong with them.
        reason: String,
    },
    /// Nobody by that name, a wrong password, or no right.
    #[error(
        "registry {registry} refuses access to {repository} {as_whom}: see `runtime-shim registry login`, or give \
         credentials in $DOCKER_CONFIG/config.json"
    )]
    Unauthorized {
        /// The registry.
        registry: String,
        /// What was asked for.
        repository: String,
        /// Who asked.
        as_whom: String,
    },
    /// No answer.
    #[error("cannot reach registry {registry}: {reason}")]
    Unreachable {
        /// The registry.
        registry: String,
        /// From the network or TLS.
        reason: String,
    },
    /// Nothing by that name.
    #[error("{0} is not there")]
    NotFound(String),
    /// Something else by that name.
    #[error("{reference} is no Spin app: {reason}")]
    NotAnApp {
        /// What was asked for.
        reference: String,
        /// What it is.
        reason: String,
    },
    /// Content that is not what its digest says.
    #[error(
        "registry {registry} gave something else than {expected}: it was changed on its way, or the registry is wrong"
    )]
    Tampered {
        /// The registry.
        registry: String,
        /// What was asked for.
        expected: Digest,
    },
    /// Content that is larger than anything that belongs into an app.
    #[error("{digest} has more than {most} bytes")]
    TooLarge {
        /// The content.
        digest: Digest,
        /// What is taken.
        most: u64,
    },
    /// Anything else.
    #[error("registry {registry}, {what}: {reason}")]
    Other {
        /// The registry.
        registry: String,
        /// What was asked for.
        what: String,
        /// From the registry.
        reason: String,
    },
}

impl RegistryError {
    pub(super) fn other(registry: &str, what: &str, error: &dyn Error) -> Self {
        Self::Other { registry: registry.to_owned(), what: what.to_owned(), reason: error_chain(error) }
    }
}

/// What `error` means to the one who asked for `reference`.
pub(super) fn explain(
    registry: &str,
    reference: &Reference,
    credentials: &Credentials,
    error: &OciDistributionError,
) -> RegistryError {
    use OciDistributionError as E;
    let registry = registry.to_owned();
    match error {
        E::UnauthorizedError { .. } | E::AuthenticationFailure(_) => {
            unauthorized(registry, reference, credentials)
        }
        E::ServerError { code: 401 | 403, .. } => unauthorized(registry, reference, credentials),
        E::RegistryError { envelope, .. }
            if envelope
                .errors
                .iter()
                .any(|e| matches!(e.code, OciErrorCode::Unauthorized | OciErrorCode::Denied)) =>
        {
            unauthorized(registry, reference, credentials)
        }
        E::RegistryError { envelope, .. }
            if envelope.errors.iter().any(|e| {
                matches!(
                    e.code,
                    OciErrorCode::ManifestUnknown | OciErrorCode::NameUnknown | OciErrorCode::BlobUnknown
                )
            }) =>
        {
            RegistryError::NotFound(reference.whole())
        }
        E::ImageManifestNotFoundError(_) | E::ServerError { code: 404, .. } => {
            RegistryError::NotFound(reference.whole())
        }
        E::RequestError(request) => match request.status().map(|status| status.as_u16()) {
            Some(401 | 403) => unauthorized(registry, reference, credentials),
            Some(404) => RegistryError::NotFound(reference.whole()),
            Some(_) => RegistryError::other(&registry, &reference.whole(), error),
            // What is around it repeats the URL at best.
            None => RegistryError::Unreachable { registry, reason: last_cause(error) },
        },
        _ => RegistryError::other(&registry, &reference.whole(), error),
    }
}

fn unauthorized(registry: String, reference: &Reference, credentials: &Credentials) -> RegistryError {
    let as_whom = match credentials {
        Credentials::Anonymous => "without credentials".to_owned(),
        Credentials::Password { user, .. } => format!("for {user}"),
        Credentials::Token(_) => "with the token".to_owned(),
    };
    RegistryError::Unauthorized { registry, repository: reference.repository().to_owned(), as_whom }
}
