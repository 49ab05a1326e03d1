//! What a component needs to serve `mcp-protocol`: a [store in PostgreSQL](PostgresStore), work that goes on beside its
//! answer, answers that are streams, and a budget of calls.

#![warn(missing_docs)]
#![allow(deprecated, reason = "clients of the revisions before 2026-07-28 have logging")]

mod rate_limit;
mod reply;
mod runtime;
mod store;

pub use rate_limit::check_rate_limit;
pub use reply::response;
pub use runtime::SpinRuntime;
pub use store::PostgresStore;
