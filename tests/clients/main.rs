//! Official clients, unchanged, work with the real app. `cargo xtask test clients` installs them first.

mod auth;
mod calendar;
mod chatkit;
mod mcp;
mod openai;
mod openapi;
mod rmcp;
mod script;
