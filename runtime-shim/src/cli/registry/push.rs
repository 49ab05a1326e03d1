//! Pushing the app.

use app_artifact::registry::parse_reference;
use clap::Args;

use super::access::AccessFlags;
use super::pack::PackFlags;
use crate::cli::CliError;
use crate::cli::flags::AppFlags;

/// Pushes an app.
#[derive(Debug, Args)]
pub struct Push {
    /// Where to: registry/repository:tag
    reference: String,
    #[command(flatten)]
    app: AppFlags,
    #[command(flatten)]
    pack: PackFlags,
    #[command(flatten)]
    access: AccessFlags,
}

impl Push {
    /// Packs and pushes; the last line on standard output is the digest.
    pub async fn run(self) -> Result<(), CliError> {
        let reference = parse_reference(&self.reference)?;
        // Credentials that cannot be read are said before the work.
        let registry = self.access.registry(&reference)?;
        let (_, artifact) = self.pack.pack(&self.app).await?;
        let digest = registry.push(&reference, &artifact).await?;
        eprintln!("pushed {} in {} layers", reference.whole(), artifact.layers.len());
        println!("{digest}");
        Ok(())
    }
}
