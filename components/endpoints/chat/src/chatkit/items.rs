//! `items.list`: a page of what was said, and one item of it.

use chatkit_protocol::{ItemsListParams, Order, Page, Thread, ThreadItem};
use endpoint::{Kind, Problem, Response, body};
use http::StatusCode;
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::read;
use super::render::{ItemRow, ThreadRow};
use crate::history::{problem, uuid};
use crate::session::Session;
use crate::thread_items::Content;
use crate::turn_log::end_lost_turn;

parameters! {
    struct ThreadPage { conversation_id, after, descending, limit }
}

columns! {
    struct ThreadWithItems {
        id: Uuid,
        title: String,
        created_at: String,
        status: String,
        status_reason: Option<String>,
        last_sequence: i32,
        lost_turn: Option<Uuid>,
        is_after_known: bool,
        items: Option<String>,
    }
}

const THREAD: Statement<ThreadPage, ThreadWithItems> = statement!("todo.conversations", "select_thread.sql");

parameters! {
    struct ItemKey { conversation_id, item_id }
}

columns! {
    struct ItemColumns {
        status: String,
        kind: Option<String>,
        message_id: Option<String>,
        content: Option<String>,
        created_at: Option<String>,
        is_open: bool,
    }
}

const ITEM: Statement<ItemKey, ItemColumns> = statement!("todo.thread_items", "select_item.sql");

/// Answers a page of a thread's items.
///
/// # Errors
/// 404 where there is no such thread or no item to go on after, 400 for a bad limit.
pub async fn list(session: &Session<'_>, params: &ItemsListParams) -> Result<Response, Problem> {
    let thread = read::thread_id(&params.thread_id)?;
    let after = params.after.as_deref().map(read::item_id).transpose()?;
    let limit = read::limit(params.limit)?;
    let page = page(&session.database().await?, thread, params.order, after, limit).await?;
    body::json(StatusCode::OK, &page)
}

/// A page of a thread's items.
///
/// # Errors
/// 404 where there is no such thread or no item to go on after.
pub async fn page(
    database: &UserDatabase,
    thread: Uuid,
    order: Order,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Page<ThreadItem>, Problem> {
    Ok(thread_with_items(database, thread, order, after, limit).await?.items)
}

/// A thread with a page of its items.
///
/// # Errors
/// 404 where there is no such thread or no item to go on after.
pub async fn thread_with_items(
    database: &UserDatabase,
    thread: Uuid,
    order: Order,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Thread, Problem> {
    let find = async || {
        let parameters = ThreadPage {
            conversation_id: uuid(thread),
            after: after.map_or(Parameter::DbNull, uuid),
            descending: Parameter::Boolean(order == Order::Descending),
            // One more tells whether there is a next page.
            limit: Parameter::Int64(i64::from(limit) + 1),
        };
        let row = database.at_most_one(&THREAD, parameters).await.map_err(problem)?;
        row.ok_or_else(|| Problem::new(Kind::ConversationNotFound))
    };
    let mut row = find().await?;
    if let Some(turn) = row.lost_turn {
        // Nobody answers any more: that is said first.
        end_lost_turn(database, thread, turn).await?;
        row = find().await?;
    }
    if !row.is_after_known {
        return Err(Problem::new(Kind::ItemNotFound));
    }
    let items: Vec<ItemRow> = rows(row.items.as_deref());
    let items = cut(items, limit, |item| item.id);
    let row = ThreadRow {
        id: row.id,
        title: row.title,
        created_at: row.created_at,
        status: row.status,
        status_reason: row.status_reason,
        last_sequence: row.last_sequence,
    };
    let data = items.data.into_iter().filter_map(|item| item.item(thread)).collect();
    Ok(Thread { items: Page { data, has_more: items.has_more, after: items.after }, ..row.thread() })
}

/// Rows that a statement of this app has put into JSON.
pub fn rows<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Vec<T> {
    text.and_then(|text| {
        serde_json::from_str(text).inspect_err(|error| log::error!("rows make no sense: {error}")).ok()
    })
    .unwrap_or_default()
}

/// The page of rows of which there is one too many where others follow.
pub fn cut<T>(mut rows: Vec<T>, limit: u32, id: impl Fn(&T) -> Uuid) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let after = rows.last().filter(|_| has_more).map(|last| id(last).to_string());
    Page { data: rows, has_more, after }
}

/// An item that something is done with.
pub struct FoundItem {
    /// Who said it, or its kind.
    pub kind: String,
    /// The message that it belongs to.
    pub message_id: Option<Uuid>,
    /// What it is about; absent for a message.
    pub content: Option<Content>,
    /// When it came.
    pub created_at: Option<String>,
    /// Its question can still be answered.
    pub is_open: bool,
}

/// Finds an item in a thread in which something can be done.
///
/// # Errors
/// 404 where there is no such thread or item, 409 where the thread is locked.
pub async fn find(database: &UserDatabase, thread: Uuid, item: Uuid) -> Result<FoundItem, Problem> {
    let row = read_item(database, thread, item).await?;
    let kind = row.kind.ok_or_else(|| Problem::new(Kind::ItemNotFound))?;
    Ok(FoundItem {
        kind,
        message_id: row.message_id.and_then(|id| Uuid::try_parse(&id).ok()),
        content: row.content.and_then(|text| serde_json::from_str(&text).ok()),
        created_at: row.created_at,
        is_open: row.is_open,
    })
}

/// Looks that something can be done in a thread.
///
/// # Errors
/// 404 where there is no such thread, 409 where it is locked.
pub async fn expect_active(database: &UserDatabase, thread: Uuid) -> Result<(), Problem> {
    read_item(database, thread, Uuid::nil()).await.map(drop)
}

async fn read_item(database: &UserDatabase, thread: Uuid, item: Uuid) -> Result<ItemColumns, Problem> {
    let key = ItemKey { conversation_id: uuid(thread), item_id: uuid(item) };
    let row = database.at_most_one(&ITEM, key).await.map_err(problem)?;
    let row = row.ok_or_else(|| Problem::new(Kind::ConversationNotFound))?;
    if row.status == "active" { Ok(row) } else { Err(Problem::new(Kind::ConversationLocked)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_goes_on_after_its_last_row() {
        let ids: Vec<Uuid> = (1..=3).map(Uuid::from_u128).collect();
        let page = cut(ids.clone(), 2, |id| *id);
        assert_eq!((page.data.len(), page.has_more), (2, true));
        assert_eq!(page.after, Some(Uuid::from_u128(2).to_string()));
        let last = cut(ids, 3, |id| *id);
        assert_eq!((last.data.len(), last.has_more, last.after), (3, false, None));
    }
}
