//! Where a person makes and takes away the address of their feed.

use endpoint::{Context, Origin, Principal, Problem, Request, Response, body};
use http::StatusCode;
use serde_json::json;
use task_model::types::ToolError;
use task_model::{instant, scope};
use user_database::{LoggedDbError, UserDatabase};

use crate::document::{EVENTS, TASKS};
use crate::{store, token};

/// `GET /api/v1/calendar-feed`: since when there is one, and when it was read; its address is told by `PUT` alone.
pub async fn get(context: &Context, request: &Request) -> Result<Response, Problem> {
    let (_, database) = open(context, request, scope::READ).await?;
    let feed = store::select(&database).await.map_err(problem)?;
    let written = |at: i64| instant::text(instant::at(at));
    let created_at = feed.as_ref().map(|feed| written(feed.created_at));
    let read_at = feed.and_then(|feed| feed.read_at).map(written);
    body::json(StatusCode::OK, &json!({ "created_at": created_at, "read_at": read_at }))
}

/// `PUT /api/v1/calendar-feed`: makes an address, the only one from now on.
pub async fn put(context: &Context, request: &Request) -> Result<Response, Problem> {
    let (principal, database) = open(context, request, scope::WRITE).await?;
    // Tasks are read at it.
    if !principal.scopes.iter().any(|held| held == scope::READ) {
        return Err(Problem::insufficient_scope(scope::READ));
    }
    let origin = endpoint::own_origin(context, request.headers()).await?;
    let token = token::generate()?;
    let hash = token::hash(&token).unwrap_or_default();
    let now = instant::text(instant::at(context.now_us));
    let feed = store::upsert(&database, hash, now).await.map_err(problem)?;
    body::json(
        StatusCode::OK,
        &json!({
            "url": address(&origin, EVENTS, &token),
            "tasks_url": address(&origin, TASKS, &token),
            "created_at": instant::text(instant::at(feed.created_at)),
        }),
    )
}

/// `DELETE /api/v1/calendar-feed`: there is no address any more.
pub async fn delete(context: &Context, request: &Request) -> Result<Response, Problem> {
    let (_, database) = open(context, request, scope::WRITE).await?;
    store::delete(&database).await.map_err(problem)?;
    Ok(body::empty(StatusCode::NO_CONTENT))
}

/// The token stands in the query, which no log of the host has.
fn address(origin: &Origin, file: &str, token: &str) -> String {
    format!("{}/calendar/{file}?token={token}", origin.as_str())
}

/// Who calls, and a connection that acts for them.
async fn open(
    context: &Context,
    request: &Request,
    scope: &str,
) -> Result<(Principal, UserDatabase), Problem> {
    let principal = endpoint::authenticate(context, request.headers(), Some(scope)).await?;
    call_budget::take_rest_call(&principal.user_id, &context.request_id).await?;
    let database = UserDatabase::open(&principal.user_id, &context.request_id).await.map_err(problem)?;
    Ok((principal, database))
}

/// What a failure of the database answers.
pub fn problem(error: LoggedDbError) -> Problem {
    ToolError::from(error).into()
}
