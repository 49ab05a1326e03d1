//! Calls the webhooks that people name. `reminder-sender` asks it to over a private route.
//!
//! Anybody can name an address, so this component may go wherever a webhook may be, and has nothing else: no database, no secret, no
//! person's data but the one message. It sends over TLS alone, at the usual port, to a public name, or to the one origin that the
//! operator has named beside these; it follows no redirect, and of the answer it takes the status alone.

mod call;

use endpoint::{Context, Kind, Problem, Request, Response, body, json};
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

/// What is to be sent.
#[derive(Debug, Deserialize)]
struct Asked {
    /// Where to.
    url: String,
    /// The headers of Standard Webhooks.
    id: String,
    timestamp: String,
    signature: String,
    /// The message, as it was signed.
    message: String,
}

/// Answers one request: `POST /` gives `{"status": …}` with the status of the webhook's answer, or `{"status": null}` where there was
/// none.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, dispatch).await
}

async fn dispatch(_context: &Context, request: Request) -> Result<Response, Problem> {
    if request.method() != Method::POST {
        return Err(Problem::new(Kind::MethodNotAllowed));
    }
    let (parts, content) = request.into_parts();
    let asked: Asked = json::read(&body::read(&parts.headers, content, &["application/json"]).await?)?;
    let status = match call::call(&asked).await {
        Ok(status) => Some(status.as_u16()),
        Err(error) => {
            log::warn!("a webhook is out of reach: {error}");
            None
        }
    };
    body::json(StatusCode::OK, &json!({ "status": status }))
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
