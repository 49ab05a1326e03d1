//! How the process uses its databases.

use std::time::Duration;

/// Settings of all pools.
#[derive(Clone, Debug)]
pub struct PostgresSettings {
    /// Most connections to one database at a time; at least 1.
    pub max_connections: usize,
    /// How long a statement waits for a free connection.
    pub acquire_timeout: Duration,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long the server may send nothing while it is waited for, however its own limits are set.
    pub answer_timeout: Duration,
    /// Prepared statements kept per connection.
    pub statement_cache: usize,
}

impl Default for PostgresSettings {
    fn default() -> Self {
        Self {
            max_connections: 10,
            acquire_timeout: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(3),
            answer_timeout: Duration::from_secs(15),
            statement_cache: 256,
        }
    }
}
