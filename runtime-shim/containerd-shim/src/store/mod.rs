//! What this node compiled, for all its pods.
//!
//! `code/` holds compiled components, each under the hash of all that went into it; `apps/` says which of them an app
//! consists of, for one kind of engine. Everything gets its name when it is complete, and nothing is changed after. What
//! is in here is run, so only root may look into the folder.

mod entry;
mod unused;

pub use entry::{Code, Entry};

use app_artifact::Digest;
use std::fs::File;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How the names of folders start that a process works in.
const SCRATCH: &str = "scratch-";
const NODE_FOLDER: &str = "/var/lib/todo-shim";
/// Tells the shim of another folder, in containerd's environment.
const FOLDER_VARIABLE: &str = "TODO_SHIM_STORE";

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk.
    #[error("store {path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// Somebody else could put code into it.
    #[error("store {0}: must be a folder of this user that nobody else may enter")]
    Open(PathBuf),
    /// An entry that is not one.
    #[error("store {path}: {source}")]
    Entry {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
}

impl StoreError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        |source| Self::Io { path, source }
    }
}

/// Where the store of this node is.
pub fn folder_of_node() -> PathBuf {
    std::env::var_os(FOLDER_VARIABLE).map_or_else(|| PathBuf::from(NODE_FOLDER), PathBuf::from)
}

/// The store.
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Uses `folder`, made if it is missing.
    ///
    /// # Errors
    /// [`StoreError::Open`] for a folder that others may enter or own.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let mut private = std::fs::DirBuilder::new();
        private.recursive(true).mode(0o700);
        for part in [folder.to_owned(), folder.join("apps"), folder.join("code")] {
            private.create(&part).map_err(StoreError::io(&part))?;
        }
        let found = folder.symlink_metadata().map_err(StoreError::io(folder))?;
        let mine = found.uid() == rustix::process::geteuid().as_raw();
        if !found.is_dir() || !mine || found.mode() & 0o077 != 0 {
            return Err(StoreError::Open(folder.to_owned()));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// The entry of `app` for an engine.
    pub fn entry(&self, app: &Digest, engine: &str) -> Entry {
        Entry::new(self.apps_folder().join(format!("{}-{engine}.json", app.hex())))
    }

    /// Where compiled code is.
    pub fn code_folder(&self) -> PathBuf {
        self.folder.join("code")
    }

    fn apps_folder(&self) -> PathBuf {
        self.folder.join("apps")
    }

    /// A folder to work in, gone when it is dropped.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn scratch(&self) -> Result<TempDir, StoreError> {
        tempfile::Builder::new()
            .prefix(SCRATCH)
            .tempdir_in(&self.folder)
            .map_err(StoreError::io(&self.folder))
    }

    /// Waits until no other process changes the store; held until it is dropped, or the process ends.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn lock(&self) -> Result<File, StoreError> {
        let path = self.folder.join("lock");
        let file = File::options().create(true).append(true).open(&path).map_err(StoreError::io(&path))?;
        file.lock().map_err(StoreError::io(&path))?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests;
