//! What an artifact consists of.

use app_artifact::media_type;
use app_artifact::registry::{RegistryError, parse_reference};
use clap::Args;
use locked_app::LockedApp;

use super::access::AccessFlags;
use crate::cli::CliError;

/// Shows an artifact without fetching its code.
#[derive(Debug, Args)]
pub struct Inspect {
    /// Which: registry/repository:tag or …@sha256:…
    reference: String,
    #[command(flatten)]
    access: AccessFlags,
    /// Print the locked app as it is
    #[arg(long, conflicts_with = "sbom")]
    locked: bool,
    /// Print the attached list of what the app is made of (CycloneDX)
    #[arg(long)]
    sbom: bool,
}

impl Inspect {
    pub async fn run(self) -> Result<(), CliError> {
        let reference = parse_reference(&self.reference)?;
        let registry = self.access.registry(&reference)?;
        let digest = registry.resolve(&reference).await?;
        let document = registry.attached(&reference, &digest, media_type::SBOM, 1).await?.pop();
        if self.sbom {
            let document = document.ok_or_else(|| CliError::NoSbom(reference.whole()))?;
            println!("{}", String::from_utf8_lossy(&document));
            return Ok(());
        }
        let (manifest, _) = registry.manifest(&reference, &digest).await?;
        let Some(layer) = manifest.layers.iter().find(|layer| layer.media_type == media_type::APP) else {
            let reason = format!("it has no layer of type {}", media_type::APP);
            return Err(RegistryError::NotAnApp { reference: reference.whole(), reason }.into());
        };
        let json = registry.blob(&reference, layer).await?;
        if self.locked {
            println!("{}", String::from_utf8_lossy(&json));
            return Ok(());
        }
        let app = LockedApp::from_json(&json)
            .map_err(|e| RegistryError::NotAnApp { reference: reference.whole(), reason: e.to_string() })?;
        println!("digest      {digest}");
        for (name, value) in &manifest.annotations {
            println!("annotation  {name}={value}");
        }
        for component in &app.components {
            let content = component.source.content.digest.as_deref().unwrap_or("inline");
            let size =
                manifest.layers.iter().find(|layer| layer.digest.as_str() == content).map_or(0, |l| l.size);
            println!(
                "component   {} ({size} bytes, {} files, {} dependencies) {content}",
                component.id,
                component.files.len(),
                component.dependencies.len()
            );
        }
        let total: u64 = manifest.layers.iter().map(|layer| layer.size).sum();
        println!("sbom        {}", if document.is_some() { "attached (--sbom prints it)" } else { "none" });
        println!("layers      {} ({total} bytes)", manifest.layers.len());
        Ok(())
    }
}
