//! Runs Spin apps on wasmtime.
//!
//! [`run`] takes [`RunSettings`] and serves until it is told to stop. It puts the host's other crates together:
//! [`app_manifest`] reads `spin.toml`, [`app_composition`] fills imports with other components, [`runtime_engine`] compiles,
//! [`runtime_host`] is what components can reach, [`runtime_limits`] bounds each request, [`runtime_observability`] tells what
//! happens.

mod allocator;
mod assemble;
mod compile;
mod error;
mod prepared;
mod run;
pub mod runtime_config;
mod schedule;
mod serve;
mod settings;
mod signals;

pub use compile::{compatibility, precompile, prepare};
pub use error::AssembleError;
pub use prepared::PreparedApp;
pub use run::{RunError, run};
pub use schedule::ScheduledCall;
pub use serve::{InstancePolicy, ListenAddress, ListenAddressError, ListenError, Listeners};
pub use settings::{Addresses, RunSettings};
pub use signals::termination;
