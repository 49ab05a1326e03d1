//! Artifacts on this machine, in a folder that outlives a run.
//!
//! `<folder>/<hex digits of the manifest's digest>/` is an unpacked artifact ([`crate::folder`]); `<folder>/content`
//! holds what they consist of, shared by all of them, so that a new version fetches what is new in it. A folder that has
//! its `locked.json` is complete; nothing in it changes after that, and all of it can be deleted at any time.

use crate::folder::{FolderError, Unpacking};
use crate::image::Manifest;
use crate::registry::{Reference, Registry, RegistryError};
use crate::{Digest, media_type};
use futures_util::{StreamExt as _, stream};
use locked_app::LOCKED;
use std::io;
use std::path::{Path, PathBuf};

/// Downloads at a time.
const AT_ONCE: usize = 8;
/// The manifest, kept beside the locked app.
const MANIFEST: &str = "manifest.json";

/// Why an artifact cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The registry.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// What came from it, or the disk.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// The artifacts in a folder.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in `folder`, which is made when something is put there.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The unpacked artifact `digest`, if it is here.
    pub fn get(&self, digest: &Digest) -> Option<PathBuf> {
        let folder = self.folder.join(digest.hex());
        folder.join(LOCKED).is_file().then_some(folder)
    }

    /// The unpacked artifact `digest`, fetched from `reference`'s repository unless it is here.
    ///
    /// # Errors
    /// Any [`StoreError`]; what arrived until then is kept for the next try.
    pub async fn fetch(
        &self,
        registry: &Registry,
        reference: &Reference,
        digest: &Digest,
    ) -> Result<PathBuf, StoreError> {
        if let Some(folder) = self.get(digest) {
            return Ok(folder);
        }
        let (manifest, bytes) = registry.manifest(reference, digest).await?;
        let folder = self.prepare(digest)?;
        let mut unpacking = Unpacking::new(&folder)?;
        let wanted = manifest.layers.iter().chain(old_place_of_the_app(&manifest));
        let missing =
            wanted.filter(|layer| layer.media_type == media_type::APP || !unpacking.has(&layer.digest));
        // All of it is asked before anything is unpacked.
        let missing: Vec<_> = missing.collect();
        let mut pulls = stream::iter(missing)
            .map(|layer| async move { (layer, registry.blob(reference, layer).await) })
            .buffer_unordered(AT_ONCE);
        while let Some((layer, pulled)) = pulls.next().await {
            unpacking.layer(&layer.media_type, &layer.digest, &pulled?)?;
        }
        let path = folder.join(MANIFEST);
        std::fs::write(&path, bytes).map_err(|source| FolderError::Write { path, source })?;
        match unpacking.finish() {
            Err(FolderError::NoApp) => Err(RegistryError::NotAnApp {
                reference: reference.whole(),
                reason: format!("it has no layer of type {}", media_type::APP),
            }
            .into()),
            finished => Ok(finished?),
        }
    }

    /// An empty folder for `digest` that shares its content with the others.
    fn prepare(&self, digest: &Digest) -> Result<PathBuf, FolderError> {
        let folder = self.folder.join(digest.hex());
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| FolderError::Write { path, source }
        };
        let shared = self.folder.join("content");
        std::fs::create_dir_all(&shared).map_err(failed(&shared))?;
        std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
        match share(&folder.join("content")) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(failed(&folder)(e)),
            _ => Ok(folder),
        }
    }
}

/// The first artifacts of Spin had the app where others have the image configuration.
fn old_place_of_the_app(manifest: &Manifest) -> Option<&crate::image::Descriptor> {
    (manifest.config.media_type == media_type::APP).then_some(&manifest.config)
}

#[cfg(unix)]
fn share(link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink("../content", link)
}

/// Without links every artifact has its own.
#[cfg(not(unix))]
fn share(_link: &Path) -> io::Result<()> {
    Ok(())
}
