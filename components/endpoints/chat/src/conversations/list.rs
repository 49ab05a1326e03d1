//! `GET /api/v1/conversations`: a page of conversations, latest first, all of them or those with certain words.

use endpoint::{Context, Kind, Problem, Request, Response, Violation, body, query};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use user_database::{DecodeError, Parameter, Row, Statement};

use super::cursor::ConversationCursor;
use super::patterns::patterns;
use super::{Conversation, connect};
use crate::history::{problem, uuid};

const STATEMENT: Statement =
    Statement::new("list_conversations", "todo.conversations", include_str!("list.sql"));
const DEFAULT_LIMIT: u32 = 20;
const MAX_LIMIT: u32 = 100;

#[derive(Deserialize)]
struct Query {
    limit: Option<u32>,
    cursor: Option<String>,
    text: Option<String>,
}

#[derive(Serialize)]
struct Page {
    items: Vec<Conversation>,
    next_cursor: Option<String>,
}

/// Answers a page.
///
/// # Errors
/// 400 for a bad limit, cursor or text; 401, 503 as everywhere.
pub async fn list(context: &Context, request: Request) -> Result<Response, Problem> {
    let database = connect(context, request.headers()).await?;
    let Query { limit, cursor, text } = query::read(context.uri.query())?;
    let limit = self::limit(limit, DEFAULT_LIMIT, MAX_LIMIT)?;
    let after = cursor.as_deref().map(ConversationCursor::decode).transpose()?;
    let parameters = vec![
        after.map_or(Parameter::DbNull, |cursor| Parameter::Int64(cursor.updated_at)),
        after.map_or(Parameter::DbNull, |cursor| uuid(cursor.id)),
        // One more tells whether there is a next page.
        Parameter::Int64(i64::from(limit) + 1),
        Parameter::ArrayStr(wanted(text.as_deref())?),
    ];
    let rows = database.rows(&STATEMENT, parameters).await.map_err(problem)?;
    let page = database.decode(&STATEMENT, || read(rows, limit)).map_err(problem)?;
    body::json(StatusCode::OK, &page)
}

/// The patterns of what is looked for; none where that is all.
fn wanted(text: Option<&str>) -> Result<Vec<Option<String>>, Problem> {
    let refused =
        |sentence| Problem::with_errors(Kind::InvalidParameters, vec![Violation::new("/text", sentence)]);
    text.map_or_else(|| Ok(Vec::new()), |text| patterns(text).map_err(refused))
}

fn read(rows: Vec<Row>, limit: u32) -> Result<Page, DecodeError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    let mut items = Vec::with_capacity(rows.len());
    let mut last = None;
    for mut row in rows.into_iter().take(limit) {
        let conversation = Conversation::read(&mut row)?;
        let id = conversation.id.parse().map_err(|_| row.invalid_value("id", "not a UUID"))?;
        last = Some(ConversationCursor { updated_at: row.read("position")?, id });
        items.push(conversation);
    }
    Ok(Page { items, next_cursor: last.filter(|_| has_more).map(ConversationCursor::encode) })
}

/// How many items a page has.
///
/// # Errors
/// 400 when it is out of its limits.
pub(super) fn limit(limit: Option<u32>, default: u32, max: u32) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(default);
    if (1..=max).contains(&limit) {
        return Ok(limit);
    }
    let violation = Violation::new("/limit", format!("This has to be 1 to {max}."));
    Err(Problem::with_errors(Kind::InvalidParameters, vec![violation]))
}
