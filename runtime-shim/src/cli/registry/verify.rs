//! Checking a signature.

use std::path::PathBuf;

use app_artifact::registry::parse_reference;
use clap::Args;

use super::access::AccessFlags;
use super::trust::TrustFlags;
use crate::cli::CliError;

/// Says whether an artifact is signed by the owner of a key.
#[derive(Debug, Args)]
pub struct Verify {
    /// Which: registry/repository:tag or …@sha256:…
    reference: String,
    /// The public key (PEM, as cosign writes it)
    #[arg(long, value_name = "FILE", env = "RUNTIME_SHIM_VERIFY_KEY")]
    key: PathBuf,
    #[command(flatten)]
    access: AccessFlags,
}

impl Verify {
    /// Fails unless it is; the digest that the signature is about goes to standard output.
    pub async fn run(self) -> Result<(), CliError> {
        let reference = parse_reference(&self.reference)?;
        let registry = self.access.registry(&reference)?;
        let digest = registry.resolve(&reference).await?;
        let trust = TrustFlags { verify_key: Some(self.key) };
        trust.check(&registry, &reference, &digest).await?;
        println!("{digest}");
        Ok(())
    }
}
