//! A connection that acts for one user.

use uuid::Uuid;

use crate::Parameter;
use crate::database::{Database, failure};
use crate::error::{Failure, Fault, Inconsistency};
use crate::row::Row;
use crate::statement::Statement;

/// A connection that acts for one user. Every statement gets the user's id as `$1`, before the parameters given.
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
    /// [`Failure`] when it does not run.
    pub async fn rows(&self, statement: &Statement, parameters: Vec<Parameter>) -> Result<Vec<Row>, Failure> {
        self.database.rows(statement, self.acting(parameters)).await
    }

    /// Runs a statement that answers exactly one row.
    ///
    /// # Errors
    /// [`Failure`] when it does not run or answers another number of rows.
    pub async fn one(&self, statement: &Statement, parameters: Vec<Parameter>) -> Result<Row, Failure> {
        self.database.one(statement, self.acting(parameters)).await
    }

    /// Runs a statement that answers one row or none.
    ///
    /// # Errors
    /// [`Failure`] when it does not run or answers several rows.
    pub async fn at_most_one(
        &self,
        statement: &Statement,
        parameters: Vec<Parameter>,
    ) -> Result<Option<Row>, Failure> {
        self.database.at_most_one(statement, self.acting(parameters)).await
    }

    /// Reads what rows mean, and logs the first that means nothing.
    ///
    /// # Errors
    /// [`Failure`] with what `read` answered.
    pub fn reading<T>(
        &self,
        statement: &Statement,
        read: impl FnOnce() -> Result<T, Inconsistency>,
    ) -> Result<T, Failure> {
        self.database.reading(statement, read)
    }

    /// Logs a fault found by the statement's caller.
    #[must_use]
    pub fn fail(&self, statement: &Statement, fault: Fault) -> Failure {
        self.database.fail(statement, fault)
    }

    fn acting(&self, mut parameters: Vec<Parameter>) -> Vec<Parameter> {
        parameters.insert(0, Parameter::Str(self.user_id.to_string()));
        parameters
    }
}
