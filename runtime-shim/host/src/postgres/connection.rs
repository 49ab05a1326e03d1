//! One physical connection with its prepared statements.

use super::bindings::Error;
use super::settings::PostgresSettings;
use lru::LruCache;
use std::future::Future;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, RowStream, Statement};

/// Clears what a self-contained statement can leave behind by way of functions it calls.
const QUICK_RESET: &str = "RESET ALL; SELECT pg_catalog.pg_advisory_unlock_all()";

/// A connection and what is known of its session.
pub struct Connection {
    client: Client,
    statements: Mutex<LruCache<Box<str>, Statement>>,
    /// The last use may have left something behind: the quick reset goes ahead of the next statement.
    needs_reset: AtomicBool,
}

impl Connection {
    /// Wraps a client that was just connected.
    pub fn new(client: Client, settings: &PostgresSettings) -> Self {
        let size = NonZeroUsize::new(settings.statement_cache).unwrap_or(NonZeroUsize::MIN);
        Self { client, statements: Mutex::new(LruCache::new(size)), needs_reset: AtomicBool::new(false) }
    }

    /// Whether the connection has ended.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Has the quick reset sent ahead of the next statement.
    pub fn mark_for_reset(&self) {
        self.needs_reset.store(true, Ordering::Relaxed);
    }

    /// Ends transactions and clears everything of the session, prepared statements too.
    ///
    /// # Errors
    /// When the connection is no longer usable.
    pub async fn discard_session(&mut self) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute("ROLLBACK").await?;
        self.client.batch_execute("DISCARD ALL").await?;
        self.lock().clear();
        *self.needs_reset.get_mut() = false;
        Ok(())
    }

    /// Starts `sql` and gives its rows. `check` sees the statement before it runs.
    ///
    /// # Errors
    /// What `check` found, or what the server answered.
    pub async fn query<P, C>(
        &self,
        sql: &str,
        parameters: &[P],
        check: impl Fn(&Statement) -> Result<C, Error>,
    ) -> Result<(C, RowStream), QueryFailure>
    where
        P: ToSql + Sync,
    {
        self.after_reset(async {
            let statement = self.prepare(sql).await?;
            let checked = check(&statement).map_err(QueryFailure::Refused)?;
            match self.client.query_raw(&statement, parameters.iter().map(as_sql)).await {
                Err(e) if plan_is_stale(&e) => {
                    self.lock().pop(sql);
                    let statement = self.prepare(sql).await?;
                    let checked = check(&statement).map_err(QueryFailure::Refused)?;
                    Ok((checked, self.client.query_raw(&statement, parameters.iter().map(as_sql)).await?))
                }
                rows => Ok((checked, rows?)),
            }
        })
        .await
    }

    /// Has what is still owed to the last user cleared at no round trip of its own: the reset is written first, the
    /// statement follows without waiting, and both answers are awaited.
    async fn after_reset<T>(
        &self,
        statement: impl Future<Output = Result<T, QueryFailure>>,
    ) -> Result<T, QueryFailure> {
        if !self.needs_reset.swap(false, Ordering::Relaxed) {
            return statement.await;
        }
        let mut reset = pin!(self.client.batch_execute(QUICK_RESET));
        // The first poll puts the message into the connection's queue.
        let early = std::future::poll_fn(|cx| Poll::Ready(reset.as_mut().poll(cx))).await;
        if let Poll::Ready(done) = early {
            done.map_err(QueryFailure::Reset)?;
            return statement.await;
        }
        let (reset, result) = futures::future::join(reset, statement).await;
        reset.map_err(QueryFailure::Reset)?;
        result
    }

    /// The prepared form of `sql`, from the cache or the server.
    async fn prepare(&self, sql: &str) -> Result<Statement, tokio_postgres::Error> {
        if let Some(statement) = self.lock().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).await?;
        self.lock().put(sql.into(), statement.clone());
        Ok(statement)
    }

    /// A handle to stop what the connection is doing.
    pub fn cancel_token(&self) -> tokio_postgres::CancelToken {
        self.client.cancel_token()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<Box<str>, Statement>> {
        self.statements.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a statement gave no rows.
pub enum QueryFailure {
    /// It was not run.
    Refused(Error),
    /// The connection could not be cleaned: it must not be used again.
    Reset(tokio_postgres::Error),
    /// The server's answer, or the end of the connection.
    Server(tokio_postgres::Error),
}

impl From<tokio_postgres::Error> for QueryFailure {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Server(error)
    }
}

fn as_sql<P: ToSql + Sync>(parameter: &P) -> &(dyn ToSql + Sync) {
    parameter
}

/// A table changed under a prepared statement. The server says so before it runs anything.
fn plan_is_stale(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|e| {
        *e.code() == SqlState::FEATURE_NOT_SUPPORTED && e.routine() == Some("RevalidateCachedQuery")
    })
}
