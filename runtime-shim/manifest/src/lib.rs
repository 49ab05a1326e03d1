//! Reading `spin.toml` (manifest version 2), or the locked app of an artifact made from one ([`locked`]).
//!
//! Reading has three steps, one file each: the keys are compared with what Spin 4.1 knows ([`keys`]), the document
//! becomes typed structs ([`model`]), and templates and variables are resolved into what one component may use
//! ([`resolve`]): hosts ([`allowed_hosts`]) and files ([`files`]) among it.

mod allowed_hosts;
mod check;
mod error;
mod files;
mod keys;
mod locked;
mod model;
mod read;
mod resolve;
mod template;
mod variables;

pub use allowed_hosts::{AllowedHosts, AllowedHostsError, CHAINING_SUFFIX};
pub use error::ManifestError;
pub use files::{FilesError, stage};
pub use locked::described_by;
pub use model::{
    Application, Build, Component, ComponentDependency, ComponentSource, Executor, Files, HttpTrigger,
    Inherit, LocalDependency, Manifest, OneOrMany, Route, StaticResponse, Triggers, Variable,
};
pub use read::read;
pub use resolve::{ResolvedComponent, resolve_components};
pub use template::Template;
pub use variables::{VariableSources, resolve_variables};
