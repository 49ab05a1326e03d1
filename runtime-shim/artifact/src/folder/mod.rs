//! An artifact unpacked on a disk: `locked.json`, and every content under `content/sha256/<hex digits>`.
//!
//! A host runs it from there. Content is checked against its digest before it gets its name, and a folder gets its
//! `locked.json` last: one that has it is complete.

use crate::pack::{UnpackError, unpack};
use crate::{Artifact, Digest, media_type};
use locked_app::{LOCKED, content_path};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why an artifact cannot be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The disk.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// Content that is not what its name says.
    #[error(
        "content that should be {expected} is {found}: it was changed on its way, or the registry is wrong"
    )]
    Tampered {
        /// The digest in the manifest.
        expected: Digest,
        /// The digest of what came.
        found: Digest,
    },
    /// An archive layer.
    #[error("layer {digest}: {source}")]
    Archive {
        /// The layer.
        digest: Digest,
        /// What is wrong with it.
        source: UnpackError,
    },
    /// There is no locked app among the layers.
    #[error("no layer is a Spin app ({})", media_type::APP)]
    NoApp,
}

/// Unpacks an artifact layer by layer.
#[derive(Debug)]
pub struct Unpacking {
    folder: PathBuf,
    locked: Option<Vec<u8>>,
}

impl Unpacking {
    /// Into `folder`, which is made if it is missing.
    ///
    /// # Errors
    /// [`FolderError::Write`].
    pub fn new(folder: &Path) -> Result<Self, FolderError> {
        let contents = folder.join("content").join("sha256");
        std::fs::create_dir_all(&contents).map_err(|source| FolderError::Write { path: contents, source })?;
        Ok(Self { folder: folder.to_owned(), locked: None })
    }

    /// Takes a layer.
    ///
    /// # Errors
    /// [`FolderError::Tampered`] when `bytes` are not `digest`'s.
    pub fn layer(&mut self, media_type: &str, digest: &Digest, bytes: &[u8]) -> Result<(), FolderError> {
        let found = Digest::sha256(bytes);
        if found != *digest {
            return Err(FolderError::Tampered { expected: digest.clone(), found });
        }
        match media_type {
            media_type::APP => {
                self.locked = Some(bytes.to_vec());
                Ok(())
            }
            media_type::ARCHIVE => {
                let put = |digest: &Digest, bytes: &[u8]| self.put(digest, bytes).map_err(io::Error::other);
                unpack(bytes, put).map_err(|source| FolderError::Archive { digest: digest.clone(), source })
            }
            _ => self.put(digest, bytes),
        }
    }

    /// Whether the content is there already.
    pub fn has(&self, digest: &Digest) -> bool {
        self.folder.join(content_path(digest)).is_file()
    }

    fn put(&self, digest: &Digest, bytes: &[u8]) -> Result<(), FolderError> {
        write(&self.folder.join(content_path(digest)), bytes)
    }

    /// Writes the locked app; the folder can be run from now on.
    ///
    /// # Errors
    /// [`FolderError::NoApp`] when no layer was one.
    pub fn finish(self) -> Result<PathBuf, FolderError> {
        let locked = self.locked.ok_or(FolderError::NoApp)?;
        write(&self.folder.join(LOCKED), &locked)?;
        Ok(self.folder)
    }
}

/// Unpacks a whole `artifact` into `folder`.
///
/// # Errors
/// Any [`FolderError`].
pub fn write_artifact(artifact: &Artifact, folder: &Path) -> Result<(), FolderError> {
    let mut unpacking = Unpacking::new(folder)?;
    for layer in &artifact.layers {
        unpacking.layer(layer.media_type, &layer.digest, &layer.bytes)?;
    }
    unpacking.finish().map(drop)
}

/// Writes a file that is complete as soon as it has its name.
fn write(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let failed = |source| FolderError::Write { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = readable().tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.persist(path).map(drop).map_err(|e| failed(e.error))
}

/// Content is no secret, and who unpacks it need not be who runs it.
#[cfg(unix)]
fn readable() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.permissions(std::fs::Permissions::from_mode(0o644));
    builder
}

#[cfg(not(unix))]
fn readable() -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

#[cfg(test)]
mod tests;
