//! A connection that acts for one user.

use uuid::Uuid;

use crate::Parameter;
use crate::database::{Database, log_error};
use crate::error::{DbError, DecodeError, LoggedDbError};
use crate::parameters::Parameters;
use crate::row::FromRow;
use crate::statement::Statement;

/// A connection that acts for one user. Every statement gets the user's id as `:user_id`, its `$1`, beside the parameters given.
pub struct UserDatabase {
    database: Database,
    user_id: Uuid,
}

impl UserDatabase {
    /// Takes a connection from the host's pool.
    ///
    /// # Errors
    /// [`LoggedDbError`] when the id is no UUID, the address is missing or the database is out of reach.
    pub async fn open(user_id: &str, request_id: &str) -> Result<Self, LoggedDbError> {
        let user_id =
            Uuid::try_parse(user_id).map_err(|_| log_error(request_id, "connect", DbError::User))?;
        Ok(Self { database: Database::open(request_id).await?, user_id })
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
        self.database.rows_of(statement, self.values(statement, parameters)).await
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
        self.database.one_of(statement, self.values(statement, parameters)).await
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
        self.database.at_most_one_of(statement, self.values(statement, parameters)).await
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
        self.database.decode(statement, read)
    }

    /// Logs an error found by the statement's caller.
    #[must_use]
    pub fn fail<P, R>(&self, statement: &Statement<P, R>, error: DbError) -> LoggedDbError {
        self.database.fail(statement, error)
    }

    fn values<P: Parameters, R>(&self, statement: &Statement<P, R>, parameters: P) -> Vec<Parameter> {
        statement.values(Some(Parameter::Str(self.user_id.to_string())), parameters)
    }
}
