//! Finds the tasks.

use task_model::scope;
use task_model::types::{Caller, TaskMatches, TaskSearch, ToolError};
use task_rows::{ListParameters, TaskRow, list_parameters, statement};
use user_database::{Parameter, Statement, UserDatabase, optional, parameters};

use crate::arguments;

parameters! {
    struct SelectMatches { prefixes, whole_words, is_done, list: ..ListParameters, limit }
}

const STATEMENT: Statement<SelectMatches, TaskRow> = statement!("select_matches.sql");

/// Finds the caller's tasks in which every word given begins a word, best match first, the newest first among
/// equals.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn select_matches(caller: &Caller, input: TaskSearch) -> Result<TaskMatches, ToolError> {
    scope::require(caller, scope::READ)?;
    let arguments = arguments::check(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = SelectMatches {
        prefixes: Parameter::Str(arguments.prefixes),
        whole_words: Parameter::Str(arguments.whole_words),
        is_done: optional(arguments.done),
        list: list_parameters(arguments.list),
        limit: Parameter::Int64(arguments.limit.into()),
    };
    let rows = database.rows(&STATEMENT, parameters).await?;
    Ok(TaskMatches { items: rows.into_iter().map(|TaskRow(task)| task).collect() })
}
