//! The caller's lists, which a line may name.

use task_model::types::{Caller, ToolError};
use user_database::{Statement, UserDatabase, columns, statement};
use uuid::Uuid;

columns! {
    /// A list and what it is called.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ListName {
        /// The list.
        id: Uuid,
        /// Its name.
        name: String,
    }
}

const STATEMENT: Statement<(), ListName> = statement!("todo.lists", "select_list_names.sql");

/// The lists by their names: of those that are called alike, the first one counts.
///
/// # Errors
/// Unavailable or internal by the database.
pub async fn select_lists(caller: &Caller) -> Result<Vec<ListName>, ToolError> {
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    Ok(database.rows(&STATEMENT, ()).await?)
}
