//! Pulling an app.

use std::path::PathBuf;

use app_artifact::registry::parse_reference;
use app_artifact::store::Store;
use clap::Args;

use super::access::AccessFlags;
use super::source::{default_cache, store_folder};
use super::trust::TrustFlags;
use crate::cli::CliError;

/// Fetches an app.
#[derive(Debug, Args)]
pub struct Pull {
    /// Which: registry/repository:tag or …@sha256:…
    reference: String,
    #[command(flatten)]
    access: AccessFlags,
    #[command(flatten)]
    trust: TrustFlags,
    /// Folder that fetched apps are kept in, and looked for first
    #[arg(long, value_name = "FOLDER", env = "RUNTIME_SHIM_CACHE_DIR")]
    cache_dir: Option<PathBuf>,
}

impl Pull {
    /// Fetches what is missing; says the digest and where the app is.
    pub async fn run(self) -> Result<(), CliError> {
        let reference = parse_reference(&self.reference)?;
        let registry = self.access.registry(&reference)?;
        let digest = registry.resolve(&reference).await?;
        self.trust.check(&registry, &reference, &digest).await?;
        let store = Store::new(store_folder(&self.cache_dir.unwrap_or_else(default_cache)));
        let folder = store.fetch(&registry, &reference, &digest).await?;
        eprintln!("{digest}");
        println!("{}", folder.display());
        Ok(())
    }
}
