//! What components can reach: one folder per capability, everything denied unless the manifest allows it.

mod call;
pub mod denied;
mod memory;
pub mod not_offered;
pub mod outbound_http;
pub mod parts;
pub mod postgres;
mod requests;
mod state;
pub mod type_interfaces;
pub mod variables;
pub mod wasi;

pub use memory::MemoryLimit;
pub use requests::{Fate, InstanceRequests, RequestContext};
pub use state::{ComponentRights, InstanceState};
