//! What can go wrong with the database, by what the caller of a tool does next.

use spin_sdk::pg::PgError;
use task_model::types::ToolError;

/// A row that can't be what the app stored: a fault of the statement, or data changed by other means.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}.{column} does not make sense: {problem}")]
pub struct DecodeError {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What is wrong with the value.
    pub problem: String,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database is out of reach, too busy or too slow. Nothing says that the statement did not run.
    #[error("the database is out of reach: {reason}")]
    Unavailable {
        /// What the driver or the server said.
        reason: String,
        /// Try again after this many seconds.
        retry_after: u32,
    },
    /// A constraint refused the change (SQLSTATE class 23).
    #[error("the constraint {constraint} refuses the change ({code})")]
    Constraint {
        /// The constraint's name.
        constraint: String,
        /// The SQLSTATE.
        code: String,
    },
    /// The server refused the statement for another reason.
    #[error("the database refuses the statement: {message} ({code})")]
    Refused {
        /// The SQLSTATE.
        code: String,
        /// The server's message, without details: those may hold what people wrote.
        message: String,
    },
    /// A row does not make sense.
    #[error(transparent)]
    Inconsistent(#[from] DecodeError),
    /// A statement answered another number of rows than it can.
    #[error("{found} rows came back instead of {expected}")]
    Rows {
        /// How many there must be.
        expected: &'static str,
        /// How many there were.
        found: usize,
    },
    /// A value could not be sent or read, or the host refused: a fault of the app or its settings.
    #[error("the statement could not be run: {0}")]
    Driver(String),
    /// A variable of the component is missing.
    #[error("the variable database_url can't be read: {0}")]
    Settings(String),
    /// The user's id is no UUID.
    #[error("the user id is no UUID")]
    User,
}

/// An error that has been logged under the id of its request.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct LoggedDbError {
    /// What went wrong.
    #[source]
    pub error: DbError,
    /// The request in which it did.
    pub request_id: String,
}

impl LoggedDbError {
    /// The name of the constraint that refused the change, if one did.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match &self.error {
            DbError::Constraint { constraint, .. } => Some(constraint),
            _ => None,
        }
    }
}

impl From<LoggedDbError> for ToolError {
    /// Says what to do next and nothing of what happened: that is in the log, under the request's id.
    fn from(logged: LoggedDbError) -> Self {
        match logged.error {
            DbError::Unavailable { retry_after, .. } => Self::Unavailable(retry_after),
            _ => Self::Internal(logged.request_id),
        }
    }
}

/// Seconds after which a database that is out of reach may be back.
const OUTAGE_RETRY_AFTER_SECONDS: u32 = 5;
/// Seconds after which a busy database may have room.
const RETRY_AFTER_SECONDS: u32 = 1;

impl From<PgError> for DbError {
    fn from(error: PgError) -> Self {
        use spin_sdk::pg::QueryError;
        match error {
            PgError::ConnectionFailed(reason) => {
                Self::Unavailable { reason, retry_after: OUTAGE_RETRY_AFTER_SECONDS }
            }
            // No answer of the server: the connection broke under the statement, or the statement never left.
            PgError::QueryFailed(QueryError::Text(reason)) if never_sent(&reason) => Self::Driver(reason),
            PgError::QueryFailed(QueryError::Text(reason)) => {
                Self::Unavailable { reason, retry_after: OUTAGE_RETRY_AFTER_SECONDS }
            }
            PgError::QueryFailed(QueryError::DbError(error)) => {
                let named = |key: &str| {
                    error.extras.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
                };
                match retry_after(&error.code) {
                    Some(retry_after) => Self::Unavailable { reason: error.message, retry_after },
                    None => match (error.code.starts_with("23"), named("constraint")) {
                        (true, Some(constraint)) => Self::Constraint { constraint, code: error.code },
                        _ => Self::Refused {
                            message: without_values(&error.code, error.message),
                            code: error.code,
                        },
                    },
                }
            }
            PgError::BadParameter(reason)
            | PgError::ValueConversionFailed(reason)
            | PgError::Other(reason) => Self::Driver(reason),
        }
    }
}

/// The message, unless it quotes a value, as those of data exceptions do (SQLSTATE class 22).
fn without_values(code: &str, message: String) -> String {
    if code.starts_with("22") { "data exception, its message left out".to_owned() } else { message }
}

/// Whether the driver found the parameters wrong, in its words for people or for programmers.
fn never_sent(reason: &str) -> bool {
    ["error serializing", "error deserializing", "parameters but got", "ToSql", "FromSql", "Parameters("]
        .iter()
        .any(|sign| reason.contains(sign))
}

/// For the SQLSTATEs (PostgreSQL, appendix A) that pass by themselves: seconds to wait.
fn retry_after(code: &str) -> Option<u32> {
    match code {
        // Cancelled (statement timeout), lock not available, serialization failure, deadlock, in use.
        "57014" | "55P03" | "40001" | "40P01" | "55006" => Some(RETRY_AFTER_SECONDS),
        // Shutting down, crashed, starting; read-only after a switch to another server.
        "57P01" | "57P02" | "57P03" | "25006" => Some(OUTAGE_RETRY_AFTER_SECONDS),
        // Idle session or transaction ended.
        "57P05" | "25P03" => Some(RETRY_AFTER_SECONDS),
        // Connection exceptions; insufficient resources, among them too many connections and a full disk.
        _ if code.starts_with("08") => Some(OUTAGE_RETRY_AFTER_SECONDS),
        "53300" => Some(RETRY_AFTER_SECONDS),
        _ if code.starts_with("53") || code.starts_with("58") => Some(OUTAGE_RETRY_AFTER_SECONDS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use spin_sdk::pg::{DbError as ServerError, QueryError};

    use super::*;

    fn server_says(code: &str, constraint: Option<&str>) -> DbError {
        let extras = constraint.map(|name| ("constraint".to_owned(), name.to_owned()));
        DbError::from(PgError::QueryFailed(QueryError::DbError(ServerError {
            as_text: String::new(),
            severity: "ERROR".to_owned(),
            code: code.to_owned(),
            message: "invalid input syntax: secret diary".to_owned(),
            detail: Some("Failing row contains (secret diary)".to_owned()),
            extras: extras.into_iter().collect(),
        })))
    }

    fn tool_error(error: DbError) -> ToolError {
        LoggedDbError { error, request_id: "r-1".to_owned() }.into()
    }

    #[test]
    fn a_database_that_is_gone_or_busy_is_worth_another_try() {
        for code in ["57014", "57P01", "08006", "53300", "40001", "40P01", "55P03"] {
            assert!(matches!(tool_error(server_says(code, None)), ToolError::Unavailable(1..)), "{code}");
        }
        let gone = DbError::from(PgError::ConnectionFailed("refused".to_owned()));
        assert!(matches!(tool_error(gone), ToolError::Unavailable(5)));
    }

    #[test]
    fn a_connection_that_breaks_is_told_from_parameters_that_do_not_fit() {
        let said = |text: &str| DbError::from(PgError::QueryFailed(QueryError::Text(text.to_owned())));
        for broken in [
            "connection closed",
            "error communicating with the server: broken pipe",
            "Error { kind: Closed }",
        ] {
            assert!(matches!(said(broken), DbError::Unavailable { .. }), "{broken}");
        }
        for wrong in
            ["error serializing parameter 3", "Error { kind: ToSql(2) }", "expected 3 parameters but got 2"]
        {
            assert!(matches!(said(wrong), DbError::Driver(_)), "{wrong}");
        }
    }

    #[test]
    fn a_fault_of_ours_answers_the_request_id_alone() {
        for error in [
            server_says("42P01", None),
            server_says("42501", None),
            DbError::User,
            DbError::Driver("x".to_owned()),
        ] {
            assert!(matches!(tool_error(error), ToolError::Internal(id) if id == "r-1"));
        }
    }

    #[test]
    fn a_constraint_is_known_by_its_name() {
        let logged = LoggedDbError {
            error: server_says("23514", Some("tasks_title_length")),
            request_id: "r".to_owned(),
        };
        assert_eq!(logged.constraint(), Some("tasks_title_length"));
    }

    #[test]
    fn what_people_wrote_is_not_in_the_message() {
        let message = server_says("23514", Some("tasks_title_length")).to_string()
            + &server_says("22P02", None).to_string();
        assert!(!message.contains("secret"), "{message}");
    }
}
