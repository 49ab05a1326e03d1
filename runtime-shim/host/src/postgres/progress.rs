//! What a statement's end is to those who watch.

use opentelemetry::KeyValue;
use opentelemetry_semantic_conventions::attribute::DB_RESPONSE_STATUS_CODE;
use runtime_observability::{HostCallSpan, Outcome};

/// A statement on its way, where somebody knows which request it is for. Dropped early, it counts as abandoned.
pub(super) struct Progress(Option<HostCallSpan>);

impl Progress {
    /// Of the statement that `call` is.
    pub fn new(call: Option<HostCallSpan>) -> Self {
        Self(call)
    }

    /// The last row was read.
    pub fn done(self) {
        if let Some(call) = self.0 {
            call.finish(Outcome::Ok, None);
        }
    }

    /// The host did not run it.
    pub fn refused(self) {
        if let Some(call) = self.0 {
            call.finish(Outcome::Error, Some("refused".into()));
        }
    }

    /// There was no connection to run it on.
    pub fn no_connection(self) {
        if let Some(call) = self.0 {
            call.finish(Outcome::Unavailable, Some("connection_failed".into()));
        }
    }

    /// The server has stopped answering.
    pub fn no_answer(self) {
        if let Some(call) = self.0 {
            call.finish(Outcome::Unavailable, Some("no_answer".into()));
        }
    }

    /// The server's error by its code, which holds no data; or the end of the connection.
    pub fn failed(self, error: &tokio_postgres::Error) {
        let Some(mut call) = self.0 else { return };
        match error.code() {
            Some(state) => {
                let code = state.code().to_owned();
                call.note(|| KeyValue::new(DB_RESPONSE_STATUS_CODE, code.clone()));
                // Class 57P, operator intervention, and 08, connection exceptions, are not about the statement.
                let lost = code.starts_with("57P") || code.starts_with("08");
                let outcome = if lost { Outcome::Unavailable } else { Outcome::Error };
                call.finish(outcome, Some(code.into()));
            }
            None => call.finish(Outcome::Unavailable, Some("connection_lost".into())),
        }
    }
}
