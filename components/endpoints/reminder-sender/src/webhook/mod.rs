//! Where a person's reminders are sent to.

use endpoint::{Context, Kind, Principal, Problem, Request, Response, Violation, body, json};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use task_model::types::ToolError;
use task_model::{instant, scope};
use user_database::{LoggedDbError, Parameter, Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use crate::settings::Settings;
use crate::signing::WebhookSecret;

columns! {
    struct Webhook {
        url: String,
        /// In microseconds.
        created_at: i64,
    }
}

parameters! {
    struct UpsertWebhook { url, key_id, now }
}

const SELECT: Statement<(), Webhook> = statement!("todo.webhooks", "select_webhook.sql");
const UPSERT: Statement<UpsertWebhook, Webhook> = statement!("todo.webhooks", "upsert_webhook.sql");
const DELETE: Statement<(), Webhook> = statement!("todo.webhooks", "delete_webhook.sql");

/// What a person sends.
#[derive(Deserialize)]
struct Asked {
    url: String,
}

/// `GET /api/v1/webhook`: where reminders are sent to; `null` where nowhere.
pub async fn get(context: &Context, request: Request) -> Result<Response, Problem> {
    let (_, database) = open(context, request.headers(), scope::READ).await?;
    let found = database.at_most_one(&SELECT, ()).await.map_err(problem)?;
    let created_at = found.as_ref().map(|webhook| instant::text(instant::at(webhook.created_at)));
    let url = found.map(|webhook| webhook.url);
    body::json(StatusCode::OK, &json!({ "url": url, "created_at": created_at }))
}

/// `PUT /api/v1/webhook`: sends reminders there from now on, signed by the secret that this answers, and no other time.
pub async fn put(context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let (principal, database) = open(context, &parts.headers, scope::WRITE).await?;
    // Titles of tasks leave by it.
    if !principal.scopes.iter().any(|held| held == scope::READ) {
        return Err(Problem::insufficient_scope(scope::READ));
    }
    let asked: Asked = json::read(&body::read(&parts.headers, content, &["application/json"]).await?)?;
    let settings = Settings::load().await?;
    let url = outbound_address::webhook(&asked.url, settings.webhook_origin.as_ref()).map_err(|error| {
        Problem::with_errors(Kind::InvalidInput, vec![Violation::new("/url", error.to_string())])
    })?;
    let key_id = Uuid::now_v7();
    let parameters = UpsertWebhook {
        url: Parameter::Str(url.as_str().to_owned()),
        key_id: Parameter::Uuid(key_id.to_string()),
        now: Parameter::Str(instant::text(instant::at(context.now_us))),
    };
    let stored = database.one(&UPSERT, parameters).await.map_err(problem)?;
    let secret = settings
        .secrets
        .first()
        .map(|secret| WebhookSecret::derive(secret, &principal.user_id, key_id).text());
    let created_at = instant::text(instant::at(stored.created_at));
    body::json(StatusCode::OK, &json!({ "url": stored.url, "created_at": created_at, "secret": secret }))
}

/// `DELETE /api/v1/webhook`: sends nothing there any more.
pub async fn delete(context: &Context, request: Request) -> Result<Response, Problem> {
    let (_, database) = open(context, request.headers(), scope::WRITE).await?;
    database.at_most_one(&DELETE, ()).await.map_err(problem)?;
    Ok(body::empty(StatusCode::NO_CONTENT))
}

/// Who calls, and a connection that acts for them.
async fn open(
    context: &Context,
    headers: &HeaderMap,
    scope: &str,
) -> Result<(Principal, UserDatabase), Problem> {
    let principal = endpoint::authenticate(context, headers, Some(scope)).await?;
    call_budget::take_rest_call(&principal.user_id, &context.request_id).await?;
    let database = UserDatabase::open(&principal.user_id, &context.request_id).await.map_err(problem)?;
    Ok((principal, database))
}

/// What a failure of the database answers.
fn problem(error: LoggedDbError) -> Problem {
    ToolError::from(error).into()
}
