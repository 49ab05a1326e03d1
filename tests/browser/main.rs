//! The page in Chromium: a person signs up, says what is to be done, sees it, and completes it by saying so.
//!
//! Needs `chromium` and `chromedriver`; `cargo xtask test browser` installs them. Screenshots are kept in `tests/artifacts/`.

mod access;
mod accessibility;
mod account;
mod allowing;
mod browser;
mod chat;
mod confirmations;
mod failures;
mod filter;
mod following;
mod foreign;
mod lists;
mod looks;
mod modules;
mod network;
mod on_its_way;
mod page;
mod quick_add;
mod refresh;
mod reminders;
mod safety;
#[allow(dead_code, reason = "the tests of chat start more")]
#[path = "../chat/scripted_app.rs"]
mod scripted_app;
#[allow(dead_code, reason = "the tests of chat play more")]
#[path = "../chat/scripted_model.rs"]
mod scripted_model;
mod scripted_page;
mod second_factor;
mod subtasks;
mod task_detail;
mod tasks;
mod threads;
mod tokens;
mod typing;
mod widgets;
mod windows;
