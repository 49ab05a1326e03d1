//! What a statement's end is to those who watch.

use opentelemetry::KeyValue;
use opentelemetry_semantic_conventions::attribute::DB_RESPONSE_STATUS_CODE;
use runtime_observability::{Outcome, Work};

/// A statement on its way, where somebody knows which request it is for. Dropped early, it counts as abandoned.
pub(super) struct Progress(Option<Work>);

impl Progress {
    /// Of the statement that is `work`.
    pub fn of(work: Option<Work>) -> Self {
        Self(work)
    }

    /// The last row was read.
    pub fn done(self) {
        if let Some(work) = self.0 {
            work.finish(Outcome::Ok, None);
        }
    }

    /// The host did not run it.
    pub fn refused(self) {
        if let Some(work) = self.0 {
            work.finish(Outcome::Error, Some("refused".into()));
        }
    }

    /// There was no connection to run it on.
    pub fn no_connection(self) {
        if let Some(work) = self.0 {
            work.finish(Outcome::Unavailable, Some("connection_failed".into()));
        }
    }

    /// The server has stopped answering.
    pub fn no_answer(self) {
        if let Some(work) = self.0 {
            work.finish(Outcome::Unavailable, Some("no_answer".into()));
        }
    }

    /// The server's error by its code, which holds no data; or the end of the connection.
    pub fn failed(self, error: &tokio_postgres::Error) {
        let Some(mut work) = self.0 else { return };
        match error.code() {
            Some(state) => {
                let code = state.code().to_owned();
                work.note(|| KeyValue::new(DB_RESPONSE_STATUS_CODE, code.clone()));
                // Class 57P, operator intervention, and 08, connection exceptions, are not about the statement.
                let lost = code.starts_with("57P") || code.starts_with("08");
                let outcome = if lost { Outcome::Unavailable } else { Outcome::Error };
                work.finish(outcome, Some(code.into()));
            }
            None => work.finish(Outcome::Unavailable, Some("connection_lost".into())),
        }
    }
}
