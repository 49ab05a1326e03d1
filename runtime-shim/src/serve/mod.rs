//! HTTP in: listening, routes, instances, answers.

mod app;
mod body;
mod chaining;
mod exchange;
mod headers;
mod instance;
mod listen;
mod listen_address;
mod listeners;
mod problem;
mod request_id;
mod routes;
mod worker;

pub use app::{App, Served};
pub use chaining::AppLink;
pub use instance::{ComponentHandler, InstancePolicy};
pub use listen::{Leave, serve};
pub use listen_address::{ListenAddress, ListenAddressError};
pub use listeners::{ListenError, Listeners};
pub use routes::{Matched, RouteError, Routes, Target};
