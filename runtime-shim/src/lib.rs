//! Runs Spin apps on wasmtime.
//!
//! [`run`] takes [`RunSettings`] and serves until it is told to stop. The rooms behind it: [`app_manifest`] reads
//! `spin.toml`, [`app_composition`] fills imports with other components, [`runtime_engine`] compiles, [`runtime_host`] is what components can
//! reach, [`serve`] answers requests with them, [`runtime_limits`] bounds each request, [`runtime_observability`] tells what happens.

mod allocator;
mod assemble;
mod compile;
mod error;
mod prepared;
mod run;
pub mod runtime_config;
pub mod serve;
mod settings;
mod signals;

pub use compile::{compatibility, precompile, prepare};
pub use error::AssembleError;
pub use prepared::PreparedApp;
pub use run::{RunError, run};
pub use settings::{Addresses, RunSettings};
pub use signals::termination;
