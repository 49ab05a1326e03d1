//! Why a component cannot be composed.

use std::path::PathBuf;

/// What is wrong, naming component, import and file.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A WebAssembly file cannot be read.
    #[error("cannot read {path} of component {component}: {source} (has it been built?)")]
    Read {
        /// The component or dependency.
        component: String,
        /// Its file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A file is no component.
    #[error("{component}: not a WebAssembly component: {reason}")]
    NotAComponent {
        /// The component or dependency.
        component: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A dependency fills nothing.
    #[error(
        "component {component} imports nothing that dependency {dependency:?} could fill; it imports {}",
        list(imports)
    )]
    NothingToFill {
        /// The component.
        component: String,
        /// The key of the dependency.
        dependency: String,
        /// Names of its imports.
        imports: Vec<String>,
    },
    /// A dependency lacks the export.
    #[error(
        "component {component}: {dependency:?} needs an export {export:?}, but its component exports {}",
        list(exports)
    )]
    NoSuchExport {
        /// The component.
        component: String,
        /// The key of the dependency.
        dependency: String,
        /// The name that was looked for.
        export: String,
        /// Names of its exports.
        exports: Vec<String>,
    },
    /// Import and export do not fit.
    #[error("component {component}: dependency {dependency:?} does not fit: {reason}")]
    DoesNotFit {
        /// The component.
        component: String,
        /// The key of the dependency.
        dependency: String,
        /// Which types differ.
        reason: String,
    },
    /// Two dependencies fill the same import.
    #[error("component {component}: import {import:?} is filled by two dependencies")]
    FilledTwice {
        /// The component.
        component: String,
        /// The import.
        import: String,
    },
    /// The whole cannot be written.
    #[error("component {component}: {reason}")]
    Encode {
        /// The component.
        component: String,
        /// What the encoder found.
        reason: String,
    },
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}
