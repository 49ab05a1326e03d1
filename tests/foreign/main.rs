//! Components of other people's making, in other languages and with other crates: docs/extending.md, followed word for word.
//! `cargo xtask test foreign` installs what makes them first.

mod built;
mod document;
mod engines;
mod followed;
mod language_model;
#[path = "../chat/scripted_model.rs"]
#[allow(dead_code, reason = "the tests of chat play more with it")]
mod scripted_model;
