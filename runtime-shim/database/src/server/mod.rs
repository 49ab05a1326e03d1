//! A PostgreSQL server somewhere, named by its owner's URL.

use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use url::Url;

use crate::DatabaseError;
use crate::provision::sqlstate;

/// The oldest major version the app's SQL runs on.
pub(crate) const OLDEST: u32 = 15;
/// Between two tries to reach a server that may still be starting.
const RETRY_INTERVAL: Duration = Duration::from_millis(500);
/// Makes guessing the owner's password from a role's slow, at a few milliseconds for each start.
const DERIVATION_ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(20_000);

/// A database on a server, as its owner reaches it: `postgres://owner:password@host:port/database?parameters`.
#[derive(Clone)]
pub struct ServerUrl {
    url: Url,
    host: String,
    port: u16,
    database: String,
}

impl std::fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the password.
        write!(f, "postgres://{}@{}:{}/{}", self.user(), self.host, self.port, self.database)
    }
}

impl ServerUrl {
    /// Reads the URL.
    ///
    /// # Errors
    /// [`DatabaseError::Url`], without repeating the URL: it holds a password.
    pub fn parse(text: &str) -> Result<Self, DatabaseError> {
        let wrong = |reason: &str| DatabaseError::Url(reason.to_owned());
        let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(wrong("it must start with postgres://"));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no host"))?;
        if url.username().is_empty() {
            return Err(wrong("it names no user"));
        }
        let database =
            percent_decode_str(url.path().trim_start_matches('/')).decode_utf8_lossy().into_owned();
        if database.is_empty() {
            return Err(wrong("it names no database"));
        }
        Ok(Self { host: host.to_owned(), port: url.port().unwrap_or(5432), database, url })
    }

    /// Host name or address.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Port, 5432 when the URL names none.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Name of the database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The query of the URL (`sslmode=…` and so on), for the roles of the app.
    pub fn parameters(&self) -> &str {
        self.url.query().unwrap_or("sslmode=prefer")
    }

    fn user(&self) -> String {
        percent_decode_str(self.url.username()).decode_utf8_lossy().into_owned()
    }

    pub(crate) fn connect_options(&self) -> Result<PgConnectOptions, DatabaseError> {
        let options = PgConnectOptions::from_str(self.url.as_str())
            .map_err(|error| DatabaseError::Url(error.to_string()))?;
        let named = self.url.query_pairs().any(|(name, _)| name == "application_name");
        let options = if named { options } else { options.application_name("runtime-shim") };
        Ok(options.disable_statement_logging())
    }

    pub(crate) fn connect_error(&self, source: sqlx::Error) -> DatabaseError {
        DatabaseError::Connect { host: self.host.clone(), port: self.port, user: self.user(), source }
    }

    /// Opens a connection for the owner and looks at the version.
    ///
    /// # Errors
    /// [`DatabaseError::Connect`], [`DatabaseError::TooOld`].
    pub async fn connect(&self) -> Result<PgConnection, DatabaseError> {
        let connecting = PgConnection::connect_with(&self.connect_options()?).await;
        let connection = connecting.map_err(|source| self.connect_error(source))?;
        if let Some(version) = connection.server_version_num()
            && version / 10_000 < OLDEST
        {
            return Err(DatabaseError::TooOld { found: (version / 10_000).to_string() });
        }
        Ok(connection)
    }

    /// Like [`Self::connect`], for a server that may still be starting: tries again until `timeout` is over.
    ///
    /// # Errors
    /// The last try's. A server that is too old is not asked again.
    pub async fn connect_within(&self, timeout: Duration) -> Result<PgConnection, DatabaseError> {
        let deadline = Instant::now() + timeout;
        loop {
            match self.connect().await {
                Err(DatabaseError::Connect { .. }) if Instant::now() + RETRY_INTERVAL < deadline => {
                    tokio::time::sleep(RETRY_INTERVAL).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// A password for `role` that everybody who knows the owner's password comes to, and nobody else; none when the
    /// URL has no password.
    pub(crate) fn derive_password(&self, role: &str) -> Option<String> {
        let owner = self.url.password()?;
        let mut derived = [0; 32];
        let salt = format!("runtime-shim role password\0{role}");
        ring::pbkdf2::derive(
            ring::pbkdf2::PBKDF2_HMAC_SHA256,
            DERIVATION_ROUNDS,
            salt.as_bytes(),
            owner.as_bytes(),
            &mut derived,
        );
        Some(derived.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether `role` can sign in with `password`.
    pub async fn admits(&self, role: &str, password: &str) -> bool {
        let Ok(options) = self.connect_options() else { return false };
        match PgConnection::connect_with(&options.username(role).password(password)).await {
            Ok(connection) => {
                let _closed = connection.close().await;
                true
            }
            Err(_) => false,
        }
    }

    /// Whether `password` is that of `role`, even where the role may not use this database.
    pub(crate) async fn accepts(&self, role: &str, password: &str) -> bool {
        let Ok(options) = self.connect_options() else { return false };
        match PgConnection::connect_with(&options.username(role).password(password)).await {
            Ok(connection) => {
                let _closed = connection.close().await;
                true
            }
            // 42501: it may not connect to this database, which the server looks at after the password.
            Err(error) => sqlstate(&error).as_deref() == Some("42501"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_read() {
        let url =
            ServerUrl::parse("postgresql://own%20er:s3cret@db.example:6543/to%2Ddo?sslmode=require").unwrap();
        assert_eq!((url.host(), url.port(), url.database()), ("db.example", 6543, "to-do"));
        assert_eq!((url.user(), url.parameters()), ("own er".to_owned(), "sslmode=require"));
        assert!(!format!("{url:?}").contains("s3cret"));
        assert_eq!(ServerUrl::parse("postgres://o@h/d").unwrap().port(), 5432);
    }

    #[test]
    fn a_derived_password_depends_on_owner_and_role_alone() {
        let of = |url: &str, role: &str| ServerUrl::parse(url).unwrap().derive_password(role);
        let password = of("postgres://o:s3cret@127.0.0.1/a", "app").unwrap();
        assert_eq!(password.len(), 64);
        assert_eq!(of("postgres://o:s3cret@localhost:5433/b", "app").unwrap(), password);
        assert_ne!(of("postgres://o:s3cret@127.0.0.1/a", "other").unwrap(), password);
        assert_ne!(of("postgres://o:other@127.0.0.1/a", "app").unwrap(), password);
        assert_eq!(of("postgres://o@127.0.0.1/a", "app"), None);
    }

    #[test]
    fn what_is_missing_is_said_without_the_password() {
        for (text, reason) in [
            ("mysql://o:s3cret@h/d", "postgres://"),
            ("postgres://h/d", "no user"),
            ("postgres://o:s3cret@h", "no database"),
            ("postgres://o:s3cret@/d", "host"),
            ("s3cret", "URL"),
        ] {
            let error = ServerUrl::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
