//! An app as an OCI artifact: what `spin.toml` says, with every file it names packed and named by its digest.
//!
//! Needs no value of a variable: templates go into the artifact as they are.

mod annotations;
mod composed;
mod files;
mod locked;

pub use annotations::{annotations, created};

use app_artifact::Artifact;
use app_artifact::pack::{Files, Packer};
use app_composition::ComposeError;
use app_manifest::{FilesError, Manifest};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How components that fill each other's imports are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compose {
    /// Each for itself, composed by the host that runs them: each is stored and fetched once.
    #[default]
    Apart,
    /// Composed into those with a trigger; only what a trigger reaches is kept. For hosts that compose nothing.
    Composed,
}

/// How an app is packed.
#[derive(Clone, Debug, Default)]
pub struct PackSettings {
    /// How its components are kept.
    pub compose: Compose,
    /// How its files are kept.
    pub files: Files,
    /// The manifest's annotations.
    pub annotations: BTreeMap<String, String>,
}

/// Why an app cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A component.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// A component composed with a dependency that may not use all of its rights.
    #[error(
        "component {component} cannot be composed for other hosts: {dependency:?} must be denied {import}, which only \
         the host can do. Push it with --compose=false, or let it inherit"
    )]
    Denied {
        /// The component.
        component: String,
        /// The key of the dependency.
        dependency: String,
        /// What it may not use.
        import: String,
    },
    /// A component's files.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// A file that cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A name that cannot be kept.
    #[error("{path}: the name is no UTF-8, which an artifact cannot keep")]
    Name {
        /// The file.
        path: PathBuf,
    },
    /// The artifact.
    #[error(transparent)]
    Artifact(#[from] app_artifact::pack::PackError),
    /// A trigger that cannot be JSON.
    #[error("trigger {0}: {1}")]
    Trigger(String, serde_json::Error),
}

/// Packs the app of `manifest`.
///
/// # Errors
/// The first [`PackError`].
pub fn pack(manifest: &Manifest, settings: &PackSettings) -> Result<Artifact, PackError> {
    let mut packer = Packer::new(settings.files);
    let components = match settings.compose {
        Compose::Apart => locked::components(manifest, &mut packer)?,
        Compose::Composed => composed::components(manifest, &mut packer)?,
    };
    let app = locked::app(manifest, components)?;
    Ok(packer.finish(&app, &settings.annotations)?)
}

#[cfg(test)]
mod tests;
