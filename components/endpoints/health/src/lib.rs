//! Liveness and readiness, for whatever restarts the app or sends requests to it. No sign-in: the answers hold no data of
//! anyone and no setting.

mod database;
mod ready;
mod report;
pub mod routes;

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
