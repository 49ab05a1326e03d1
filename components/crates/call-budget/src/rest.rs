//! Calls over REST, of all operations and conversations together.

use std::sync::OnceLock;

use problem_details::Problem;

use crate::{limit, take_call};

/// What they are counted as.
const COUNTED_AS: &str = "rest-api";

/// How often a user may call in a minute, where nothing else is set.
const MAX_CALLS_PER_MINUTE: u32 = 1_200;

/// Counts a call over REST. The variable `rest_calls_per_minute`, read once in the life of an instance, is how many a user may
/// make in a minute; 0 for as many as they like.
///
/// # Errors
/// 429 where the minute is used up; 503 where the call can't be counted or the variable can't be used.
pub async fn take_rest_call(user_id: &str, request_id: &str) -> Result<(), Problem> {
    static LIMIT: OnceLock<u32> = OnceLock::new();
    let limit = match LIMIT.get() {
        Some(limit) => *limit,
        None => {
            let read = limit("rest_calls_per_minute", MAX_CALLS_PER_MINUTE).await?;
            *LIMIT.get_or_init(|| read)
        }
    };
    Ok(take_call(user_id, request_id, COUNTED_AS, limit).await?)
}
