//! The assistant that understands everyday English about tasks by rules: no network, no key, no capability.
//!
//! The core is a function from a conversation to events ([`respond`]), which runs natively in tests. As a component it is
//! the export `todo:model-builtin/model`.

mod actions;
mod calls;
mod changes;
pub mod conversation;
mod engine;
mod history;
mod intents;
mod languages;
mod memory;
mod replies;
mod tasks;
mod text;

#[cfg(target_family = "wasm")]
mod component;

pub use engine::respond;
