//! One pool per database for the whole process.

use super::address::Address;
use super::bindings::Error;
use super::connection::Connection;
use super::errors::connection_failed;
use super::settings::PostgresSettings;
use runtime_observability::{PoolSnapshot, PoolSource};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a connection may stay unused.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);

/// How long telling the server to stop a statement may take.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(2);

/// All pools of the process.
pub struct Pools {
    settings: Arc<PostgresSettings>,
    pools: Mutex<HashMap<String, Arc<Pool>>>,
}

#[derive(Default)]
struct Counts {
    open: AtomicU64,
    in_use: AtomicU64,
    waits: AtomicU64,
    wait_micros: AtomicU64,
    timeouts: AtomicU64,
}

/// The connections to one database.
struct Pool {
    address: Address,
    settings: Arc<PostgresSettings>,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<(Connection, Instant)>>,
    counts: Counts,
}

impl Pools {
    /// No pool yet; they come with use.
    pub fn new(settings: PostgresSettings) -> Self {
        Self { settings: Arc::new(settings), pools: Mutex::default() }
    }

    /// A connection to `address`, waiting for one if all are in use.
    ///
    /// # Errors
    /// `connection-failed` when none gets free or the database cannot be reached in time.
    pub async fn acquire(&self, address: &Address) -> Result<Checkout, Error> {
        let pool = self.pool(address);
        let permit = pool.permit().await?;
        let connection = match pool.idle_connection() {
            Some(connection) => connection,
            None => pool.connect(address).await?,
        };
        pool.counts.in_use.fetch_add(1, Ordering::Relaxed);
        Ok(Checkout {
            connection: Some(connection),
            pool,
            permit: Some(permit),
            running: AtomicU32::new(0),
            needs_reset: AtomicBool::new(false),
            session_changed: AtomicBool::new(false),
        })
    }

    fn pool(&self, address: &Address) -> Arc<Pool> {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools.get(&address.key) {
            return Arc::clone(pool);
        }
        let pool = Arc::new(Pool {
            address: address.clone(),
            settings: Arc::clone(&self.settings),
            permits: Arc::new(Semaphore::new(self.settings.max_connections.max(1))),
            idle: Mutex::default(),
            counts: Counts::default(),
        });
        pools.insert(address.key.clone(), Arc::clone(&pool));
        pool
    }
}

impl PoolSource for Pools {
    /// Pools that differ in secrets only are one.
    fn snapshot(&self) -> Vec<(String, PoolSnapshot)> {
        let mut named = BTreeMap::<String, PoolSnapshot>::new();
        for pool in self.pools.lock().unwrap_or_else(PoisonError::into_inner).values() {
            pool.add_to(named.entry(pool.address.label()).or_default());
        }
        named.into_iter().collect()
    }
}

impl Pool {
    fn add_to(&self, snapshot: &mut PoolSnapshot) {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        snapshot.size += self.settings.max_connections.max(1) as u64;
        snapshot.open += read(&self.counts.open);
        snapshot.in_use += read(&self.counts.in_use);
        snapshot.waits += read(&self.counts.waits);
        snapshot.wait_micros += read(&self.counts.wait_micros);
        snapshot.timeouts += read(&self.counts.timeouts);
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        let permits = Arc::clone(&self.permits);
        if let Ok(permit) = Arc::clone(&permits).try_acquire_owned() {
            return Ok(permit);
        }
        let started = Instant::now();
        self.counts.waits.fetch_add(1, Ordering::Relaxed);
        let permit = tokio::time::timeout(self.settings.acquire_timeout, permits.acquire_owned()).await;
        let waited = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.counts.wait_micros.fetch_add(waited, Ordering::Relaxed);
        match permit {
            Ok(Ok(permit)) => Ok(permit),
            _ => {
                self.counts.timeouts.fetch_add(1, Ordering::Relaxed);
                Err(Error::ConnectionFailed("all connections to the database are in use".to_owned()))
            }
        }
    }

    /// The connection used last, if it is still open.
    fn idle_connection(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let before = idle.len();
        idle.retain(|(connection, since)| !connection.is_closed() && since.elapsed() < IDLE_TIMEOUT);
        self.counts.open.fetch_sub((before - idle.len()) as u64, Ordering::Relaxed);
        idle.pop().map(|(connection, _)| connection)
    }

    async fn connect(&self, address: &Address) -> Result<Connection, Error> {
        let mut config = address.config.clone();
        if config.get_application_name().is_none() {
            config.application_name("runtime-shim");
        }
        config.connect_timeout(self.settings.connect_timeout);
        let tls = address.tls.connector(address.authority.as_deref()).map_err(Error::BadParameter)?;
        // The configured limit is for each TCP connection; this one includes the handshake.
        let connecting = tokio::time::timeout(self.settings.connect_timeout, config.connect(tls));
        let (client, connection) = match connecting.await {
            Ok(connected) => connected.map_err(|e| connection_failed(&e))?,
            Err(_) => {
                return Err(Error::ConnectionFailed("connecting to the database took too long".to_owned()));
            }
        };
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "database connection ended");
            }
        });
        self.counts.open.fetch_add(1, Ordering::Relaxed);
        Ok(Connection::new(client, &self.settings))
    }

    fn put_back(&self, connection: Connection) {
        if connection.is_closed() {
            self.counts.open.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((connection, Instant::now()));
    }

    /// Stops what `connection` is doing and closes it: its state is not known. `permit` is free again when the server
    /// was told.
    fn abort(&self, connection: Connection, permit: Option<OwnedSemaphorePermit>) {
        self.counts.open.fetch_sub(1, Ordering::Relaxed);
        if connection.is_closed() {
            return;
        }
        let cancel = connection.cancel_token();
        drop(connection);
        if let Ok(tls) = self.address.tls.connector(self.address.authority.as_deref()) {
            tokio::spawn(async move {
                match tokio::time::timeout(CANCEL_TIMEOUT, cancel.cancel_query(tls)).await {
                    Ok(Ok(())) => {}
                    _ => tracing::debug!("cannot cancel a statement"),
                }
                drop(permit);
            });
        }
    }
}

/// A connection in use; dropping it gives it back, cleaned.
pub struct Checkout {
    connection: Option<Connection>,
    pool: Arc<Pool>,
    /// Free again when the connection is, or is closed.
    permit: Option<OwnedSemaphorePermit>,
    /// Statements started and not finished.
    running: AtomicU32,
    needs_reset: AtomicBool,
    session_changed: AtomicBool,
}

impl Checkout {
    /// The connection.
    ///
    /// # Errors
    /// Never in practice: the connection is taken out on drop only.
    pub fn connection(&self) -> Result<&Connection, Error> {
        self.connection.as_ref().ok_or_else(|| Error::ConnectionFailed("connection closed".to_owned()))
    }

    /// How long the server may send nothing while it is waited for.
    pub fn answer_timeout(&self) -> Duration {
        self.pool.settings.answer_timeout
    }

    /// A statement starts. If [`Self::finished`] does not follow, the connection is not used again.
    pub fn started(&self) {
        self.running.fetch_add(1, Ordering::Relaxed);
    }

    /// A statement's last answer was read.
    pub fn finished(&self) {
        self.running.fetch_sub(1, Ordering::Relaxed);
    }

    /// A quick reset makes the session as it was.
    pub fn needs_reset(&self) {
        self.needs_reset.store(true, Ordering::Relaxed);
    }

    /// The session is no longer as it was.
    pub fn session_changed(&self) {
        self.session_changed.store(true, Ordering::Relaxed);
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        self.pool.counts.in_use.fetch_sub(1, Ordering::Relaxed);
        let Some(mut connection) = self.connection.take() else { return };
        if *self.running.get_mut() > 0 || connection.is_closed() {
            self.pool.abort(connection, self.permit.take());
        } else if *self.session_changed.get_mut() {
            let pool = Arc::clone(&self.pool);
            let limit = self.pool.settings.connect_timeout;
            let permit = self.permit.take();
            tokio::spawn(async move {
                match tokio::time::timeout(limit, connection.discard_session()).await {
                    Ok(Ok(())) => {
                        pool.put_back(connection);
                        drop(permit);
                    }
                    _ => pool.abort(connection, permit),
                }
            });
        } else {
            if *self.needs_reset.get_mut() {
                connection.mark_for_reset();
            }
            self.pool.put_back(connection);
        }
    }
}
