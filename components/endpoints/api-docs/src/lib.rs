//! How the API is described: the OpenAPI document, the same as a page, and a page for each kind of problem.
//!
//! The document is put together from `contract/*.json`, which says what each path does, and from the types and kinds of
//! problems that the endpoints themselves are built with. Tests hold it to the routes of the endpoints.

mod cached;
pub mod document;
mod page;
mod problems;
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
        super::handle(request).await
        guest_log::start(env!("CARGO_PKG_NAME"));
    }
}
