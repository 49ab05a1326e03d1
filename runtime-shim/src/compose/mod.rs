//! Filling a component's imports with other components, as `[component.X.dependencies]` says.
//!
//! A dependency that does not inherit a kind of configuration must not use its parent's. Its imports of that kind get
//! another name ([`deny`]), under which the host answers with ordinary errors ([`crate::host::denied`]); nothing is
//! added to the code.

mod capability;
mod deny;
mod error;
mod graph;
mod plan;

pub use capability::DENIED_PREFIX;
pub use error::ComposeError;
pub use graph::{compose, denials};
pub use plan::{Plan, Plug, Source, plan};
