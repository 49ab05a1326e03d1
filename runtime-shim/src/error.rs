//! What keeps an app from being put together.

use crate::serve::RouteError;
use app_composition::ComposeError;
use app_manifest::{FilesError, ManifestError};
use runtime_engine::CacheError;
use runtime_host::LinkError;
use std::path::PathBuf;

/// Why an app cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// The manifest.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A route.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// A composition.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// Compiling or the code cache.
    #[error("component {component}: {source}")]
    Code {
        /// The component.
        component: String,
        /// What went wrong.
        source: CacheError,
    },
    /// A prepared app without the code of one of its components.
    #[error("component {component} is not among the prepared code")]
    NotPrepared {
        /// The component.
        component: String,
    },
    /// An import nobody fills, or an export that is missing.
    #[error("component {component} cannot run here: {source}")]
    Link {
        /// The component.
        component: String,
        /// Which import or export.
        source: LinkError,
    },
    /// A folder for the files of components.
    #[error("cannot make a folder for the files of components in {}: {source}", folder.display())]
    Staging {
        /// Where.
        folder: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// Its files.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The engine.
    #[error("cannot start the engine: {0}")]
    Engine(String),
}
