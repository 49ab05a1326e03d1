//! Shows tasks to calendars that subscribe to them.
//!
//! `/api/v1/calendar-feed` is where a person makes and takes away the address of theirs ([`address`]); at `/calendar/…` a calendar
//! reads it, which can't sign in, by the token in the address ([`document`]). What it gets is what the tool `export_tasks` writes.

mod address;
mod document;
pub mod routes;
mod store;
mod token;

/// The tool that writes the calendar.
#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    tool_bindings::import!(export_tasks);
}

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
