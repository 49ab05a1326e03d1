//! Prepares the PostgreSQL database an app runs on.
//!
//! [`settings`] says what an app wants, [`Request::prepare`] provides it: a database (on a server of its own that is
//! started here, [`embedded`], or on a [`server`] that is named), its schema ([`migrate`]), the roles that sign in ([`provision`]) and what has to stay secret
//! ([`secrets`]). Nothing here knows a particular app.

pub mod audit;
pub mod embedded;
mod error;
pub mod migrate;
mod prepare;
pub mod provision;
pub mod secrets;
pub mod server;
pub mod settings;

pub use error::DatabaseError;
pub use prepare::{Opened, Prepared, Request};
