//! One server: how it is started, when it is ready, what keeps it from starting.

use std::net::TcpListener;
use std::time::Duration;

use postgres_programs::Programs;
use sqlx::{Connection as _, Executor as _};
use tokio::time::{Instant, sleep, timeout};

use super::SUPERUSER;
use super::account::{Account, Reachable};
use super::child::{Child, spawn};
use super::folder::Folder;
use super::takeover::take_over;
use crate::DatabaseError;
use crate::provision::{identifier, sqlstate};
use crate::server::ServerUrl;

/// What is different from PostgreSQL's own defaults, for a server that serves one app on its own machine.
const SETTINGS: [&str; 9] = [
    "listen_addresses=127.0.0.1",
    // Its path would be too long in many a folder, and components do not take it.
    "unix_socket_directories=",
    // Two roles with a pool each (10 unless the runtime config says otherwise), and people who look inside.
    "max_connections=200",
    "shared_buffers=64MB",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    // Details repeat values of rows.
    "log_error_verbosity=terse",
];

/// What a server does first after a crash is to have its whole folder written to the disk: by one call instead of one
/// for each of 1,000 files, which takes seconds on a busy disk. Only Linux has that call.
#[cfg(target_os = "linux")]
const RECOVERY: &[&str] = &["recovery_init_sync_method=syncfs"];
#[cfg(not(target_os = "linux"))]
const RECOVERY: &[&str] = &[];

/// How long a server may take until it is ready: after a crash it repeats what it had written down.
const READY_TIMEOUT: Duration = Duration::from_secs(120);
/// For one try to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Between the first two tries, and at most: each refusal is a line in the log.
const MIN_BACKOFF: Duration = Duration::from_millis(10);
const MAX_BACKOFF: Duration = Duration::from_millis(100);
/// A refused password can be another server's, at a port that was taken in the same moment; then ours ends by itself.
const END_TIMEOUT: Duration = Duration::from_millis(500);
/// How often to choose another port.
const MAX_PORTS: u32 = 5;

/// What it takes to start the server, again and again, at the same port.
pub(super) struct Server {
    pub(super) folder: Folder,
    pub(super) programs: Programs,
    pub(super) account: Option<Account>,
    pub(super) password: String,
    pub(super) database: String,
    pub(super) port: u16,
}

impl Server {
    /// Starts it at a free port.
    ///
    /// # Errors
    /// See [`Self::start`].
    pub(super) async fn start_anywhere(&mut self) -> Result<Child, DatabaseError> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            self.port = free_port().map_err(|error| self.folder.error(error.to_string()))?;
            match self.start().await {
                Err(DatabaseError::EmbeddedPort { .. }) if attempts < MAX_PORTS => {}
                started => return started,
            }
        }
    }

    /// Starts it at its port and waits until the database takes statements; makes the database when it is missing.
    ///
    /// # Errors
    /// [`DatabaseError::EmbeddedPort`] when another program has the port; [`DatabaseError::EmbeddedStart`].
    pub(super) async fn start(&self) -> Result<Child, DatabaseError> {
        let data = self.folder.data();
        let failed = |reason: String| self.folder.error(reason);
        let handle = take_over(&data).await.map_err(failed)?;
        let reachable = Reachable::through(handle, &data, self.account.as_ref()).map_err(failed)?;
        let mut arguments = vec!["-D".to_owned(), reachable.path.display().to_string()];
        let port = format!("port={}", self.port);
        for setting in SETTINGS.iter().chain(RECOVERY).chain([&port.as_str()]) {
            arguments.extend(["-c".to_owned(), (*setting).to_owned()]);
        }
        let log = self.folder.log();
        log.trim();
        let before = log.length();
        let output = log.open().map_err(|error| failed(format!("{}: {error}", log.path().display())))?;
        let program = self.programs.path("postgres");
        let mut child =
            spawn(&program, &arguments, self.account.as_ref(), reachable, output.into()).map_err(failed)?;
        match self.ready(&mut child).await {
            Ok(()) => Ok(child),
            Err(NotReady::Ended) => Err(self.ended(&log.reason_since(before))),
            Err(NotReady::Refused(reason)) => {
                child.stop().await;
                Err(failed(reason))
            }
        }
    }

    /// The owner's address of a database of this server.
    pub(super) fn url(&self, database: &str) -> Result<ServerUrl, DatabaseError> {
        let Self { password, port, .. } = self;
        ServerUrl::parse(&format!(
            "postgres://{SUPERUSER}:{password}@127.0.0.1:{port}/{database}?sslmode=disable"
        ))
    }

    fn ended(&self, reason: &str) -> DatabaseError {
        match reason.contains("could not create any TCP/IP sockets") {
            true => DatabaseError::EmbeddedPort { port: self.port },
            false => self.folder.error(reason),
        }
    }

    async fn ready(&self, child: &mut Child) -> Result<(), NotReady> {
        let refused = |error: DatabaseError| NotReady::Refused(error.to_string());
        let url = self.url(&self.database).map_err(refused)?;
        let deadline = Instant::now() + READY_TIMEOUT;
        let mut pause = MIN_BACKOFF;
        loop {
            // Whoever has the port instead may accept a connection and say nothing.
            let tried = tokio::select! {
                tried = timeout(CONNECT_TIMEOUT, url.connect()) => tried,
                _ended = child.ended() => return Err(NotReady::Ended),
            };
            match tried {
                Ok(Ok(connection)) => {
                    let _closed = connection.close().await;
                    return if child.has_ended() { Err(NotReady::Ended) } else { Ok(()) };
                }
                Ok(Err(DatabaseError::Connect { source, .. })) => match sqlstate(&source).as_deref() {
                    // The database is missing: the server is up for the first time, or was stopped before it was made.
                    Some("3D000") => return self.create_database().await.map_err(refused),
                    Some("28P01") => return Err(self.wrong_password(child).await),
                    _ if Instant::now() < deadline => {}
                    _ => {
                        return Err(NotReady::Refused(format!(
                            "not ready after {READY_TIMEOUT:?}: {source}"
                        )));
                    }
                },
                Ok(Err(error)) => return Err(refused(error)),
                Err(_silent) if Instant::now() < deadline => {}
                Err(_silent) => return Err(NotReady::Refused(format!("silent for {READY_TIMEOUT:?}"))),
            }
            sleep(pause).await;
            pause = (pause * 3 / 2).min(MAX_BACKOFF);
        }
    }

    async fn create_database(&self) -> Result<(), DatabaseError> {
        let mut connection = self.url(SUPERUSER)?.connect().await?;
        let sql = format!("CREATE DATABASE {}", identifier(&self.database));
        let doing = format!("making database {}", self.database);
        let made = connection.execute(sqlx::AssertSqlSafe(sql)).await;
        let _closed = connection.close().await;
        made.map(|_| ()).map_err(|source| DatabaseError::Statement { doing, source })
    }

    async fn wrong_password(&self, child: &mut Child) -> NotReady {
        if timeout(END_TIMEOUT, child.ended()).await.is_ok() {
            return NotReady::Ended;
        }
        NotReady::Refused(
            "the owner's password, in the folder `secrets` beside it, is not the one it was made with: bring back that \
             folder, or move both away"
                .to_owned(),
        )
    }
}

enum NotReady {
    /// The server has ended; its log says why.
    Ended,
    /// In words.
    Refused(String),
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::cluster;

    async fn server(folder: &std::path::Path) -> Server {
        let folder = Folder::open(folder).unwrap();
        let programs = Programs::installed().into_iter().next().unwrap();
        let account = Account::for_server(&folder.data()).unwrap();
        cluster::create(&folder, &programs, account.as_ref(), "secret").await.unwrap();
        let (password, database) = ("secret".to_owned(), "app".to_owned());
        Server { folder, programs, account, password, database, port: 0 }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_port_that_is_taken_is_named_and_another_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut server = server(folder.path()).await;
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        server.port = taken.local_addr().unwrap().port();
        let error = server.start().await.err().unwrap();
        assert!(matches!(&error, DatabaseError::EmbeddedPort { port } if *port == server.port), "{error}");
        let child = server.start_anywhere().await.unwrap();
        assert_ne!(server.port, taken.local_addr().unwrap().port());
        child.stop().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn another_postgresql_at_its_port_is_not_taken_for_it() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (mut first, mut second) = (server(one.path()).await, server(two.path()).await);
        second.password = "another".to_owned();
        let running = first.start_anywhere().await.unwrap();
        second.port = first.port;
        let error = second.start().await.err().unwrap();
        assert!(matches!(error, DatabaseError::EmbeddedPort { .. }), "{error}");
        running.stop().await;
    }
}
