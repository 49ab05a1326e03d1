//! Threads: read, listed, renamed, deleted.

use chatkit_protocol::{
    Order, Page, Thread, ThreadAddClientToolOutputParams, ThreadDeleteParams, ThreadGetByIdParams,
    ThreadListParams, ThreadUpdateParams,
};
use endpoint::{Kind, Problem, Response, body};
use http::StatusCode;
use serde_json::{Map, Value, json};
use user_database::{Parameter, Statement, columns, parameters, statement};

use super::items::{cut, expect_active, rows, thread_with_items};
use super::read::{self, invalid};
use super::render::ThreadRow;
use crate::conversations::{
    MAX_TITLE_CHARACTERS, delete_conversation, is_title, patterns, rename_conversation,
};
use crate::history::{State, problem, read_turn, uuid};
use crate::session::Session;

parameters! {
    struct ThreadsPage { after, descending, limit, patterns }
}

columns! {
    struct Threads {
        is_after_known: bool,
        threads: Option<String>,
    }
}

const STATEMENT: Statement<ThreadsPage, Threads> = statement!("todo.conversations", "select_threads.sql");

/// The member of a thread's metadata that names the message which is being answered.
const ANSWERING: &str = "answering";

/// The member of the metadata of `threads.list` that has words to look for: the protocol itself has no search.
const TEXT: &str = "text";

/// Answers a thread with its first items. While a message is being answered, its metadata names that message: who loads the thread
/// then hears the answer by `threads.retry_after_item`.
///
/// # Errors
/// 404 where there is no such thread.
pub async fn get(session: &Session<'_>, params: &ThreadGetByIdParams) -> Result<Response, Problem> {
    let id = read::thread_id(&params.thread_id)?;
    let database = session.database().await?;
    let limit = chatkit_protocol::DEFAULT_PAGE_SIZE;
    let mut thread = thread_with_items(&database, id, Order::Ascending, None, limit).await?;
    if let Some(turn) = read_turn(&database, id, None, i32::MAX).await?
        && turn.state == State::Running
        && !turn.is_lost
    {
        thread.metadata.insert(ANSWERING.to_owned(), json!(turn.key.message));
    }
    body::json(StatusCode::OK, &thread)
}

/// Answers a page of threads, without their items: of all, or of those with each word that the request's metadata names.
///
/// # Errors
/// 400 for a bad limit or words that can't be looked for, 404 where there is no thread to go on after.
pub async fn list(
    session: &Session<'_>,
    params: &ThreadListParams,
    metadata: &Map<String, Value>,
) -> Result<Response, Problem> {
    let limit = read::limit(params.limit)?;
    let after = params.after.as_deref().map(read::thread_id).transpose()?;
    let parameters = ThreadsPage {
        after: after.map_or(Parameter::DbNull, uuid),
        descending: Parameter::Boolean(params.order == Order::Descending),
        // One more tells whether there is a next page.
        limit: Parameter::Int64(i64::from(limit) + 1),
        patterns: Parameter::ArrayStr(wanted(metadata)?),
    };
    let found = session.database().await?.one(&STATEMENT, parameters).await.map_err(problem)?;
    if !found.is_after_known {
        return Err(Problem::new(Kind::ConversationNotFound));
    }
    let found: Vec<ThreadRow> = rows(found.threads.as_deref());
    let Page { data, has_more, after } = cut(found, limit, |thread| thread.id);
    let data: Vec<Thread> = data.into_iter().map(ThreadRow::thread).collect();
    body::json(StatusCode::OK, &Page { data, has_more, after })
}

/// The patterns of what is looked for; none where that is all.
fn wanted(metadata: &Map<String, Value>) -> Result<Vec<Option<String>>, Problem> {
    let refused = |sentence: String| invalid(&format!("/metadata/{TEXT}"), sentence);
    match metadata.get(TEXT) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => patterns(text).map_err(refused),
        Some(_) => Err(refused("This has to be a text.".to_owned())),
    }
}

/// Gives a thread another title and answers it.
///
/// # Errors
/// 404 where there is no such thread, 400 for a title that is none.
pub async fn update(session: &Session<'_>, params: &ThreadUpdateParams) -> Result<Response, Problem> {
    let id = read::thread_id(&params.thread_id)?;
    if !is_title(&params.title) {
        let detail =
            format!("This takes one line of 1 to {MAX_TITLE_CHARACTERS} characters, not only white space.");
        return Err(invalid("/params/title", detail));
    }
    let database = session.database().await?;
    rename_conversation(&database, id, Some(params.title.trim())).await?;
    let thread = thread_with_items(&database, id, Order::Ascending, None, 1).await?;
    body::json(StatusCode::OK, &Thread { items: Page::empty(), ..thread })
}

/// Erases a thread with everything that was said in it.
///
/// # Errors
/// 404 where there is no such thread.
pub async fn delete(session: &Session<'_>, params: &ThreadDeleteParams) -> Result<Response, Problem> {
    let id = read::thread_id(&params.thread_id)?;
    delete_conversation(&session.database().await?, id).await?;
    body::json(StatusCode::OK, &json!({}))
}

/// The assistant has no tools that a client runs, so the last item of a thread is never a call that waits for one.
///
/// # Errors
/// 404 where there is no such thread, otherwise 409.
pub async fn refuse_client_tool_output(
    session: &Session<'_>,
    params: &ThreadAddClientToolOutputParams,
) -> Result<Response, Problem> {
    let id = read::thread_id(&params.thread_id)?;
    expect_active(&session.database().await?, id).await?;
    let detail = "The last item of the thread is no client tool call that waits for its result.";
    Err(Problem::with_detail(Kind::WrongItemKind, detail))
}
