//! Finds the tasks.

use task_model::scope;
use task_model::types::{Caller, TaskMatches, TaskSearch, ToolError};
use task_rows::task;
use user_database::{Parameter, Statement, UserDatabase, optional};

use crate::arguments;

const STATEMENT: Statement =
    Statement::new("select_matches", "todo.tasks", include_str!("select_matches.sql"));

/// Finds the caller's tasks in which every word given begins a word, best match first, the newest first among
/// equals.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn select_matches(caller: &Caller, input: TaskSearch) -> Result<TaskMatches, ToolError> {
    scope::require(caller, scope::READ)?;
    let arguments = arguments::check(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = vec![
        Parameter::Str(arguments.prefixes),
        Parameter::Str(arguments.whole_words),
        optional(arguments.done),
        Parameter::Int64(arguments.limit.into()),
    ];
    let rows = database.rows(&STATEMENT, parameters).await?;
    let items = database.reading(&STATEMENT, || rows.into_iter().map(|mut row| task(&mut row)).collect())?;
    Ok(TaskMatches { items })
}
