//! `spin:postgres@4.2.0` (and 4.1, 4.0 by semantic versioning): one pool per database for the whole process.
//!
//! An address is read and held to the allow-list ([`address`]), a pool hands out connections ([`pool`]), a connection
//! knows its prepared statements ([`connection`]). What a statement leaves behind in its session is judged by its text
//! ([`sql_scanner`]).

#![allow(
    clippy::result_large_err,
    reason = "the error's size comes from the WIT; it is returned by value to components"
)]

mod address;
mod bindings;
mod connection;
mod errors;
mod execute;
mod guest;
mod instance_caches;
mod parameters;
mod pool;
mod producer;
mod progress;
mod rows;
mod settings;
mod tls;
mod values;

pub(super) use bindings::{add_part_to_linker, add_to_linker};
pub use instance_caches::InstanceCaches;
pub use pool::Pools;
pub use settings::PostgresSettings;
