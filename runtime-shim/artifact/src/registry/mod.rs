//! Moving artifacts to and from an OCI registry.

mod credentials;
mod error;
mod login;
mod pull;
mod push;
mod referrers;
mod signatures;
mod tls;

pub use credentials::{Credentials, credentials_for};
pub use error::RegistryError;
pub use login::{LoginError, save_login};
pub use oci_client::Reference;
pub use referrers::Earlier;
pub use signatures::TrustError;

use crate::Digest;
use oci_client::client::{ClientConfig, ClientProtocol};
use oci_client::{Client, RegistryOperation};
use std::path::PathBuf;
use std::time::Duration;

/// How a registry is reached.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Plain HTTP.
    pub insecure: bool,
    /// Authorities to trust beside the system's, as a PEM file.
    pub ca_file: Option<PathBuf>,
}

/// A registry, with whom to be there.
pub struct Registry {
    client: Client,
    name: String,
    credentials: Credentials,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const READ_TIMEOUT: Duration = Duration::from_secs(60);

impl Registry {
    /// The registry that `reference` is in.
    ///
    /// # Errors
    /// [`RegistryError::Authorities`] for a file without usable certificates.
    pub fn new(
        reference: &Reference,
        reach: &Reach,
        credentials: Credentials,
    ) -> Result<Self, RegistryError> {
        tls::choose_provider();
        let config = ClientConfig {
            protocol: if reach.insecure { ClientProtocol::Http } else { ClientProtocol::Https },
            tls_certs_only: tls::authorities(reach.ca_file.as_deref())?,
            connect_timeout: Some(CONNECT_TIMEOUT),
            read_timeout: Some(READ_TIMEOUT),
            user_agent: concat!("runtime-shim/", env!("CARGO_PKG_VERSION")),
            ..ClientConfig::default()
        };
        let name = reference.resolve_registry().to_owned();
        let client = Client::try_from(config).map_err(|e| RegistryError::other(&name, "its client", &e))?;
        Ok(Self { client, name, credentials })
    }

    /// Whether the credentials hold. Registries answer this differently; only a clear no is one.
    ///
    /// # Errors
    /// [`RegistryError::Unauthorized`], or that the registry cannot be reached.
    pub async fn check_credentials(&self) -> Result<(), RegistryError> {
        let probe = Reference::with_tag(self.name.clone(), "login".to_owned(), "check".to_owned());
        self.enter(&probe, RegistryOperation::Pull).await?;
        let blob = Digest::sha256(b"");
        match self.client.blob_exists(&probe, blob.as_str()).await.map_err(|e| self.explain(&probe, e)) {
            Err(error @ (RegistryError::Unauthorized { .. } | RegistryError::Unreachable { .. })) => {
                Err(error)
            }
            _ => Ok(()),
        }
    }

    /// Signs in, if the registry wants that, and remembers it for what follows.
    async fn enter(&self, reference: &Reference, operation: RegistryOperation) -> Result<(), RegistryError> {
        let auth = self.credentials.to_auth();
        let entered = self.client.auth(reference, &auth, operation).await;
        entered.map(drop).map_err(|e| self.explain(reference, e))
    }

    fn explain(
        &self,
        reference: &Reference,
        error: oci_client::errors::OciDistributionError,
    ) -> RegistryError {
        error::explain(&self.name, reference, &self.credentials, &error)
    }
}

/// Reads `text` as a reference: `registry/repository:tag` or `…@sha256:…`.
///
/// # Errors
/// [`RegistryError::Reference`].
pub fn parse_reference(text: &str) -> Result<Reference, RegistryError> {
    let text = text.strip_prefix("oci://").unwrap_or(text);
    text.parse().map_err(|e: oci_client::ParseError| RegistryError::Reference {
        text: text.to_owned(),
        reason: e.to_string(),
    })
}

/// `reference` with its digest in place of its tag.
pub fn by_digest(reference: &Reference, digest: &Digest) -> Reference {
    Reference::with_digest(
        reference.registry().to_owned(),
        reference.repository().to_owned(),
        digest.to_string(),
    )
}
