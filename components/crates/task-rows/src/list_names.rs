//! The lists that a query names.

use task_model::filter::Filter;
use task_model::invalid;
use task_model::types::ToolError;
use user_database::{Statement, UserDatabase, columns, statement};

columns! {
    struct ListName {
        id: String,
        name: String,
    }
}

const STATEMENT: Statement<(), ListName> = statement!("todo.lists", "select_list_names.sql");

/// Puts the ids of lists in the place of the names that the filter's query has. A query without any costs nothing. `at` is where the
/// filter stands in the input.
///
/// # Errors
/// Invalid where there is no list of a name; unavailable or internal by the database.
pub async fn name_lists(filter: &mut Filter, at: &str, database: &UserDatabase) -> Result<(), ToolError> {
    let Some(query) = filter.query.as_mut().filter(|query| query.has_lists()) else { return Ok(()) };
    let rows = database.rows(&STATEMENT, ()).await?;
    let lists: Vec<_> = rows.into_iter().map(|ListName { id, name }| (id, name)).collect();
    query.name_lists(&lists).map_err(|error| invalid(&format!("{at}/query"), error))
}
