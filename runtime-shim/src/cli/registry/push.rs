//! Pushing the app.

use app_artifact::registry::{Earlier, RegistryError, parse_reference};
use app_artifact::sbom::{Crates, sbom};
use app_artifact::{Artifact, Blob, media_type};
use app_manifest::{ComponentSource, Manifest};
use clap::Args;
use locked_app::LockedApp;

use super::access::AccessFlags;
use super::pack::PackFlags;
use super::trust::SignFlags;
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
    sign: SignFlags,
    /// Attach no list of what the app is made of
    #[arg(long)]
    no_sbom: bool,
    #[command(flatten)]
    access: AccessFlags,
}

impl Push {
    /// Packs and pushes; the last line on standard output is the digest.
    pub async fn run(self) -> Result<(), CliError> {
        let reference = parse_reference(&self.reference)?;
        // A key or credentials that cannot be read are said before the work.
        let key = self.sign.key()?;
        let registry = self.access.registry(&reference)?;
        let (manifest, artifact) = self.pack.pack(&self.app).await?;
        let document = if self.no_sbom { None } else { Some(document(&manifest, &artifact)?) };
        let digest = registry.push(&reference, &artifact).await?;
        if let Some(document) = document {
            registry.attach(&reference, &digest, document, Earlier::Go).await?;
        }
        if let Some(key) = key {
            registry.sign(&reference, &digest, &key).await?;
        }
        eprintln!("pushed {} in {} layers", reference.whole(), artifact.layers.len());
        println!("{digest}");
        Ok(())
    }
}

/// What the app is made of.
fn document(manifest: &Manifest, artifact: &Artifact) -> Result<Blob, CliError> {
    let sources = manifest.component.iter().filter_map(|(id, component)| match &component.source {
        ComponentSource::Path(path) => Some((id.as_str(), path.as_path())),
        ComponentSource::Remote(_) => None,
    });
    let crates = Crates::read(&manifest.folder, sources)?;
    let locked = artifact.layers.iter().find(|layer| layer.media_type == media_type::APP);
    let app = LockedApp::from_json(locked.map(|layer| layer.bytes.as_slice()).unwrap_or_default());
    let app = app.map_err(|e| RegistryError::NotAnApp {
        reference: manifest.application.name.clone(),
        reason: e.to_string(),
    })?;
    Ok(Blob::new(media_type::SBOM, sbom(&app, &crates)?))
}
