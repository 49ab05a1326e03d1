//! PostgreSQL inside this process: version 17 compiled to WebAssembly, its data in a folder.
//!
//! The engine runs one session. Here any number of clients share it as they would share a connection of a pooler
//! in transaction mode: each batch runs as the client's own role, transactions wait for each other.
//!
//! Acknowledged changes survive the end of the process, also by `kill -9`. They may not survive the end of the
//! machine: the engine cannot flush to disk (its checkpoints fail with `fsync` on).

mod backend;
mod frames;
mod reply;
mod session;
mod startup;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use bytes::BytesMut;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, RwLock, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::DatabaseError;
use backend::{Backend, BackendThread, SUPERUSER};
use session::Session;
use startup::Passwords;

/// A running embedded database, served on a loopback port.
pub struct Embedded {
    address: SocketAddr,
    database: String,
    owner_password: String,
    passwords: Arc<RwLock<Passwords>>,
    stop: watch::Sender<bool>,
    listener: JoinHandle<()>,
    thread: BackendThread,
}

impl Embedded {
    /// Starts the database `name` kept in `folder`, making both when they are missing.
    ///
    /// Takes about 0.3 s, 2 s the first time.
    ///
    /// # Errors
    /// [`DatabaseError::EmbeddedInUse`] when another process has it open; [`DatabaseError::EmbeddedStart`] otherwise.
    pub async fn start(folder: &Path, name: &str) -> Result<Self, DatabaseError> {
        let owner_password = crate::secrets::random_hex(32)?;
        let bound = TcpListener::bind(("127.0.0.1", 0)).await;
        let address = bound.as_ref().ok().and_then(|bound| bound.local_addr().ok());
        let (Ok(socket), Some(address)) = (bound, address) else {
            return Err(DatabaseError::EmbeddedStart {
                folder: folder.to_path_buf(),
                reason: "no free port on 127.0.0.1".to_owned(),
            });
        };
        let (backend, thread, version) = backend::start(folder.to_path_buf(), name.to_owned()).await?;
        let passwords = Passwords::from([(SUPERUSER.to_owned(), owner_password.clone())]);
        let passwords = Arc::new(RwLock::new(passwords));
        let (stop, stopped) = watch::channel(false);
        let door = Door {
            backend: Arc::new(Mutex::new(backend)),
            passwords: Arc::clone(&passwords),
            version: version.into(),
        };
        let listener = tokio::spawn(door.listen(socket, stopped));
        tracing::debug!("embedded database in {} listens on {address}", folder.display());
        Ok(Self { address, database: name.to_owned(), owner_password, passwords, stop, listener, thread })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address for the owner, who may do everything; its password lasts as long as this process.
    pub fn owner_url(&self) -> String {
        format!(
            "postgres://{SUPERUSER}:{}@{}/{}?sslmode=disable",
            self.owner_password, self.address, self.database
        )
    }

    /// Lets `role` sign in with `password`.
    pub async fn admit(&self, role: &str, password: &str) {
        let mut passwords = self.passwords.write().await;
        passwords.insert(role.to_owned(), password.to_owned());
    }

    /// Ends all connections and stops the database after it has written everything.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let _ended = self.listener.await;
        self.thread.stop().await;
    }
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the passwords.
        f.debug_struct("Embedded")
            .field("address", &self.address)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}

/// What every connection needs.
#[derive(Clone)]
struct Door {
    backend: Arc<Mutex<Backend>>,
    passwords: Arc<RwLock<Passwords>>,
    version: Arc<str>,
}

impl Door {
    async fn listen(self, socket: TcpListener, mut stopped: watch::Receiver<bool>) {
        let mut clients = JoinSet::new();
        let mut number = 0;
        loop {
            tokio::select! {
                _ = stopped.changed() => break,
                Some(_ended) = clients.join_next() => {}
                accepted = socket.accept() => match accepted {
                    Ok((stream, _)) => {
                        number += 1;
                        clients.spawn(self.clone().serve(stream, number));
                    }
                    Err(error) => {
                        tracing::warn!("embedded database: accepting a connection: {error}");
                        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    }
                },
            }
        }
        clients.shutdown().await;
    }

    async fn serve(self, mut stream: TcpStream, client: u64) {
        let mut buffer = BytesMut::with_capacity(8 * 1024);
        // Answers are small and whole: waiting for more to send only delays them.
        let _best_effort = stream.set_nodelay(true);
        let greeted = startup::greet(&mut stream, &mut buffer, &self.passwords, &self.version).await;
        let result = match greeted {
            Ok(Some(role)) => {
                let session = Session { buffer, client, role };
                session::serve(stream, self.backend, session).await
            }
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            tracing::debug!("embedded database: client {client}: {error}");
        }
    }
}
