//! A connection that acts for one user.

use uuid::Uuid;

use crate::Parameter;
use crate::database::{Database, failure};
use crate::error::{Failure, Fault, Inconsistency};
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
    /// [`Failure`] when the id is no UUID, the address is missing or the database is out of reach.
    pub async fn open(user_id: &str, request_id: &str) -> Result<Self, Failure> {
        let user_id = Uuid::try_parse(user_id).map_err(|_| failure(request_id, "connect", Fault::User))?;
        Ok(Self { database: Database::open(request_id).await?, user_id })
    }

    /// Runs a statement and answers its rows.
    ///
    /// # Errors
    /// [`Failure`] when it does not run, or a row does not make sense.
    pub async fn rows<P: Parameters, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        parameters: P,
    ) -> Result<Vec<R>, Failure> {
        self.database.rows_of(statement, self.values(statement, parameters)).await
    }

    /// Runs a statement that answers exactly one row.
    ///
    /// # Errors
    /// [`Failure`] when it does not run, answers another number of rows, or the row does not make sense.
    pub async fn one<P: Parameters, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        parameters: P,
    ) -> Result<R, Failure> {
        self.database.one_of(statement, self.values(statement, parameters)).await
    }

    /// Runs a statement that answers one row or none.
    ///
    /// # Errors
    /// [`Failure`] when it does not run, answers several rows, or the row does not make sense.
    pub async fn at_most_one<P: Parameters, R: FromRow>(
        &self,
        statement: &Statement<P, R>,
        parameters: P,
    ) -> Result<Option<R>, Failure> {
        self.database.at_most_one_of(statement, self.values(statement, parameters)).await
    }

    /// Reads what rows mean, and logs the first that means nothing.
    ///
    /// # Errors
    /// [`Failure`] with what `read` answered.
    pub fn reading<P, R, T>(
        &self,
        statement: &Statement<P, R>,
        read: impl FnOnce() -> Result<T, Inconsistency>,
    ) -> Result<T, Failure> {
        self.database.reading(statement, read)
    }

    /// Logs a fault found by the statement's caller.
    #[must_use]
    pub fn fail<P, R>(&self, statement: &Statement<P, R>, fault: Fault) -> Failure {
        self.database.fail(statement, fault)
    }

    fn values<P: Parameters, R>(&self, statement: &Statement<P, R>, parameters: P) -> Vec<Parameter> {
        statement.values(Some(Parameter::Str(self.user_id.to_string())), parameters)
    }
}
