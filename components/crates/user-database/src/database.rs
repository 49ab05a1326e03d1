//! Opening PostgreSQL and running a statement.

use std::rc::Rc;
use std::sync::OnceLock;

use log::Level;
use spin_sdk::pg::{Connection, Error};
use spin_sdk::variables;

use crate::error::{DbError, DecodeError, LoggedDbError};
use crate::parameters::Parameters;
use crate::row::{FromRow, Row};
use crate::statement::Statement;
use crate::{Parameter, outcome};

/// The variable that holds the address.
const ADDRESS: &str = "database_url";
/// How many rows are asked for at once.
const BATCH_ROWS: usize = 128;

/// A connection that acts for nobody: row-level security shows it no row of any user. For health checks and the
/// sign-in, whose statements read what belongs to no signed-in user.
pub struct Database {
    connection: Connection,
    request_id: String,
}

impl Database {
    /// Takes a connection from the host's pool.
    ///
    /// # Errors
    /// [`LoggedDbError`] when the address is missing or the database is out of reach.
    pub async fn open(request_id: &str) -> Result<Self, LoggedDbError> {
        match connect().await {
            Ok(connection) => Ok(Self { connection, request_id: request_id.to_owned() }),
            Err(error) => Err(log_error(request_id, "connect", error)),
        }
    }

    /// Runs a statement and answers its rows.
    ///
    /// # Errors
    /// [`LoggedDbError`] when it does not run, or a row does not make sense.
    pub async fn rows<P: Parameters, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        parameters: P,
    ) -> Result<Vec<R>, LoggedDbError> {
        self.rows_of(statement, statement.values(None, parameters)).await
    }

    /// Runs a statement that answers exactly one row.
    ///
    /// # Errors
    /// [`LoggedDbError`] when it does not run, answers another number of rows, or the row does not make sense.
    pub async fn one<P: Parameters, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        parameters: P,
    ) -> Result<R, LoggedDbError> {
        self.one_of(statement, statement.values(None, parameters)).await
    }

    /// Runs a statement that answers one row or none.
    ///
    /// # Errors
    /// [`LoggedDbError`] when it does not run, answers several rows, or the row does not make sense.
    pub async fn at_most_one<P: Parameters, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        parameters: P,
    ) -> Result<Option<R>, LoggedDbError> {
        self.at_most_one_of(statement, statement.values(None, parameters)).await
    }

    /// Reads what rows mean, and logs the first that means nothing.
    ///
    /// # Errors
    /// [`LoggedDbError`] with what `read` answered.
    pub fn decode<P, R, T>(
        &self,
        statement: &Statement<P, R>,
        read: impl FnOnce() -> Result<T, DecodeError>,
    ) -> Result<T, LoggedDbError> {
        read().map_err(|error| self.fail(statement, error.into()))
    }

    /// Logs an error found by the statement's caller.
    #[must_use]
    pub fn fail<P, R>(&self, statement: &Statement<P, R>, error: DbError) -> LoggedDbError {
        log_error(&self.request_id, statement.name, error)
    }

    /// The rows that a statement answers for these values, in the order of its numbers.
    pub(crate) async fn rows_of<P, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        values: Vec<Parameter>,
    ) -> Result<Vec<R>, LoggedDbError> {
        let rows = self.run(statement, values).await.map_err(|error| self.fail(statement, error))?;
        self.decode(statement, || rows.into_iter().map(|mut row| R::from_row(&mut row)).collect())
    }

    pub(crate) async fn one_of<P, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        values: Vec<Parameter>,
    ) -> Result<R, LoggedDbError> {
        outcome::one(self.rows_of(statement, values).await?).map_err(|error| self.fail(statement, error))
    }

    pub(crate) async fn at_most_one_of<P, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        values: Vec<Parameter>,
    ) -> Result<Option<R>, LoggedDbError> {
        outcome::at_most_one(self.rows_of(statement, values).await?)
            .map_err(|error| self.fail(statement, error))
    }

    async fn run<P, R>(
        &self,
        statement: &Statement<P, R>,
        values: Vec<Parameter>,
    ) -> Result<Vec<Row>, DbError> {
        let mut answer = self.connection.query(statement.sql.as_ref(), values).await?;
        let columns: Rc<[String]> = answer.columns().iter().map(|column| column.name.clone()).collect();
        let mut rows = Vec::new();
        loop {
            // Many rows for one call of the host.
            let (_, batch) = answer.rows().read(Vec::with_capacity(BATCH_ROWS)).await;
            if batch.is_empty() {
                break;
            }
            rows.extend(
                batch.into_iter().map(|values| Row::new(statement.table, Rc::clone(&columns), values)),
            );
        }
        answer.result().await?;
        Ok(rows)
    }
}

/// The address is read once in the life of an instance.
async fn connect() -> Result<Connection, DbError> {
    static URL: OnceLock<String> = OnceLock::new();
    let url = match URL.get() {
        Some(url) => url,
        None => {
            let url = variables::get(ADDRESS).await.map_err(|error| DbError::Settings(error.to_string()))?;
            URL.get_or_init(|| url)
        }
    };
    Ok(Connection::open(url.as_str()).await?)
}

pub(crate) fn log_error(request_id: &str, statement: &str, error: DbError) -> LoggedDbError {
    // Values of parameters and rows are never part of it.
    let level = match &error {
        DbError::Unavailable { .. } => Level::Warn,
        // An input names a row that is not there (foreign_key_violation): no fault of ours.
        DbError::Constraint { code, .. } if code == "23503" => Level::Info,
        _ => Level::Error,
    };
    log::log!(level, request_id, statement; "{error}");
    LoggedDbError { error, request_id: request_id.to_owned() }
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        match error {
            Error::PgError(error) => error.into(),
            Error::Decode(reason) => Self::Driver(reason),
        }
    }
}
