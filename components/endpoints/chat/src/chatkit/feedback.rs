//! `items.feedback`: what a person thinks of what the assistant said.

use chatkit_protocol::{FeedbackKind, ItemFeedbackParams};
use endpoint::{Kind, Problem, Response, body};
use http::StatusCode;
use serde_json::json;
use user_database::{Statement, columns, parameters, statement, text_array};
use uuid::Uuid;

use super::read::{self, invalid};
use crate::history::{problem, text, uuid};
use crate::session::Session;

/// The most items of a request.
const MAX_ITEMS: usize = 100;

parameters! {
    struct Feedback { conversation_id, item_ids, kind }
}

columns! {
    struct Kept {
        is_thread: bool,
        kept: i64,
    }
}

const STATEMENT: Statement<Feedback, Kept> = statement!("todo.item_feedback", "upsert_feedback.sql");

/// Keeps what a person thinks of items, in the place of what they thought before.
///
/// # Errors
/// 404 where there is no such thread or one of the items is not there: then nothing is kept.
pub async fn store(session: &Session<'_>, params: ItemFeedbackParams) -> Result<Response, Problem> {
    let thread = read::thread_id(&params.thread_id)?;
    if !(1..=MAX_ITEMS).contains(&params.item_ids.len()) {
        return Err(invalid("/params/item_ids", format!("This takes 1 to {MAX_ITEMS} ids.")));
    }
    let mut ids =
        params.item_ids.iter().map(|id| read::item_id(id)).collect::<Result<Vec<Uuid>, Problem>>()?;
    ids.sort_unstable();
    ids.dedup();
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let kind = match params.kind {
        FeedbackKind::Positive => "positive",
        FeedbackKind::Negative => "negative",
    };
    let parameters = Feedback {
        conversation_id: uuid(thread),
        item_ids: text_array(ids.iter().map(Uuid::to_string).collect()),
        kind: text(kind),
    };
    let kept = session.database().await?.one(&STATEMENT, parameters).await.map_err(problem)?;
    if !kept.is_thread {
        return Err(Problem::new(Kind::ConversationNotFound));
    }
    if kept.kept < count {
        return Err(Problem::new(Kind::ItemNotFound));
    }
    body::json(StatusCode::OK, &json!({}))
}
