//! What a calendar reads.

use endpoint::{Context, Kind, Problem, Request, Response, body, etag, query};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use task_model::filter::EVERYTHING;
use task_model::types::{Caller, ExportFormat, ExportQuery, TaskFilter, TaskStatus};
use task_model::{document, instant, scope};
use user_database::{Database, UserDatabase};

use crate::address::problem;
use crate::bindings::todo::export_tasks::tool;
use crate::{store, token};

/// The open tasks that are due, as events.
pub const EVENTS: &str = "events.ics";
/// All open tasks, as to-dos.
pub const TASKS: &str = "tasks.ics";

/// A calendar asks each time whether what it has is current, and what stands between keeps nothing.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("private, no-cache");

#[derive(Deserialize)]
struct Parameters {
    token: String,
}

/// `GET /calendar/{file}?token=…`: the open tasks of whoever has this token. Which tokens there are can't be found out: any other
/// is answered like a path that is not there.
pub async fn get(context: &Context, request: &Request, file: &str) -> Result<Response, Problem> {
    let format = match file {
        EVENTS => ExportFormat::IcalendarEvents,
        TASKS => ExportFormat::Icalendar,
        _ => return Err(Problem::new(Kind::NotFound)),
    };
    let condition = etag::if_none_match(request.headers())?;
    let user_id = authenticate(context).await?;
    let written =
        tool::export_tasks(caller(context, user_id), open_tasks(format)).await.map_err(Problem::from)?;
    let version = version(&written.text);
    let is_current = condition.is_some_and(|condition| condition.holds(version));
    let mut response = if is_current {
        body::empty(StatusCode::NOT_MODIFIED)
    } else {
        body::full(StatusCode::OK, document::media_type(format), written.text)
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag::from_version(version));
    headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
    Ok(response)
}

/// Whose feed it is.
async fn authenticate(context: &Context) -> Result<String, Problem> {
    let not_found = || Problem::new(Kind::NotFound);
    let Parameters { token } = query::read(context.uri.query())?;
    let hash = token::hash(&token).ok_or_else(not_found)?;
    let now = instant::text(instant::at(context.now_us));
    let database = Database::open(&context.request_id).await.map_err(problem)?;
    let owner = store::find(&database, hash, now.clone()).await.map_err(problem)?.ok_or_else(not_found)?;
    drop(database);
    let user_id = owner.owner_id.to_string();
    call_budget::take_rest_call(&user_id, &context.request_id).await?;
    if !owner.is_read_lately {
        let database = UserDatabase::open(&user_id, &context.request_id).await.map_err(problem)?;
        store::record_reading(&database, now).await.map_err(problem)?;
    }
    Ok(user_id)
}

/// Who holds a feed's token may read tasks, and nothing else.
fn caller(context: &Context, user_id: String) -> Caller {
    Caller {
        user_id,
        scopes: vec![scope::READ.to_owned()],
        request_id: context.request_id.clone(),
        // No filter of a feed depends on where somebody is: each task has its own zone.
        time_zone: "UTC".to_owned(),
        now: context.now_us,
        idempotency_key: None,
    }
}

fn open_tasks(format: ExportFormat) -> ExportQuery {
    let filter = TaskFilter { status: Some(TaskStatus::Open), ..EVERYTHING };
    ExportQuery { format, filter: Some(filter) }
}

/// Another one for another text, and never 0, which is no version.
fn version(text: &str) -> u64 {
    let hash = Sha256::digest(text);
    let first = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    first.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_follows_the_text() {
        assert_eq!(version("a"), version("a"));
        assert_ne!(version("a"), version("b"));
    }
}
