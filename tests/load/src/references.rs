//! Starting the programs that the app is compared with.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use harness::{App, Caller, repository};
use scratch_postgres::{Child, ScratchPostgres, command_that_dies_with_us, spawn};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::Error;
use crate::targets::{POOL, Target};

/// Workers of the Python SDK.
pub const PYTHON_WORKERS: u32 = 2;

/// What the references are told: the same database, tokens, statements and tools as the app's.
pub struct Settings {
    database: String,
    issuer: String,
    secret: String,
    folder: TempDir,
}

impl Settings {
    /// Asks the app for its tools, so that all sides list the same.
    pub fn new(server: &ScratchPostgres, app: &App, alice: &Caller, secret: &str) -> Result<Self, Error> {
        let answer = alice.mcp("tools/list", json!({})).expect(200).json();
        let tools = answer.pointer("/result/tools").ok_or_else(|| Error::Load(answer.to_string()))?;
        let settings = Self {
            database: format!("postgres://todo_app:reference@127.0.0.1:{}/todo", server.port()),
            issuer: app.url.clone(),
            secret: secret.to_owned(),
            folder: tempfile::tempdir()?,
        };
        std::fs::write(settings.tools_file(), tools.to_string())?;
        std::fs::write(settings.python_file(), settings.for_python(tools, &statements()?).to_string())?;
        Ok(settings)
    }

    fn for_python(&self, tools: &Value, statements: &Value) -> Value {
        json!({
            "database": self.database,
            "connections": POOL / PYTHON_WORKERS,
            "issuer": self.issuer,
            "secret": self.secret,
            "statements": statements,
            "tools": tools,
        })
    }

    fn tools_file(&self) -> PathBuf {
        self.folder.path().join("tools.json")
    }

    fn python_file(&self) -> PathBuf {
        self.folder.path().join("python.json")
    }
}

/// The native reference's program.
fn native() -> PathBuf {
    repository().join("target/release/load-reference")
}

/// The statements that the native reference shares with the tools, each with the names of its parameters: asked of it, since
/// linking the tools here would have the host's packages beside them compiled with other features.
fn statements() -> Result<Value, Error> {
    let output = Command::new(native()).arg("--statements").output()?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::Load(format!("load-reference names no statements: {error}")))
}

/// Starts the native reference and waits until it answers.
pub fn start_native(settings: &Settings) -> Result<(Child, Target), Error> {
    let address = free_address()?;
    let mut command = command_that_dies_with_us(&native());
    command
        .args([&address, &settings.database, &POOL.to_string(), &settings.secret, &settings.issuer])
        .arg(settings.tools_file());
    let mut child = spawn(command)?;
    let pid = child.process().id();
    wait(&mut child, &address)?;
    Ok((child, Target { addresses: vec![address], pids: vec![pid] }))
}

/// Starts the workers of the Python SDK and waits until they answer.
pub fn start_python(settings: &Settings) -> Result<(Vec<Child>, Target), Error> {
    let python = std::env::var_os("PYTHON").map(PathBuf::from).ok_or(Error::NoPython)?;
    let mut workers = Vec::new();
    let mut target = Target { addresses: Vec::new(), pids: Vec::new() };
    for _ in 0..PYTHON_WORKERS {
        let address = free_address()?;
        let port = address.rsplit(':').next().unwrap_or_default();
        let mut command = command_that_dies_with_us(&python);
        command
            .arg(repository().join("tests/load/reference-python/server.py"))
            .arg(settings.python_file())
            .arg(port);
        let mut child = spawn(command)?;
        target.pids.push(child.process().id());
        wait(&mut child, &address)?;
        target.addresses.push(address);
        workers.push(child);
    }
    Ok((workers, target))
}

fn free_address() -> Result<String, Error> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string())
}

fn wait(child: &mut Child, address: &str) -> Result<(), Error> {
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        if let Some(status) = child.process().try_wait()? {
            return Err(Error::Load(format!("a reference ended with {status}")));
        }
        if start.elapsed() > Duration::from_secs(20) {
            return Err(Error::Load("a reference did not start".to_owned()));
        }
        thread::sleep(Duration::from_micros(500));
    }
    Ok(())
}
