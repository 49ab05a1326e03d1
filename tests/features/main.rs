//! The product as people describe it: the scenarios beside this file, through HTTP, on the real app.

mod account;
mod chat;
mod conversation;
mod endpoints;
mod many;
mod provider;
#[allow(dead_code, reason = "the tests of chat start more")]
#[path = "../chat/scripted_app.rs"]
mod scripted_app;
#[path = "../chat/scripted_model.rs"]
#[allow(dead_code, reason = "the tests of chat play more")]
mod scripted_model;
mod streams;
mod talk;
mod world;

use cucumber::World as _;
use world::World;

#[tokio::main]
async fn main() {
    let features = harness::repository().join("tests/features");
    // One scenario at a time: each waits for HTTP with blocking calls.
    World::cucumber().max_concurrent_scenarios(1).fail_on_skipped().run_and_exit(features).await;
}
