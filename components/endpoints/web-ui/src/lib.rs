//! The page: chat and tasks side by side. Plain files, no build step and no other origin; everything it shows it gets
//! from the same endpoints that other programs use. The types of its scripts are checked in tests/page.

mod assets;
mod comments;
mod conditional;
mod openai_element;
mod policy;
mod serve;

/// Answers one request for a file of the page.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, async |_, request| {
        let element = openai_element::OpenAiElement::load().await;
        serve::file(request.method(), request.uri(), request.headers(), element.as_ref())
    })
    .await
}

/// The export, which only a component can have: natively this crate is a library with tests.
#[cfg(target_family = "wasm")]
mod component {
    #[spin_sdk::http_service]
    async fn handle(request: endpoint::Request) -> endpoint::Response {
        guest_log::start(env!("CARGO_PKG_NAME"));
        super::handle(request).await
    }
}
