//! Asking the database.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use task_model::types::ToolError;
use user_database::{Database, LoggedDbError, Statement, columns, statement};

/// How long the database may take. Short: whoever asks wants to know about now.
const TIMEOUT: Duration = Duration::from_secs(2);

columns! {
    struct Schema {
        /// Whether the app's tables are there.
        has_schema: bool,
    }
}

static SELECT_SCHEMA: Statement<(), Schema> = statement!(for nobody, "pg_catalog", "select_schema.sql");

/// What the database answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    /// It can serve requests.
    Ready,
    /// It has none of the app's tables: migrations have not run.
    NoSchema,
    /// It is out of reach; it may be back after this many seconds.
    Unreachable(u32),
    /// It did not answer in time.
    TooSlow,
    /// It refuses the app, or the app is not set up to reach it.
    Refused,
}

pub(crate) async fn ask(request_id: &str) -> Finding {
    match select(pin!(question(request_id)), pin!(spin_sdk::time::sleep(TIMEOUT))).await {
        Either::Left((Ok(true), _)) => Finding::Ready,
        Either::Left((Ok(false), _)) => Finding::NoSchema,
        Either::Left((Err(failure), _)) => found(failure),
        Either::Right(_) => Finding::TooSlow,
    }
}

async fn question(request_id: &str) -> Result<bool, LoggedDbError> {
    let database = Database::open(request_id).await?;
    Ok(database.one(&SELECT_SCHEMA, ()).await?.has_schema)
}

fn found(failure: LoggedDbError) -> Finding {
    match ToolError::from(failure) {
        ToolError::Unavailable(seconds) => Finding::Unreachable(seconds),
        _ => Finding::Refused,
    }
}

#[cfg(test)]
mod tests {
    use user_database::DbError;

    use super::*;

    #[test]
    fn a_database_that_is_gone_and_one_that_refuses_are_told_apart() {
        let failure = |fault| LoggedDbError { error: fault, request_id: "r".into() };
        let gone = DbError::Unavailable { reason: "refused".into(), retry_after: 5 };
        assert_eq!(found(failure(gone)), Finding::Unreachable(5));
        assert_eq!(found(failure(DbError::Settings("missing".into()))), Finding::Refused);
    }
}
