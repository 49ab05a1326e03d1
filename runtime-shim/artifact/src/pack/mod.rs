//! Making an artifact out of parts.
//!
//! The order in which parts are added is the order of the layers; nothing else but the parts goes in, no clock and no
//! path, so the same parts give the same digests anywhere.

mod archive;

pub use archive::{MAX_UNPACKED_BYTES, UnpackError, unpack};

use crate::image::{Manifest, app_config};
use crate::{Digest, media_type};
use locked_app::{ContentPath, ContentRef, LockedApp};
use std::collections::{BTreeMap, BTreeSet};

/// Content up to this many bytes goes into the locked app itself, as in Spin: not every registry takes tiny blobs.
const MAX_INLINE_BYTES: usize = 128;
/// Layers beside the locked app's: the fewest that a large registry allows is 500 in all.
const MAX_LAYERS: usize = 499;

/// A blob of an artifact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// What it is.
    pub media_type: &'static str,
    /// Its digest.
    pub digest: Digest,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Blob {
    /// The blob of `bytes`.
    pub fn new(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self { media_type, digest: Digest::sha256(&bytes), bytes }
    }
}

/// A whole artifact.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// The image manifest, as it is pushed.
    pub manifest: Vec<u8>,
    /// The image configuration.
    pub config: Blob,
    /// The layers in the order of the manifest; the locked app is the last.
    pub layers: Vec<Blob>,
}

impl Artifact {
    /// The artifact that `manifest` describes.
    ///
    /// # Errors
    /// When the manifest cannot be JSON.
    pub fn new(manifest: &Manifest, config: Blob, layers: Vec<Blob>) -> Result<Self, serde_json::Error> {
        Ok(Self { manifest: serde_json::to_vec(manifest)?, config, layers })
    }

    /// The digest by which a registry knows it.
    pub fn digest(&self) -> Digest {
        Digest::sha256(&self.manifest)
    }
}

/// How a component's files are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Files {
    /// A layer for each.
    #[default]
    Apart,
    /// A layer for all of a component's.
    Archived,
}

/// Why an artifact cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// More layers than registries take.
    #[error(
        "{0} layers: a registry need not take more than 500. Keep the files in archives (--archive-layers)"
    )]
    TooManyLayers(usize),
    /// An archive cannot be written.
    #[error("cannot archive the files: {0}")]
    Archive(#[source] std::io::Error),
    /// Something that cannot be JSON.
    #[error("cannot write the description of the app: {0}")]
    Json(#[from] serde_json::Error),
}

/// Collects the parts.
#[derive(Debug, Default)]
pub struct Packer {
    files: Files,
    layers: Vec<Blob>,
    known: BTreeSet<Digest>,
}

impl Packer {
    /// A packer that keeps files in this way.
    pub fn new(files: Files) -> Self {
        Self { files, ..Self::default() }
    }

    /// Adds WebAssembly; what is there already is not added again.
    pub fn wasm(&mut self, bytes: Vec<u8>) -> ContentRef {
        let digest = self.add(Blob::new(media_type::WASM, bytes));
        ContentRef { digest: Some(digest.to_string()), ..ContentRef::default() }
    }

    /// Adds the files of one component, each a path in the component and its content.
    ///
    /// # Errors
    /// [`PackError::Archive`].
    pub fn files(&mut self, files: BTreeMap<String, Vec<u8>>) -> Result<Vec<ContentPath>, PackError> {
        if self.files == Files::Archived && files.values().any(|bytes| bytes.len() > MAX_INLINE_BYTES) {
            let archive = archive::pack(&files).map_err(PackError::Archive)?;
            self.add(Blob::new(media_type::ARCHIVE, archive));
        }
        Ok(files.into_iter().map(|(path, bytes)| self.file(path, bytes)).collect())
    }

    fn file(&mut self, path: String, bytes: Vec<u8>) -> ContentPath {
        let inline = (bytes.len() <= MAX_INLINE_BYTES).then(|| bytes.clone());
        let blob = Blob::new(media_type::DATA, bytes);
        let digest = Some(blob.digest.to_string());
        if inline.is_none() && self.files == Files::Apart {
            self.add(blob);
        }
        ContentPath { content: ContentRef { inline, digest, ..ContentRef::default() }, path }
    }

    fn add(&mut self, blob: Blob) -> Digest {
        let digest = blob.digest.clone();
        if self.known.insert(digest.clone()) {
            self.layers.push(blob);
        }
        digest
    }

    /// The artifact of `app`, whose content refs this packer gave.
    ///
    /// # Errors
    /// [`PackError`] for too many layers.
    pub fn finish(
        mut self,
        app: &LockedApp,
        annotations: &BTreeMap<String, String>,
    ) -> Result<Artifact, PackError> {
        if self.layers.len() > MAX_LAYERS {
            return Err(PackError::TooManyLayers(self.layers.len() + 1));
        }
        let locked = Blob::new(media_type::APP, app.to_json()?);
        let config = Blob::new(media_type::IMAGE_CONFIG, app_config(&locked.digest)?);
        self.layers.push(locked);
        let manifest = Manifest { annotations: annotations.clone(), ..Manifest::new(&config, &self.layers) };
        Ok(Artifact::new(&manifest, config, self.layers)?)
    }
}

#[cfg(test)]
mod tests;
