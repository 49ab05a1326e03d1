//! The table of feeds.

use user_database::{
    Database, LoggedDbError, Parameter, Statement, UserDatabase, columns, parameters, statement,
};
use uuid::Uuid;

columns! {
    /// Whose feed it is.
    pub struct FeedOwner {
        /// The user.
        owner_id: Uuid,
        /// Whether it was read within the last hour.
        is_read_lately: bool,
    }
}

columns! {
    /// A person's feed.
    pub struct Feed {
        /// Since when, in microseconds.
        created_at: i64,
        /// When it was last read, likewise.
        read_at: Option<i64>,
    }
}

parameters! {
    struct FindFeed { token_hash, now }
}
parameters! {
    struct UpsertFeed { token_hash, now }
}
parameters! {
    struct RecordReading { now }
}

const FIND: Statement<FindFeed, FeedOwner> = statement!(for nobody, "todo.calendar_feeds", "find_feed.sql");
const SELECT: Statement<(), Feed> = statement!("todo.calendar_feeds", "select_feed.sql");
const UPSERT: Statement<UpsertFeed, Feed> = statement!("todo.calendar_feeds", "upsert_feed.sql");
const DELETE: Statement<(), Feed> = statement!("todo.calendar_feeds", "delete_feed.sql");
const RECORD: Statement<RecordReading, Feed> = statement!("todo.calendar_feeds", "record_reading.sql");

/// Whose feed has a token of this hash.
///
/// # Errors
/// [`LoggedDbError`] by the database.
pub async fn find(
    database: &Database,
    token_hash: Vec<u8>,
    now: String,
) -> Result<Option<FeedOwner>, LoggedDbError> {
    let parameters = FindFeed { token_hash: Parameter::Binary(token_hash), now: Parameter::Str(now) };
    database.at_most_one(&FIND, parameters).await
}

/// The user's feed.
///
/// # Errors
/// [`LoggedDbError`] by the database.
pub async fn select(database: &UserDatabase) -> Result<Option<Feed>, LoggedDbError> {
    database.at_most_one(&SELECT, ()).await
}

/// Gives the user a feed of this token alone.
///
/// # Errors
/// [`LoggedDbError`] by the database.
pub async fn upsert(
    database: &UserDatabase,
    token_hash: Vec<u8>,
    now: String,
) -> Result<Feed, LoggedDbError> {
    let parameters = UpsertFeed { token_hash: Parameter::Binary(token_hash), now: Parameter::Str(now) };
    database.one(&UPSERT, parameters).await
}

/// Takes the user's feed away.
///
/// # Errors
/// [`LoggedDbError`] by the database.
pub async fn delete(database: &UserDatabase) -> Result<(), LoggedDbError> {
    database.at_most_one(&DELETE, ()).await.map(drop)
}

/// Remembers that the user's feed was read.
///
/// # Errors
/// [`LoggedDbError`] by the database.
pub async fn record_reading(database: &UserDatabase, now: String) -> Result<(), LoggedDbError> {
    database.at_most_one(&RECORD, RecordReading { now: Parameter::Str(now) }).await.map(drop)
}
