//! `GET /api/v1/conversations/{id}`: a conversation with its messages.

use endpoint::{Context, Problem, Request, Response, body, query};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use user_database::{DecodeError, Parameter, Row, Statement, UserDatabase};
use uuid::Uuid;

use super::cursor::MessageCursor;
use super::{Conversation, connect, id, list, not_found};
use crate::history::{problem, uuid};
use crate::messages::{Confirmation, ToolCall, tool_calls};
use crate::transcript::{PendingCall, Question, Role, Step};
use crate::turn_log::end_lost_turn;

const STATEMENT: Statement =
    Statement::new("read_conversation", "todo.conversations", include_str!("read.sql"));
const DEFAULT_LIMIT: u32 = 100;
const MAX_LIMIT: u32 = 200;

#[derive(Deserialize)]
struct Query {
    limit: Option<u32>,
    cursor: Option<String>,
}

/// A conversation with some of its messages.
#[derive(Serialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    conversation: Conversation,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Where earlier messages are.
    next_cursor: Option<String>,
    /// The question that waits for an answer.
    confirmation: Option<Confirmation>,
}

impl Whole {
    pub(super) fn title(&self) -> &str {
        &self.conversation.title
    }
}

/// A message as people see it.
#[derive(Serialize)]
pub(super) struct Message {
    id: Uuid,
    pub role: Role,
    pub text: String,
    tool_calls: Vec<ToolCall>,
    pub created_at: String,
}

#[derive(Deserialize)]
struct StoredMessage {
    id: Uuid,
    sequence: i32,
    role: Role,
    text: String,
    steps: Vec<Step>,
    created_at: String,
}

#[derive(Deserialize)]
struct StoredQuestion {
    prompt: String,
    calls: Vec<PendingCall>,
    expires_at: String,
}

/// Answers a conversation with its latest messages, or with those before a cursor.
///
/// # Errors
/// 404 when the user has no such conversation; 400 for a bad limit or cursor.
pub async fn get(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let database = connect(context, request.headers()).await?;
    let Query { limit, cursor } = query::read(context.uri.query())?;
    let limit = list::limit(limit, DEFAULT_LIMIT, MAX_LIMIT)?;
    let before = cursor.as_deref().map(MessageCursor::decode).transpose()?;
    let whole = fetch(&database, id(path_id)?, before, limit).await?;
    body::json(StatusCode::OK, &whole)
}

/// Reads a conversation with at most `limit` messages.
///
/// # Errors
/// 404 when the user has no such conversation.
pub(super) async fn fetch(
    database: &UserDatabase,
    id: Uuid,
    before: Option<MessageCursor>,
    limit: u32,
) -> Result<Whole, Problem> {
    let parameters = vec![
        uuid(id),
        before.map_or(Parameter::DbNull, |cursor| Parameter::Int32(cursor.0)),
        Parameter::Int64(i64::from(limit) + 1),
    ];
    let find = async || {
        let row = database.at_most_one(&STATEMENT, parameters.clone()).await.map_err(problem)?;
        let mut row = row.ok_or_else(not_found)?;
        let found = database.decode(&STATEMENT, || {
            let whole = read(&mut row, limit)?;
            Ok((whole, row.read::<Option<Uuid>>("lost_turn")?))
        });
        found.map_err(problem)
    };
    match find().await? {
        (whole, None) => Ok(whole),
        // Nobody answers any more: that is said first.
        (_, Some(turn)) => {
            end_lost_turn(database, id, turn).await?;
            find().await.map(|(whole, _)| whole)
        }
    }
}

fn read(row: &mut Row, limit: u32) -> Result<Whole, DecodeError> {
    let conversation = Conversation::read(row)?;
    let mut stored: Vec<StoredMessage> = json(row, "messages")?.unwrap_or_default();
    let question: Option<StoredQuestion> = json(row, "question")?;
    let extra = stored.len().saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX));
    stored.drain(..extra);
    let next_cursor =
        stored.first().filter(|_| extra > 0).map(|first| MessageCursor(first.sequence).encode());
    let messages = stored.into_iter().map(|message| Message {
        id: message.id,
        role: message.role,
        text: message.text,
        tool_calls: tool_calls(message.steps),
        created_at: message.created_at,
    });
    let confirmation = question.map(|stored| {
        Confirmation::from(Question { prompt: stored.prompt, calls: stored.calls }).until(stored.expires_at)
    });
    Ok(Whole { conversation, messages: messages.collect(), next_cursor, confirmation })
}

fn json<T: serde::de::DeserializeOwned>(
    row: &mut Row,
    column: &'static str,
) -> Result<Option<T>, DecodeError> {
    let text: Option<String> = row.read(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| row.invalid_value(column, error.to_string())))
        .transpose()
}
