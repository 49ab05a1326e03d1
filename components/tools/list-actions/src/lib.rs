//! Lists what was done to the caller's tasks.

use task_actions::{ActionRow, statement};
use task_model::types::{ActionQuery, Actions, Caller, ToolError};
use task_model::{Violations, instant, page, scope};
use user_database::{Parameter, Statement, UserDatabase, parameters};

tool_bindings::export! { list_actions::list_actions(ActionQuery) -> Actions = list_actions }

parameters! {
    struct SelectActions { limit, now }
}

const STATEMENT: Statement<SelectActions, ActionRow> = statement!("select_actions.sql");

/// Lists what was done to the caller's tasks in the last 24 hours, the latest first.
///
/// # Errors
/// Forbidden; invalid when the limit is out of range; unavailable or internal by the database.
async fn list_actions(caller: &Caller, input: ActionQuery) -> Result<Actions, ToolError> {
    scope::require(caller, scope::READ)?;
    let mut violations = Violations::none();
    let limit = violations.check_given("/limit", input.limit, |limit| page::LIST.check(limit));
    violations.finish()?;
    let limit = Parameter::Int64(limit.unwrap_or(page::LIST.default).into());
    let now = Parameter::Str(instant::text(instant::now(caller)));
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let rows = database.rows(&STATEMENT, SelectActions { limit, now }).await?;
    Ok(Actions { items: rows.into_iter().map(|ActionRow(action)| action).collect() })
}
