//! The page in Chromium: a person signs up, says what is to be done, sees it, and completes it by saying so.
//!
//! Needs `chromium` and `chromedriver`; `cargo xtask test browser` installs them. Screenshots are kept in `tests/artifacts/`.

mod access;
mod account;
mod allowing;
mod browser;
mod chat;
mod confirmations;
mod failures;
mod filter;
mod following;
mod lists;
mod looks;
mod modules;
mod network;
mod page;
mod quick_add;
mod refresh;
mod safety;
mod subtasks;
mod task_detail;
mod tasks;
mod tokens;
mod typing;
mod windows;
