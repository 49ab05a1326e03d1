//! Whether an artifact is the one that its maker signed.

use std::path::PathBuf;

use app_artifact::Digest;
use app_artifact::registry::{Reference, Registry};
use app_artifact::sign::{Key, PublicKey};
use clap::Args;

use crate::cli::CliError;

/// Password of an encrypted key, under the name that cosign reads.
const PASSWORD: &str = "COSIGN_PASSWORD";

/// Whom to trust.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Registry")]
pub struct TrustFlags {
    /// Take only what is signed by the owner of this public key (PEM, as cosign writes it)
    #[arg(long, value_name = "FILE", env = "RUNTIME_SHIM_VERIFY_KEY")]
    pub verify_key: Option<PathBuf>,
}

impl TrustFlags {
    /// Refuses what is not signed, if a signature is asked for.
    pub async fn check(
        &self,
        registry: &Registry,
        reference: &Reference,
        digest: &Digest,
    ) -> Result<(), CliError> {
        let Some(path) = &self.verify_key else { return Ok(()) };
        let key = PublicKey::read(path)?;
        Ok(registry.verify(reference, digest, &key).await?)
    }
}

/// Who signs.
#[derive(Debug, Clone, Args)]
pub struct SignFlags {
    /// Sign with this private key; COSIGN_PASSWORD opens it where it is encrypted
    #[arg(long, value_name = "FILE", env = "RUNTIME_SHIM_SIGN_KEY")]
    sign_key: Option<PathBuf>,
}

impl SignFlags {
    /// The key, read before any work is done.
    pub fn key(&self) -> Result<Option<Key>, CliError> {
        let Some(path) = &self.sign_key else { return Ok(None) };
        let password = std::env::var(PASSWORD).ok();
        Ok(Some(Key::read(path, password.as_deref())?))
    }
}
