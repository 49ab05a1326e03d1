//! What components can reach: one folder per capability, everything denied unless the manifest allows it.

mod call;
mod denied;
mod linker;
mod memory;
mod not_offered;
pub mod outbound_http;
mod parts;
pub mod postgres;
mod requests;
mod state;
mod type_interfaces;
mod variables;
pub mod wasi;

pub use linker::{LinkError, link, new_linker};
pub use memory::MemoryLimit;
pub use requests::{InstanceRequests, RequestContext, RequestState};
pub use state::{ComponentRights, InstanceState};
