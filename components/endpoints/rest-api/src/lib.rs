//! Tasks over REST: translates HTTP to calls of the tools and holds no rule about tasks. `docs/rest.md` shows its use,
//! `/api/openapi.json` its contract.

mod actions;
mod answer;
mod handler;
mod if_match;
mod lists;
mod overview;
mod patch;
mod problems;
mod reminders;
pub mod routes;
mod tasks;

/// Answers one request.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, routes::dispatch).await
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
