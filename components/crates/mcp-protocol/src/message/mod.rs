//! JSON-RPC messages: what arrives, what is in it, and why one is refused.

mod envelope;
mod fault;
mod params;
pub(crate) mod raw;
mod revision;

pub(crate) use envelope::{Id, Message, read, read_batch};
pub use fault::Fault;
pub(crate) use fault::quoted;
pub(crate) use params::{Meta, Params, is_implementation};
pub use revision::Revision;
