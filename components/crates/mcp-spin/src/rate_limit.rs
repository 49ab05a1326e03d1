//! Whether a user may call a tool now.

use call_budget::BudgetError;
use mcp_protocol::CallError;

use crate::store::store_error;

/// Counts a call. A limit of 0 lets every call pass, uncounted.
///
/// # Errors
/// [`CallError::RateLimited`] where the minute is used up; otherwise where it can't be counted.
pub async fn check_rate_limit(
    user_id: &str,
    request_id: &str,
    tool: &str,
    limit: u32,
) -> Result<(), CallError> {
    match call_budget::take_call(user_id, request_id, tool, limit).await {
        Ok(()) => Ok(()),
        Err(BudgetError::UsedUp { seconds, limit }) => Err(CallError::RateLimited { seconds, limit }),
        Err(BudgetError::Database(failure)) => Err(store_error(failure).into()),
    }
}
