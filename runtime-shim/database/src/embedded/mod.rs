//! A PostgreSQL server of the app's own: started by this process, stopped with it, its data in a folder.
//!
//! The programs are PostgreSQL's ([`ProgramSource`] says which). The server listens on a port of the loopback, takes
//! nobody without a password, and keeps what it acknowledged whatever ends: a transaction is on the disk before it is
//! answered. It is started again when it dies. A run that is killed leaves nothing the next one does not put right.

mod account;
mod child;
mod cluster;
mod folder;
mod log;
mod programs;
mod server;
mod supervisor;
mod takeover;

use std::path::Path;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::DatabaseError;
use crate::server::ServerUrl;
use account::Account;
use folder::Folder;
pub use programs::{MAVEN_CENTRAL, ProgramSource};
use server::Server;
use supervisor::supervise;

/// The one user of the server's own, who may do everything.
const SUPERUSER: &str = "postgres";

/// A running server.
#[derive(Debug)]
pub struct Embedded {
    owner: ServerUrl,
    description: String,
    stop: oneshot::Sender<()>,
    supervisor: JoinHandle<()>,
}

impl Embedded {
    /// Starts the server whose data is in `folder`, and makes data and database `name` when they are missing. The
    /// owner's password is `password` from the time the data is made.
    ///
    /// Takes about 0.2 s, some 3 s the first time, and as long as it takes to fetch 15 MB when the programs are missing.
    ///
    /// # Errors
    /// [`DatabaseError::EmbeddedInUse`] when another process uses the folder, [`DatabaseError::FormerEngine`],
    /// [`DatabaseError::NoPrograms`] and so on when the programs cannot be had, [`DatabaseError::EmbeddedStart`].
    pub async fn start(
        folder: &Path,
        name: &str,
        password: &str,
        source: &ProgramSource,
    ) -> Result<Self, DatabaseError> {
        let folder = Folder::open(folder)?;
        let account = Account::for_server(&folder.data()).map_err(|reason| folder.error(reason))?;
        let version = folder.data_version()?;
        let programs = source.programs(version, folder.top(), account.as_ref()).await?;
        if version.is_none() {
            cluster::create(&folder, &programs, account.as_ref(), password).await?;
        }
        let (password, database) = (password.to_owned(), name.to_owned());
        let mut server = Server { folder, programs, account, password, database, port: 0 };
        let child = server.start_anywhere().await?;
        let (owner, description) = (server.url(&server.database)?, describe(&server));
        let (stop, stopped) = oneshot::channel();
        let supervisor = tokio::spawn(supervise(server, child, stopped));
        Ok(Self { owner, description, stop, supervisor })
    }

    /// The address for the owner, who may do everything.
    pub fn owner(&self) -> &ServerUrl {
        &self.owner
    }

    /// Ends all connections and stops the server after it has written everything.
    pub async fn stop(self) {
        let _ended = self.stop.send(());
        let _ended = self.supervisor.await;
    }
}

/// Which server, where it listens, where its data is.
impl std::fmt::Display for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.description)
    }
}

fn describe(server: &Server) -> String {
    let Server { programs, port, folder, account, .. } = server;
    let as_whom = account.as_ref().map(|account| format!(" as `{}`", account.name())).unwrap_or_default();
    let (version, programs) = (programs.version(), programs.folder().display());
    format!(
        "PostgreSQL {version} ({programs}){as_whom} on 127.0.0.1:{port}, data in {}",
        folder.top().display()
    )
}
