//! How many tasks a user's list may hold.

use std::sync::OnceLock;

use task_model::types::{Caller, ToolError};

/// Tasks that a list may hold, where nothing else is set.
const MAX_TASKS: u32 = 10_000;

/// How many tasks a list may hold: the variable `max_tasks_per_user`, 0 for as many as they like.
///
/// # Errors
/// [`ToolError::Internal`] when the variable's value can't be used.
pub async fn max_tasks(caller: &Caller) -> Result<u32, ToolError> {
    static LOADED: OnceLock<u32> = OnceLock::new();
    if let Some(limit) = LOADED.get() {
        return Ok(*limit);
    }
    // Where the app does not declare the variable, as in a test of a tool alone, the default holds.
    let value = spin_sdk::variables::get("max_tasks_per_user").await.unwrap_or_default();
    let limit = match value.trim() {
        "" => MAX_TASKS,
        value => value.parse().map_err(|_| {
            log::error!(
                request_id = caller.request_id.as_str();
                "the variable max_tasks_per_user must be a whole number, or 0 for no limit"
            );
            ToolError::Internal(caller.request_id.clone())
        })?,
    };
    Ok(*LOADED.get_or_init(|| limit))
}
