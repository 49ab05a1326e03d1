//! Starts a PostgreSQL server of one's own for a test, and ends it with the test.
//!
//! The server listens on a free loopback port, trusts nobody without a password, keeps its data in a temporary
//! folder and skips the disk flushes that only matter when the machine loses power.

#![warn(missing_docs)]

mod binaries;
mod child;
mod folder;
mod free_port;
mod program_file;

pub use binaries::find as find_binaries;
pub use child::{Child, command_that_dies_with_us, spawn};
pub use folder::Folder;
pub use free_port::free_port;
pub use program_file::{copy_program, write_program};

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// The owner of everything in the server; it may create databases and roles.
pub const OWNER: &str = "owner";
/// The owner's password. The server is reachable on loopback only and lives as long as a test.
pub const PASSWORD: &str = "scratch";

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No PostgreSQL on this machine.
    #[error("no PostgreSQL server found: install the package `postgresql`, or set PG_BIN to its bin folder")]
    NotFound,
    /// A program failed.
    #[error("{program} failed: {detail}")]
    Program {
        /// Which one.
        program: &'static str,
        /// What it said.
        detail: String,
    },
    /// The server did not answer in time.
    #[error("PostgreSQL did not answer within {0:?}; its log:\n{1}")]
    Silent(Duration, String),
    /// A file or a process could not be had.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A running server. Dropping it ends the server and removes its data.
pub struct ScratchPostgres {
    binaries: PathBuf,
    port: u16,
    extra: Vec<String>,
    child: Option<Child>,
    folder: Folder,
}

impl ScratchPostgres {
    /// Starts a server on a free port.
    pub fn start() -> Result<Self, Error> {
        Self::start_with(&[])
    }

    /// Starts a server with more settings, each `name=value`.
    pub fn start_with(settings: &[&str]) -> Result<Self, Error> {
        let binaries = binaries::find().ok_or(Error::NotFound)?;
        let folder = Folder::new("postgres")?;
        child::give_to_server_user(folder.path())?;
        let password_file = folder.path().join("password");
        std::fs::write(&password_file, PASSWORD)?;
        child::give_to_server_user(&password_file)?;
        let initdb = child::as_server_user(&binaries.join("initdb"))
            .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .arg(format!("--username={OWNER}"))
            .arg(format!("--pwfile={}", password_file.display()))
            .arg(format!("--pgdata={}", data(folder.path()).display()))
            .output()?;
        if !initdb.status.success() {
            return Err(Error::Program {
                program: "initdb",
                detail: String::from_utf8_lossy(&initdb.stderr).into_owned(),
            });
        }
        let port = free_port()?;
        let extra = settings.iter().map(ToString::to_string).collect();
        let mut server = Self { binaries, port, extra, child: None, folder };
        server.resume()?;
        Ok(server)
    }

    /// The address of a database of this server, as its owner.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{OWNER}:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process id of the server, whose children serve a connection each; 0 while it is stopped.
    pub fn pid(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// The folder with the server's programs, `psql` among them.
    pub fn binaries(&self) -> &Path {
        &self.binaries
    }

    /// Makes an empty database.
    pub fn create_database(&self, name: &str) -> Result<(), Error> {
        self.sql("postgres", &format!("CREATE DATABASE \"{name}\"")).map(drop)
    }

    /// Runs SQL as the owner and answers what `psql` prints, unaligned and without headings.
    pub fn sql(&self, database: &str, sql: &str) -> Result<String, Error> {
        let output = Command::new(self.binaries.join("psql"))
            .args([
                "--no-psqlrc",
                "--tuples-only",
                "--no-align",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--command",
            ])
            .arg(sql)
            .arg(self.url(database))
            .output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(Error::Program { program: "psql", detail: String::from_utf8_lossy(&output.stderr).into_owned() })
    }

    /// Ends the server at once and without a checkpoint, as a crash would; its data stays.
    pub fn stop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        // `pg_ctl` also waits for the server's own children, which a plain kill would leave behind for a moment.
        let _ = child::as_server_user(&self.binaries.join("pg_ctl"))
            .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
            .arg(data(self.folder.path()))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status();
        child.end();
    }

    /// Starts the server again on the same port with the same data.
    pub fn resume(&mut self) -> Result<(), Error> {
        let log_path = self.folder.path().join("log");
        let log = std::fs::File::create(&log_path)?;
        let mut command = child::as_server_user(&self.binaries.join("postgres"));
        command
            .arg("-D")
            .arg(data(self.folder.path()))
            .args(["-h", "127.0.0.1", "-p"])
            .arg(self.port.to_string())
            .arg("-k")
            .arg(self.folder.path())
            .args(["-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=128MB"]);
        for setting in &self.extra {
            command.args(["-c", setting]);
        }
        command.stdout(log.try_clone()?).stderr(log);
        self.child = Some(child::spawn(command)?);
        self.wait(&log_path)
    }

    fn wait(&self, log_path: &Path) -> Result<(), Error> {
        let timeout = Duration::from_secs(30);
        let start = Instant::now();
        while start.elapsed() < timeout {
            if self.sql("postgres", "SELECT 1").is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Error::Silent(timeout, std::fs::read_to_string(log_path).unwrap_or_default()))
    }
}

impl Drop for ScratchPostgres {
    fn drop(&mut self) {
        self.stop();
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

#[cfg(test)]
mod tests {
    use super::ScratchPostgres;

    #[test]
    fn what_was_committed_is_there_after_the_server_is_stopped_hard_and_resumed() {
        let mut server = ScratchPostgres::start().unwrap();
        server.create_database("kept").unwrap();
        server.sql("kept", "CREATE TABLE t AS SELECT 7 AS n").unwrap();
        server.stop();
        assert!(server.sql("kept", "SELECT n FROM t").is_err());
        server.resume().unwrap();
        assert_eq!(server.sql("kept", "SELECT n FROM t").unwrap(), "7");
    }
}
