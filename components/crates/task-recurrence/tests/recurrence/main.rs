//! What comes next of a task that repeats.

mod cost;
mod limits;
mod next;
mod repeating;
mod rfc_5545;
mod zones;
