//! Conversations with the assistant.
//!
//! `POST /api/v1/chat` takes a message and answers it, whole or as a stream ([`messages`]): a turn is taken in the database
//! ([`history`]), a model speaks ([`models`]), tools are called over MCP as the user ([`tools`]), and what can't be taken back
//! waits for a yes ([`turn`]). What a turn says is kept while it runs and a while longer, so that it can be stopped, told again and
//! ended by any process ([`turn_log`]). `/api/v1/conversations` is what was said ([`conversations`]). `/chatkit` is both for ChatKit's
//! clients ([`chatkit`]), `/v1/chat/completions` for those of OpenAI's Chat Completions ([`completions`]). `/api/v1/usage` is what it cost ([`usage`]).

mod chatkit;
mod completions;
mod conversations;
mod history;
mod messages;
mod models;
mod quota;
pub mod routes;
mod session;
mod settings;
mod thread_items;
mod tools;
mod transcript;
mod turn;
mod turn_log;
mod usage;

/// Answers one request.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, routes::answer).await
}

/// The export, which only a component can have: natively this crate is a library with tests.
#[cfg(target_arch = "wasm32")]
mod component {
    #[spin_sdk::http_service]
    async fn handle(request: endpoint::Request) -> endpoint::Response {
        guest_log::start(env!("CARGO_PKG_NAME"));
        super::handle(request).await
    }
}
