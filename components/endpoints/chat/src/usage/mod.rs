//! `GET /api/v1/usage`: what somebody's messages cost, and what is left of the day.

use endpoint::{Context, Kind, Problem, Request, Response, Violation, body, query};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use user_database::{Parameter, Statement, columns, parameters, statement};

use crate::history::problem;
use crate::session::Session;
use crate::settings::Settings;

parameters! {
    struct UsagePeriod { days }
}

columns! {
    struct UsageRow { models: Option<String>, tokens_today: i64, resets_at: String }
}

const STATEMENT: Statement<UsagePeriod, UsageRow> = statement!("todo.model_usage", "select_usage.sql");

const DEFAULT_DAYS: i32 = 30;
const MAX_DAYS: i32 = 366;

#[derive(Deserialize)]
struct Query {
    days: Option<i32>,
}

/// What somebody's messages cost.
#[derive(Debug, Serialize)]
struct Usage {
    today: Today,
    days: i32,
    models: Vec<ModelUsage>,
}

/// The day's tokens of a language model.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Today {
    tokens: u64,
    limit: Option<u64>,
    remaining: Option<u64>,
    resets_at: String,
}

/// What the messages cost that one model answered.
#[derive(Debug, Serialize, Deserialize)]
struct ModelUsage {
    model: String,
    messages: u64,
    model_turns: u64,
    tool_calls: u64,
    input_tokens: u64,
    output_tokens: u64,
}

/// Answers it.
///
/// # Errors
/// 400 for a period out of its limits; 401, 403, 429 and 503 as everywhere.
pub async fn get(context: &Context, request: Request) -> Result<Response, Problem> {
    let session = Session::open(context, request.headers()).await?;
    let Query { days } = query::read(context.uri.query())?;
    let days = days.unwrap_or(DEFAULT_DAYS);
    if !(1..=MAX_DAYS).contains(&days) {
        let violation = Violation::new("/days", format!("This has to be 1 to {MAX_DAYS}."));
        return Err(Problem::with_errors(Kind::InvalidParameters, vec![violation]));
    }
    session.count_call().await?;
    let settings = Settings::load().await?;
    let limit = settings.quota.with_model(settings.model).daily_tokens;
    let period = UsagePeriod { days: Parameter::Int32(days) };
    let row = session.database().await?.one(&STATEMENT, period).await.map_err(problem)?;
    let models = row.models.map_or_else(|| Ok(Vec::new()), |models| serde_json::from_str(&models));
    let models = models.map_err(|error| {
        log::error!(request_id = context.request_id.as_str(); "what messages cost makes no sense: {error}");
        Problem::new(Kind::InternalError)
    })?;
    let today = Today::new(row.tokens_today, limit, row.resets_at);
    body::json(StatusCode::OK, &Usage { today, days, models })
}

impl Today {
    fn new(tokens: i64, limit: Option<u32>, resets_at: String) -> Self {
        let tokens = u64::try_from(tokens).unwrap_or_default();
        let limit = limit.map(u64::from);
        Self { tokens, limit, remaining: limit.map(|limit| limit.saturating_sub(tokens)), resets_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_never_less_than_nothing() {
        let left = |tokens, limit| Today::new(tokens, limit, String::new()).remaining;
        assert_eq!((left(30, Some(100)), left(130, Some(100)), left(130, None)), (Some(70), Some(0), None));
    }
}
