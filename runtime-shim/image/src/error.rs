//! Why no image was made.

use std::path::PathBuf;

/// Why no image was made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A program that has to succeed.
    #[error("`{command}` failed: {reason}")]
    Program {
        /// What was run.
        command: String,
        /// What it said.
        reason: String,
    },
    /// A document of the image.
    #[error("cannot describe the image: {0}")]
    Document(#[from] oci_spec::OciSpecError),
    /// The index of the image.
    #[error("cannot write the image's index: {0}")]
    Index(#[from] serde_json::Error),
}

impl Error {
    /// What to do with an error of the system at `path`.
    pub fn at(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
