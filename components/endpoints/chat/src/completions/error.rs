//! Errors as clients of OpenAI read them: a member `error` beside those of a problem.

use endpoint::{Context, Problem};
use serde_json::{Value, json};

use crate::messages::sentence;

/// Adds the member `error` to a problem.
pub fn with_error(problem: Problem, context: &Context) -> Problem {
    let error = to_error(&problem, &context.request_id);
    problem.extension("error", error)
}

/// The member: what happened, of what type, with which member of the request.
pub fn to_error(problem: &Problem, request_id: &str) -> Value {
    let message = sentence(problem, request_id);
    let kind = match problem.status().as_u16() {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "rate_limit_error",
        400..=499 => "invalid_request_error",
        _ => "server_error",
    };
    let param = problem.errors.first().map(|violation| violation.pointer.trim_start_matches('/'));
    let param = param.filter(|param| !param.is_empty());
    json!({"message": message, "type": kind, "param": param, "code": problem.kind.name().replace('-', "_")})
}

#[cfg(test)]
mod tests {
    use endpoint::{Kind, Violation};

    use super::*;

    #[test]
    fn an_error_has_the_members_that_clients_of_openai_read() {
        let problem =
            Problem::with_errors(Kind::InvalidInput, vec![Violation::new("/messages/0/role", "No.")]);
        assert_eq!(
            to_error(&problem, "r-1"),
            json!({
                "message": "messages/0/role: No.", "type": "invalid_request_error", "param": "messages/0/role",
                "code": "invalid_input"
            })
        );
    }

    #[test]
    fn a_type_says_whose_fault_it_is() {
        for (kind, expected) in [
            (Kind::TokenExpired, "authentication_error"),
            (Kind::InsufficientScope, "permission_error"),
            (Kind::DailyTokensUsed, "rate_limit_error"),
            (Kind::ModelNotFound, "invalid_request_error"),
            (Kind::ModelUnavailable, "server_error"),
        ] {
            let error = to_error(&Problem::new(kind), "r-1");
            assert_eq!((&error["type"], &error["param"]), (&json!(expected), &Value::Null), "{kind:?}");
        }
    }

    #[test]
    fn a_fault_of_ours_is_reported_under_the_requests_id() {
        let error = to_error(&Problem::new(Kind::InternalError), "r-1");
        assert!(error["message"].as_str().unwrap().contains("r-1"));
    }
}
