//! Fetches client-id metadata documents (draft-ietf-oauth-client-id-metadata-document): what a program says of itself at the address
//! that is its id. `oauth` asks for one over a private route.
//!
//! Anybody can name an address, so this component may go wherever a program may be described, and has nothing else: no database, no
//! secret, no variable, no person's data. It asks over TLS alone, at the usual port, of a public name; it follows no redirect, and takes
//! one small JSON object in a few seconds.

mod address;

use std::time::Duration;

use endpoint::{Context, Kind, Problem, Request, Response, body, query};
use http::{Method, StatusCode};
use json_fetch::{Lifetime, Limits};
use serde::Deserialize;
use serde_json::json;

/// The draft (section 6.6) finds 5 KiB enough for a document. It is kept for five minutes at least, so that a program's page is not asked
/// at each sign-in, and for a day at most.
const LIMITS: Limits = Limits {
    max_bytes: 16 * 1024,
    timeout: Duration::from_secs(5),
    lifetime: Lifetime { min_seconds: 5 * 60, default_seconds: 60 * 60, max_seconds: 24 * 60 * 60 },
};

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    /// The document's address.
    url: String,
}

/// Answers one request: `GET /?url=…` gives `{"document": {…}, "max_age": seconds}`.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, dispatch).await
}

async fn dispatch(context: &Context, request: Request) -> Result<Response, Problem> {
    if request.method() != Method::GET {
        return Err(Problem::new(Kind::MethodNotAllowed));
    }
    let asked: Asked = query::read(context.uri.query())?;
    let address = address::check(&asked.url)
        .map_err(|error| Problem::with_detail(Kind::InvalidParameters, error.to_string()))?;
    match json_fetch::fetch(address.as_str(), LIMITS).await {
        Ok(fetched) => {
            let answer = json!({"document": fetched.document, "max_age": fetched.max_age_seconds});
            body::json(StatusCode::OK, &answer)
        }
        Err(error) => {
            // Which of them it was is for the operator: to a stranger it would tell what answers where.
            log::warn!("{}: {error}", address.host_str().unwrap_or_default());
            Err(Problem::with_detail(Kind::NotFound, "There is no document of a program at this address."))
        }
    }
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
