//! `GET /readyz`: whether requests can be served.

use endpoint::{Context, Kind, Problem, Response, body};
use http::StatusCode;

use crate::database::{self, Finding};
use crate::report;

/// Seconds to wait when nothing better is known.
const RETRY_AFTER: u32 = 5;

pub(crate) async fn answer(context: &Context) -> Result<Response, Problem> {
    match problem(database::ask(&context.request_id).await) {
        None => body::json(StatusCode::OK, &report::ready()),
        Some(problem) => Err(problem),
    }
}

/// Says which check failed, and nothing of addresses or accounts: those are in the log.
fn problem(finding: Finding) -> Option<Problem> {
    let (detail, seconds) = match finding {
        Finding::Ready => return None,
        Finding::NoSchema => {
            ("The database has no tables of this app: its migrations have not run.", RETRY_AFTER)
        }
        Finding::Unreachable(seconds) => ("The database can't be reached.", seconds),
        Finding::TooSlow => ("The database did not answer in time.", RETRY_AFTER),
        Finding::Refused => ("The database refuses this app; the log says why.", RETRY_AFTER),
    };
    Some(Problem::with_detail(Kind::Unavailable, detail).retry_after(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_fails_is_503_and_says_when_to_ask_again() {
        for finding in [Finding::NoSchema, Finding::Unreachable(3), Finding::TooSlow, Finding::Refused] {
            let problem = problem(finding).unwrap();
            assert_eq!(problem.status(), 503);
            assert_eq!(problem.headers.len(), 1, "{finding:?}");
        }
        assert!(problem(Finding::Ready).is_none());
    }
}
