//! The lists that a query names.

use list_rows::select_list_names;
use task_model::filter::Filter;
use task_model::invalid;
use task_model::types::ToolError;
use user_database::UserDatabase;

/// Puts the ids of lists in the place of the names that the filter's query has. A query without any costs nothing. `at` is where the
/// filter stands in the input.
///
/// # Errors
/// Invalid where there is no list of a name, or it is archived; unavailable or internal by the database.
pub async fn name_lists(filter: &mut Filter, at: &str, database: &UserDatabase) -> Result<(), ToolError> {
    let Some(query) = filter.query.as_mut().filter(|query| query.has_lists()) else { return Ok(()) };
    let lists = select_list_names(database).await?.into_iter().filter(|list| !list.is_archived);
    let lists: Vec<_> = lists.map(|list| (list.id.to_string(), list.name)).collect();
    query.name_lists(&lists).map_err(|error| invalid(&format!("{at}/query"), error))
}
