//! Everything that can be wrong with a manifest, each naming the key or variable it is about.

use std::path::PathBuf;

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The manifest's path.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The file is not TOML, or a value has the wrong type.
    #[error("{path}: {message}")]
    Syntax {
        /// The manifest's path.
        path: PathBuf,
        /// Line, column and reason, as the TOML parser words it.
        message: String,
    },
    /// Keys that Spin does not know.
    #[error("{path}: unknown keys: {}", keys.join(", "))]
    UnknownKeys {
        /// The manifest's path.
        path: PathBuf,
        /// Full paths of the keys, such as `component.chat.alowed_outbound_hosts`.
        keys: Vec<String>,
    },
    /// Keys Spin knows and this host does not offer.
    #[error("not offered by this host: {}", keys.join(", "))]
    NotOffered {
        /// Full paths of the keys, each with the reason.
        keys: Vec<String>,
    },
    /// The locked app of an artifact that this host does not understand.
    #[error("{path}: {source}")]
    Locked {
        /// The locked app.
        path: PathBuf,
        /// What is not understood.
        source: locked_app::LockedAppError,
    },
    /// A value that does not make sense.
    #[error("{key}: {reason}")]
    Invalid {
        /// Full path of the key.
        key: String,
        /// What is wrong with its value.
        reason: String,
    },
    /// Variables without a value.
    #[error(
        "variables without a value: {} (give each with --variable <name>=<value> or SPIN_VARIABLE_<NAME>)",
        names.join(", ")
    )]
    MissingVariables {
        /// The names of all of them.
        names: Vec<String>,
    },
}

impl ManifestError {
    /// An [`ManifestError::Invalid`] for `key`.
    pub(crate) fn invalid(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid { key: key.into(), reason: reason.into() }
    }
}
