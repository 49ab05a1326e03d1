//! Sends reminders that are due, to the page's list and to their users' webhooks.
//!
//! `POST /scheduled/reminders` is called by a scheduler, as often as it likes and by several at once ([`delivery`]);
//! `/api/v1/webhook` is where a person says where theirs are sent to ([`webhook`]). The messages leave by `webhook-caller`, which knows
//! nothing and may go anywhere; this component knows people, and goes nowhere else.

mod delivery;
pub mod routes;
mod settings;
mod signing;
mod webhook;

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
