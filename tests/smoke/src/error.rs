//! What went wrong at which endpoint.

use std::path::PathBuf;

/// What went wrong at which endpoint.
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
    /// Asked to look at the cluster outside of one.
    #[error("{name} is not set: `wait-for-rollout` runs in a pod of the cluster it looks at")]
    OutsideCluster {
        /// The environment variable that Kubernetes sets in every pod.
        name: &'static str,
    },
    /// A file of the service account.
    #[error("cannot read {}: {source}. The pod needs a service account's token there", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// From the system.
        source: std::io::Error,
    },
    /// The API server's certificate authority.
    #[error("{} holds no certificate in PEM form: {source}", path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// From the parser.
        source: Box<ureq::Error>,
    },
    /// The new pods do not serve.
    #[error("not rolled out within {seconds} seconds: {reason}")]
    NotRolledOut {
        /// How long was waited.
        seconds: u64,
        /// What was seen last.
        reason: String,
    },
}
