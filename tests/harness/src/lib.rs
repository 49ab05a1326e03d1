//! What the tests of the whole product share: a running app with its database, people who call it, answers.
//!
//! The app is the real one: the components that `spin.toml` names, run by `runtime-shim`, on a real PostgreSQL.
//! `cargo xtask test` builds both first; a test that finds them missing says so.

#![warn(missing_docs)]

mod answer;
mod app;
mod audit;
mod authenticator;
mod bad_input;
mod caller;
pub mod definitions;
mod depth;
pub mod documents;
mod issuer_server;
mod mcp;
mod places;
pub mod programs;
mod webhook_receiver;

pub use answer::{Answer, Event};
pub use app::{App, Database, EVERY_SCOPE, Options, sign};
pub use authenticator::Authenticator;
pub use bad_input::{Case, run_bad_input};
pub use caller::{Caller, Request};
pub use depth::by_depth;
pub use issuer_server::{IssuerServer, Published};
pub use places::{repository, runtime_shim, tracked_files};
pub use webhook_receiver::{Webhook, WebhookReceiver};

/// Why the harness can't go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// PostgreSQL did not start.
    #[error(transparent)]
    Postgres(#[from] scratch_postgres::Error),
    /// The app did not start.
    #[error("the app did not start: {0}")]
    App(String),
    /// A file or process could not be had.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// No answer came.
    #[error("no answer from {url}: {source}")]
    NoAnswer {
        /// Which address was called.
        url: String,
        /// Why.
        source: ureq::Error,
    },
    /// A token could not be made.
    #[error("no token: {0}")]
    Token(String),
}
