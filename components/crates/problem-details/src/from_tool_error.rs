//! What becomes of a tool's error on HTTP.

use http::header;
use task_model::types::ToolError;

use crate::{Kind, Problem, Violation, sentence};

impl From<ToolError> for Problem {
    fn from(error: ToolError) -> Self {
        let kind = match error {
            ToolError::Invalid(_) => Kind::InvalidInput,
            ToolError::NotFound => Kind::TaskNotFound,
            ToolError::ListNotFound => Kind::ListNotFound,
            ToolError::ReminderNotFound => Kind::ReminderNotFound,
            ToolError::ActionNotFound => Kind::ActionNotFound,
            ToolError::ActionOvertaken(_) => Kind::ActionOvertaken,
            ToolError::Conflict(_) => Kind::VersionConflict,
            ToolError::Forbidden(_) => Kind::InsufficientScope,
            ToolError::Full(_) => Kind::TooManyTasks,
            ToolError::TooManyLists(_) => Kind::TooManyLists,
            ToolError::TooManyReminders(_) => Kind::TooManyReminders,
            ToolError::Unavailable(_) => Kind::Unavailable,
            ToolError::Internal(_) => Kind::InternalError,
        };
        let problem = Self::with_detail(kind, sentence(&error));
        match error {
            ToolError::Invalid(violations) => Self {
                errors: violations
                    .into_iter()
                    .map(|violation| Violation { pointer: violation.pointer, detail: violation.message })
                    .collect(),
                ..problem
            },
            ToolError::Forbidden(scope) => {
                problem.header(header::WWW_AUTHENTICATE, insufficient_scope(&scope))
            }
            ToolError::Unavailable(seconds) => problem.retry_after(seconds),
            ToolError::NotFound
            | ToolError::ListNotFound
            | ToolError::ReminderNotFound
            | ToolError::ActionNotFound
            | ToolError::ActionOvertaken(_)
            | ToolError::Conflict(_)
            | ToolError::Full(_)
            | ToolError::TooManyLists(_)
            | ToolError::TooManyReminders(_)
            | ToolError::Internal(_) => problem,
        }
    }
}

impl Problem {
    /// The token lacks a scope (RFC 6750, section 3.1).
    #[must_use]
    pub fn insufficient_scope(scope: &str) -> Self {
        ToolError::Forbidden(scope.to_owned()).into()
    }

    /// The version conflict was caught by `If-Match`: the same problem with its own status (RFC 9110, section 13.1.1).
    #[must_use]
    pub fn as_precondition(mut self) -> Self {
        if self.kind == Kind::VersionConflict {
            self.kind = Kind::PreconditionFailed;
        }
        self
    }

    /// The input came as query parameters: what is wrong with them is a fault of the request's target.
    #[must_use]
    pub fn as_parameters(mut self) -> Self {
        if self.kind == Kind::InvalidInput {
            self.kind = Kind::InvalidParameters;
        }
        self
    }
}

fn insufficient_scope(scope: &str) -> String {
    format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_gets_the_status_that_says_what_to_do_next() {
        let cases = [
            (ToolError::Invalid(vec![]), 422),
            (ToolError::NotFound, 404),
            (ToolError::ListNotFound, 404),
            (ToolError::ReminderNotFound, 404),
            (ToolError::ActionNotFound, 404),
            (ToolError::ActionOvertaken(2), 409),
            (ToolError::Conflict(3), 409),
            (ToolError::Forbidden("tasks:write".into()), 403),
            (ToolError::Full(100), 409),
            (ToolError::TooManyLists(200), 409),
            (ToolError::TooManyReminders(20), 409),
            (ToolError::Unavailable(2), 503),
            (ToolError::Internal("x".into()), 500),
        ];
        for (error, status) in cases {
            assert_eq!(Problem::from(error).status(), status);
        }
    }

    #[test]
    fn a_missing_scope_is_named_in_www_authenticate() {
        let response = Problem::from(ToolError::Forbidden("tasks:delete".into())).into_response();
        assert_eq!(
            response.headers()[header::WWW_AUTHENTICATE],
            "Bearer error=\"insufficient_scope\", scope=\"tasks:delete\""
        );
    }

    #[test]
    fn an_unavailable_database_says_when_to_come_back() {
        let response = Problem::from(ToolError::Unavailable(5)).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "5");
    }

    #[test]
    fn a_conflict_is_412_only_behind_if_match() {
        let conflict = Problem::from(ToolError::Conflict(3));
        assert_eq!(conflict.clone().as_precondition().status(), 412);
        assert_eq!(Problem::from(ToolError::NotFound).as_precondition().status(), 404);
        assert_eq!(conflict.status(), 409);
    }
}
