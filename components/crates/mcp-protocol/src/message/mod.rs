//! JSON-RPC messages: what arrives, what is in it, and why one is refused.

mod envelope;
mod params;
pub(crate) mod raw;
mod revision;
mod rpc_error;
mod write;

pub(crate) use envelope::{Id, Message, read, read_batch};
pub(crate) use params::{Meta, Params, is_implementation};
pub use revision::Revision;
pub(crate) use rpc_error::{ErrorKind, RpcError, quoted};
pub(crate) use write::{push_string, write_result_start, write_rpc_error};
