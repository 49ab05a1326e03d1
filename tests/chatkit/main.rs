//! ChatKit's server protocol at `/chatkit`, through the real host and a real database: every request, what is refused, and that its
//! threads are the conversations of every other client. Whether answers are what the official package takes, `tests/clients` shows.

mod actions;
mod attachments;
mod bad_input;
mod client;
mod failures;
mod isolation;
mod items;
mod one_history;
mod questions;
mod retry;
#[allow(dead_code, reason = "the tests of chat start more")]
#[path = "../chat/scripted_app.rs"]
mod scripted_app;
#[allow(dead_code, reason = "the tests of chat play more")]
#[path = "../chat/scripted_model.rs"]
mod scripted_model;
mod stopping;
mod transcribing;
mod turns;
