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
    /// Prepared statements kept per connection.
    pub statement_cache: usize,
    /// A database that takes one connection only.
    pub shared_connection: Option<SharedConnection>,
}

/// A database that takes only one connection, shared by all its users: the connection is opened as a superuser and
/// changes its role to the user each component names.
#[derive(Clone, Debug)]
pub struct SharedConnection {
    /// Host of that database, as component addresses name it.
    pub host: String,
    /// Port of that database.
    pub port: u16,
    /// The user to connect as, who may become any other.
    pub superuser: String,
}

impl Default for PostgresSettings {
    fn default() -> Self {
        Self {
            max_connections: 10,
            acquire_timeout: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(3),
            statement_cache: 256,
            shared_connection: None,
        }
    }
}
