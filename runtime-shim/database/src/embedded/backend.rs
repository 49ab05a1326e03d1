//! The thread that owns the embedded PostgreSQL: it takes one batch at a time and answers it.
//!
//! A thread of its own because the engine blocks and brings its own asynchronous runtime.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use pglite_oxide::{ExecProtocolOptions, Pglite};
use tokio::sync::oneshot;

use super::reply::{self, Reply};
use crate::DatabaseError;

/// The one user of the database's own, who may do everything.
pub(super) const SUPERUSER: &str = "postgres";
/// The database every PostgreSQL has; the app's own is made from here.
const FIRST_DATABASE: &str = "template1";

enum Work {
    Run { bytes: Vec<u8>, closes: Vec<bool>, answer: oneshot::Sender<Result<Reply, BackendLost>> },
    Stop,
}

/// The engine failed on a batch and was started anew: what sessions knew of it is gone.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the embedded database had to restart")]
pub(super) struct BackendLost;

/// Why a batch was not run.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub(super) enum NotRun {
    #[error(transparent)]
    Lost(#[from] BackendLost),
    #[error("the role does not exist")]
    Role,
}

/// Gives work to the thread. One holder at a time: that holder's transaction is the session's.
#[derive(Debug)]
pub(super) struct Backend {
    work: mpsc::Sender<Work>,
    /// Whom the session acts for now.
    role: String,
    /// Counts starts of the engine; a client from before a restart has lost its statements.
    pub generation: u64,
}

/// The thread, to wait for.
#[derive(Debug)]
pub(super) struct BackendThread {
    work: mpsc::Sender<Work>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the database in `folder`, making it first when there is none; answers once it takes statements.
///
/// # Errors
/// When another process has the folder open, or the engine does not start.
pub(super) async fn start(
    folder: PathBuf,
    database: String,
) -> Result<(Backend, BackendThread, String), DatabaseError> {
    let (work, todo) = mpsc::channel();
    let (opened, is_open) = oneshot::channel();
    let shown = folder.clone();
    let thread = std::thread::Builder::new()
        .name("embedded-postgres".to_owned())
        .spawn(move || serve(&folder, &database, &todo, opened))
        .map_err(|error| DatabaseError::EmbeddedStart { folder: shown.clone(), reason: error.to_string() })?;
    let version =
        is_open.await.unwrap_or_else(|_| Err("its thread ended".to_owned())).map_err(
            |reason| match reason {
                reason if reason.contains("in use") || reason.contains("lock") => {
                    DatabaseError::EmbeddedInUse { folder: shown.clone() }
                }
                reason => DatabaseError::EmbeddedStart { folder: shown.clone(), reason },
            },
        )?;
    let backend = Backend { work: work.clone(), role: SUPERUSER.to_owned(), generation: 0 };
    let thread = BackendThread { work, thread: Some(thread) };
    Ok((backend, thread, version))
}

impl Backend {
    /// Runs a batch as `role`.
    ///
    /// # Errors
    /// When the engine failed (it has been started anew) or the session cannot act as `role`.
    pub(super) async fn run(
        &mut self,
        role: &str,
        bytes: Vec<u8>,
        closes: Vec<bool>,
    ) -> Result<Reply, NotRun> {
        if self.role != role {
            let quoted = role.replace('"', "\"\"");
            let sql = format!("SET SESSION AUTHORIZATION \"{quoted}\"");
            self.send(query(&sql), Vec::new()).await?;
        }
        if self.role != role {
            return Err(NotRun::Role);
        }
        Ok(self.send(bytes, closes).await?)
    }

    /// Ends whatever transaction is open.
    ///
    /// # Errors
    /// When the engine failed; then there is none either.
    pub(super) async fn roll_back(&mut self) -> Result<(), BackendLost> {
        self.send(query("ROLLBACK"), Vec::new()).await?;
        Ok(())
    }

    async fn send(&mut self, bytes: Vec<u8>, closes: Vec<bool>) -> Result<Reply, BackendLost> {
        let (answer, answered) = oneshot::channel();
        let work = Work::Run { bytes, closes, answer };
        let sent = self.work.send(work).map_err(|_| BackendLost);
        let reply = match sent {
            Ok(()) => answered.await.unwrap_or(Err(BackendLost)),
            Err(lost) => Err(lost),
        };
        match &reply {
            Ok(reply) => {
                if let Some(role) = &reply.role {
                    self.role.clone_from(role);
                }
            }
            Err(BackendLost) => {
                SUPERUSER.clone_into(&mut self.role);
                self.generation += 1;
            }
        }
        reply
    }
}

impl BackendThread {
    /// Has the database write everything and end.
    pub(super) async fn stop(mut self) {
        if self.work.send(Work::Stop).is_ok()
            && let Some(thread) = self.thread.take()
        {
            // Joining blocks; the engine ends in milliseconds.
            let _ended = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn serve(
    folder: &Path,
    database: &str,
    todo: &mpsc::Receiver<Work>,
    opened: oneshot::Sender<Result<String, String>>,
) {
    let (mut engine, version) = match open_or_create(folder, database) {
        Ok(started) => started,
        Err(error) => {
            let _gone = opened.send(Err(format!("{error:#}")));
            return;
        }
    };
    if opened.send(Ok(version)).is_err() {
        return;
    }
    while let Ok(Work::Run { bytes, closes, answer }) = todo.recv() {
        match run(&mut engine, &bytes) {
            Ok(bytes) => {
                let _client_gone = answer.send(Ok(reply::read(bytes, &closes)));
            }
            Err(error) => {
                tracing::error!("embedded database: {error}; it starts anew");
                drop(engine);
                let restarted = open(folder, database);
                let _client_gone = answer.send(Err(BackendLost));
                engine = match restarted {
                    Ok(engine) => engine,
                    Err(error) => {
                        tracing::error!("embedded database: {error}");
                        return;
                    }
                };
            }
        }
    }
    if let Err(error) = engine.close() {
        tracing::warn!("embedded database: stopping: {error:#}");
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn open_or_create(folder: &Path, database: &str) -> Result<(Pglite, String), Failure> {
    // Written last, so that a start cut short is repeated: making the database twice is harmless.
    let marker = folder.join("database");
    if std::fs::read_to_string(&marker).ok().as_deref() != Some(database) {
        std::fs::create_dir_all(folder)?;
        let mut first = open(folder, FIRST_DATABASE)?;
        let name = database.replace('"', "\"\"");
        let answer = run(&mut first, &query(&format!("CREATE DATABASE \"{name}\"")))?;
        first.close()?;
        let failed = answer.first() == Some(&b'E');
        // 42P04: it exists, from a start that was cut short.
        if failed && !answer.windows(6).any(|code| code == b"C42P04") {
            return Err(format!("could not make database {database}").into());
        }
        std::fs::write(&marker, database)?;
    }
    let mut engine = open(folder, database)?;
    let rows = engine.query("SHOW server_version", &[], None)?;
    let version = rows
        .rows
        .first()
        .and_then(|row| row.get("server_version"))
        .and_then(|value| value.as_str())
        .unwrap_or_default()
        .to_owned();
    Ok((engine, version))
}

fn open(folder: &Path, database: &str) -> Result<Pglite, Failure> {
    let engine = Pglite::builder()
        .path(folder)
        // A cluster of its own: a template would leave part of the data in a cache elsewhere.
        .template_cache(false)
        .database(database)
        // A local run is one small user: less memory than the default 128 MB.
        .postgres_config("shared_buffers", "32MB")
        .open()?;
    Ok(engine)
}

fn run(engine: &mut Pglite, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let options = ExecProtocolOptions { sync_to_fs: false, ..ExecProtocolOptions::default() };
    Ok(engine.exec_protocol_raw(bytes, options)?)
}

/// A simple query message.
pub(super) fn query(sql: &str) -> Vec<u8> {
    reply::framed(b'Q', &[sql.as_bytes(), b"\0"].concat())
}
