//! What comes next of a task that repeats.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cost;
mod limits;
mod next;
mod repeating;
mod rfc_5545;
mod zones;
