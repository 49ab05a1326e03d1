//! How the API is described: the OpenAPI document, the same as a page, and a page for each kind of problem.
//!
//! The document is put together from what the endpoints say of their operations, `openapi/*.json` in the folder of each,
//! and from the types and kinds of problems that they are built with. Tests hold it to the routes of the endpoints. Here
//! is what belongs to none of them.

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
        guest_log::start(env!("CARGO_PKG_NAME"));
        super::handle(request).await
    }
}
