//! Database errors as components see them.

use super::bindings::{DbError, Error, QueryError};
use tokio_postgres::error::ErrorPosition;

/// The error for a statement the server refused or a connection that broke under it.
pub(super) fn query_failed(error: &tokio_postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else {
        if error.is_closed() || std::error::Error::source(error).is_some_and(|e| e.is::<std::io::Error>()) {
            return Error::ConnectionFailed(with_cause(error));
        }
        return Error::QueryFailed(QueryError::Text(with_cause(error)));
    };
    let mut extras = Vec::new();
    let mut extra = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            extras.push((name.to_owned(), value));
        }
    };
    extra("hint", db.hint().map(str::to_owned));
    extra("where", db.where_().map(str::to_owned));
    extra("schema", db.schema().map(str::to_owned));
    extra("table", db.table().map(str::to_owned));
    extra("column", db.column().map(str::to_owned));
    extra("datatype", db.datatype().map(str::to_owned));
    extra("constraint", db.constraint().map(str::to_owned));
    extra("file", db.file().map(str::to_owned));
    extra("line", db.line().map(|l| l.to_string()));
    extra("routine", db.routine().map(str::to_owned));
    extra(
        "position",
        db.position().map(|p| match p {
            ErrorPosition::Original(at) => at.to_string(),
            ErrorPosition::Internal { position, query } => format!("{position} in {query}"),
        }),
    );
    Error::QueryFailed(QueryError::DbError(DbError {
        as_text: with_cause(error),
        severity: db.severity().to_owned(),
        code: db.code().code().to_owned(),
        message: db.message().to_owned(),
        detail: db.detail().map(str::to_owned),
        extras,
    }))
}

/// The error for a connection that could not be opened.
pub(super) fn connection_failed(error: &tokio_postgres::Error) -> Error {
    Error::ConnectionFailed(with_cause(error))
}

/// The error for a server that has stopped answering.
pub(super) fn no_answer(waited: std::time::Duration) -> Error {
    Error::ConnectionFailed(format!("no answer from the database for {} seconds", waited.as_secs_f64()))
}

fn with_cause(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
