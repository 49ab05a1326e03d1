//! Tasks for agents, over MCP: translates the protocol to calls of the tools and holds no rule about tasks.
//! `docs/mcp.md` shows its use.

mod changes;
mod completion;
mod metadata;
mod problem;
mod prompts;
mod resources;
pub mod routes;
mod server;
mod skills;
mod tools;
mod user_context;

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
