//! Filling a component's imports with other components, as `[component.X.dependencies]` says.
//!
//! A dependency that does not inherit a kind of configuration must not use its parent's. Its imports of that kind get
//! another name ([`deny`]), under which the host answers with ordinary errors; nothing is added to the code. In the same
//! way the host learns which part calls it ([`part_of_import`]).

mod capability;
mod deny;
mod error;
mod graph;
mod plan;

pub use capability::{DENIED_PREFIX, part_of_import};
pub use error::ComposeError;
pub use graph::{CompositionTarget, compose, denials};
pub use plan::{Plan, Plug, Source, part_names, plan};
