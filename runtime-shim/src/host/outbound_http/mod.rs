//! Outbound HTTP and the allow-list all outbound connections are held to.

mod allowed_hosts;
mod client;
mod hooks;

pub use allowed_hosts::{AllowedHosts, AllowedHostsError};
pub use client::OutboundClient;
pub use hooks::{Chaining, OutboundHttp};
