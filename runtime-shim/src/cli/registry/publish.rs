//! Publishing each component, and packages of interfaces, by themselves.

use std::collections::BTreeSet;
use std::path::PathBuf;

use app_artifact::Artifact;
use app_artifact::package::{PackageError, PackageName, pack_component, pack_interfaces};
use app_artifact::registry::parse_reference;
use app_manifest::{ComponentDependency, ComponentSource, Manifest};
use app_packing::{PackError, created};
use clap::Args;

use super::access::AccessFlags;
use super::trust::SignFlags;
use crate::cli::flags::AppFlags;
use crate::cli::{CliError, build};

/// Publishes components for other apps, in the form `wkg` reads.
#[derive(Debug, Args)]
pub struct Publish {
    /// Where below: registry, or registry/prefix; each package goes to <PREFIX>/namespace/name:version
    prefix: String,
    #[command(flatten)]
    app: AppFlags,
    /// A component to publish, by its id; otherwise all that fill imports of others
    #[arg(long = "component-id", value_name = "ID")]
    components: Vec<String>,
    /// Publish the package of interfaces in this folder, too
    #[arg(long = "wit", value_name = "FOLDER")]
    interfaces: Vec<PathBuf>,
    /// When they were made, in seconds since 1970
    #[arg(long, value_name = "S", env = "SOURCE_DATE_EPOCH")]
    source_date_epoch: Option<i64>,
    #[command(flatten)]
    sign: SignFlags,
    #[command(flatten)]
    access: AccessFlags,
}

impl Publish {
    /// Publishes; each line on standard output is a reference and its digest.
    pub async fn run(self) -> Result<(), CliError> {
        let key = self.sign.key()?;
        let (manifest, _) = self.app.read()?;
        let components = build::missing(&manifest);
        if !components.is_empty() {
            return Err(CliError::NotBuilt { components });
        }
        for (name, artifact) in self.packages(&manifest)? {
            let reference = parse_reference(&name.reference(&self.prefix))?;
            let registry = self.access.registry(&reference)?;
            let digest = registry.push(&reference, &artifact).await?;
            if let Some(key) = &key {
                registry.sign(&reference, &digest, key).await?;
            }
            println!("{} {digest}", reference.whole());
        }
        Ok(())
    }

    fn packages(&self, manifest: &Manifest) -> Result<Vec<(PackageName, Artifact)>, CliError> {
        let created = created(self.source_date_epoch);
        let ids: BTreeSet<&str> = match self.components.as_slice() {
            [] => used_by_others(manifest),
            named => named.iter().map(String::as_str).collect(),
        };
        let mut packages = Vec::new();
        for id in ids {
            let component = manifest.component.get(id).ok_or_else(|| CliError::NoComponent(id.to_owned()))?;
            let ComponentSource::Path(path) = &component.source else { continue };
            let path = manifest.folder.join(path);
            let wasm = std::fs::read(&path).map_err(|source| PackError::Read { path, source })?;
            let package = pack_component(wasm, component.description.as_deref(), created.as_deref());
            packages.push(package.map_err(|error| CliError::Package { what: id.to_owned(), error })?);
        }
        for folder in &self.interfaces {
            let failed =
                |error: PackageError| CliError::Package { what: folder.display().to_string(), error };
            packages.push(pack_interfaces(folder, created.as_deref()).map_err(failed)?);
        }
        Ok(packages)
    }
}

/// Components that fill imports of others: what is of use without this app.
fn used_by_others(manifest: &Manifest) -> BTreeSet<&str> {
    let dependencies = manifest.component.values().flat_map(|component| component.dependencies.values());
    dependencies
        .filter_map(|dependency| match dependency {
            ComponentDependency::Local(local) => local.component.as_deref(),
            ComponentDependency::Version(_) => None,
        })
        .collect()
}
