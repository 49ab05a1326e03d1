//! A user's lists by their names, which a query or a line of text may have.

use task_model::types::ToolError;
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
        /// Whether it is archived.
        is_archived: bool,
    }
}

const STATEMENT: Statement<(), ListName> = statement!("todo.lists", "select_list_names.sql");

/// The lists by their names, those in use first.
///
/// # Errors
/// Unavailable or internal by the database.
pub async fn select_list_names(database: &UserDatabase) -> Result<Vec<ListName>, ToolError> {
    Ok(database.rows(&STATEMENT, ()).await?)
}
