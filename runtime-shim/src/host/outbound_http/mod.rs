//! Outbound HTTP and the allow-list all outbound connections are held to.

mod allowed_hosts;
mod client;
mod hooks;
mod sending;

pub use allowed_hosts::{AllowedHosts, AllowedHostsError};
pub use client::OutboundClient;
pub use hooks::{Chaining, OutboundHttp};
pub use sending::add_client_to_linker;
