//! The library running real components: what they are given, what they are denied, and what stops them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod capabilities;
mod client;
mod commands;
mod compiled;
mod composed_by_spin;
mod composition;
mod earlier_interfaces;
mod fixtures;
mod limits;
mod malformed_heads;
mod postgres;
mod requests;
mod running;
mod sharing;
mod slow_clients;
