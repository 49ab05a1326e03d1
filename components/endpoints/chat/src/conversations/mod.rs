//! `/api/v1/conversations`: what was said, to list, read, rename, delete and take along.

mod cancel;
mod cursor;
mod delete;
mod events;
mod export;
mod list;
mod patterns;
mod read;
mod rename;

pub use cancel::cancel;
pub use delete::{delete, delete_conversation};
pub use events::events;
pub use export::export;
pub use list::list;
pub use patterns::patterns;
pub use read::get;
pub use rename::{MAX_TITLE_CHARACTERS, is_title, rename, rename_conversation};

use endpoint::{Context, Kind, Problem};
use http::HeaderMap;
use serde::Serialize;
use user_database::{DecodeError, Row, UserDatabase};
use uuid::Uuid;

use crate::history;
use crate::messages::Asking;

/// A conversation without what was said in it.
#[derive(Debug, Serialize)]
pub struct Conversation {
    id: String,
    title: String,
    created_at: String,
    updated_at: String,
}

impl Conversation {
    fn read(row: &mut Row) -> Result<Self, DecodeError> {
        Ok(Self {
            id: row.read("id")?,
            title: row.read("title")?,
            created_at: row.read("created_at")?,
            updated_at: row.read("updated_at")?,
        })
    }
}

/// A connection that acts for whoever calls. The call counts as one over REST.
async fn connect(context: &Context, headers: &HeaderMap) -> Result<UserDatabase, Problem> {
    let asking = admit(context, headers).await?;
    UserDatabase::open(&asking.user_id, &asking.request_id).await.map_err(history::problem)
}

/// Who calls. The call counts as one over REST.
async fn admit(context: &Context, headers: &HeaderMap) -> Result<Asking, Problem> {
    let principal = endpoint::authenticate(context, headers, Some("chat")).await?;
    call_budget::take_rest_call(&principal.user_id, &context.request_id).await?;
    let (request_id, path) = (context.request_id.clone(), context.uri.path().to_owned());
    Ok(Asking { user_id: principal.user_id, request_id, path })
}

/// The id in a path. What is no id names no conversation.
fn id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| not_found())
}

fn not_found() -> Problem {
    Problem::new(Kind::ConversationNotFound)
}
