//! What went wrong at which door.

/// What went wrong at which door.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No answer came.
    #[error("{request}: {source}")]
    NoAnswer {
        /// Method and path.
        request: String,
        /// From the client.
        source: Box<ureq::Error>,
    },
    /// An answer of another status than success.
    #[error("{request} was answered with {status}: {body}")]
    Status {
        /// Method and path.
        request: String,
        /// HTTP status.
        status: u16,
        /// The problem, as the app tells it.
        body: String,
    },
    /// An answer without what it has to have.
    #[error("{what} is missing in {answer}")]
    Missing {
        /// What was looked for.
        what: &'static str,
        /// Where.
        answer: String,
    },
}
