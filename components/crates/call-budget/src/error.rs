//! Why a call may not be made now.

use http::HeaderName;
use problem_details::{Kind, Problem};
use task_model::types::ToolError;
use user_database::LoggedDbError;

/// How many calls a window has, and how long it is (draft-ietf-httpapi-ratelimit-headers, section 3).
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// How many calls are left, and for how long (draft-ietf-httpapi-ratelimit-headers, section 4).
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// Why a call may not be made now.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// The user has made as many calls as a minute has.
    #[error("{limit} calls a minute are used up for {seconds} s")]
    UsedUp {
        /// When the next minute begins, in whole seconds from now.
        seconds: u32,
        /// How many calls a minute has.
        limit: u32,
    },
    /// It can't be counted.
    #[error(transparent)]
    Database(#[from] LoggedDbError),
}

impl From<BudgetError> for Problem {
    fn from(error: BudgetError) -> Self {
        match error {
            BudgetError::UsedUp { seconds, limit } => {
                let detail = format!(
                    "You have made {limit} calls in this minute, as many as it has. Go on in {seconds} s."
                );
                let problem = Self::with_detail(Kind::TooManyRequests, detail);
                rate_limited(problem, "calls", limit.into(), 60, seconds)
            }
            BudgetError::Database(failure) => ToolError::from(failure).into(),
        }
    }
}

/// Adds to a refusal what the limit is and when to come back: of a window of `window` seconds with `limit` units, none is left
/// for `seconds`.
#[must_use]
pub fn rate_limited(problem: Problem, policy: &str, limit: u64, window: u32, seconds: u32) -> Problem {
    problem
        .retry_after(seconds)
        .header(RATE_LIMIT_POLICY, format!("\"{policy}\";q={limit};w={window}"))
        .header(RATE_LIMIT, format!("\"{policy}\";r=0;t={seconds}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_calls_too_often_is_told_the_limit_and_when_to_come_back() {
        let response = Problem::from(BudgetError::UsedUp { seconds: 12, limit: 600 }).into_response();
        assert_eq!(response.status(), 429);
        for (name, value) in [
            ("retry-after", "12"),
            ("ratelimit-policy", "\"calls\";q=600;w=60"),
            ("ratelimit", "\"calls\";r=0;t=12"),
        ] {
            assert_eq!(response.headers()[name], value);
        }
    }
}
