//! `GET /v1/models`: the assistant, as the one model there is.

use endpoint::{Context, Kind, Problem, Request, Response, body};
use http::StatusCode;
use serde_json::{Value, json};

use super::MODEL;
use super::error::with_error;
use crate::session::Session;

/// When the assistant got its name: 2026-11-30T00:00:00Z. Clients sort by it.
const CREATED: i64 = 1_795_996_800;

/// Lists it.
///
/// # Errors
/// 401, 403, 429 and 503 as everywhere.
pub async fn list(context: &Context, request: Request) -> Result<Response, Problem> {
    let listed = admit(context, request)
        .await
        .and_then(|()| body::json(StatusCode::OK, &json!({"object": "list", "data": [model()]})));
    listed.map_err(|problem| with_error(problem, context))
}

/// Describes it.
///
/// # Errors
/// As [`list()`], and 404 for any other name.
pub async fn get(context: &Context, request: Request, name: &str) -> Result<Response, Problem> {
    let found = admit(context, request).await.and_then(|()| match name {
        MODEL => body::json(StatusCode::OK, &model()),
        _ => Err(Problem::new(Kind::ModelNotFound)),
    });
    found.map_err(|problem| with_error(problem, context))
}

/// Checks the token and counts the call.
async fn admit(context: &Context, request: Request) -> Result<(), Problem> {
    Session::open(context, request.headers()).await?.count_call().await
}

fn model() -> Value {
    json!({"id": MODEL, "object": "model", "created": CREATED, "owned_by": MODEL})
}
