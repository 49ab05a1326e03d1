//! Outbound HTTP, held to the manifest's allow-list.

mod client;
mod hooks;
mod response_body;
mod sending;

pub use client::OutboundClient;
pub use hooks::{Chaining, OutboundHttp};
pub(super) use sending::add_client_to_linker;
