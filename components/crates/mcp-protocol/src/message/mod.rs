//! JSON-RPC messages: what arrives, what is in it, and why one is refused.

mod envelope;
mod params;
pub(crate) mod raw;
mod revision;
mod rpc_error;

pub(crate) use envelope::{Id, Message, read, read_batch};
pub(crate) use params::{Meta, Params, is_implementation};
pub use revision::Revision;
pub use rpc_error::RpcError;
pub(crate) use rpc_error::quoted;
