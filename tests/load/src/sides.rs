//! The two sides: the app of components and the native reference, on one PostgreSQL.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use harness::{App, Caller, Database, Options, repository};
use scratch_postgres::{Child, ScratchPostgres, command_that_dies_with_us, spawn};

use crate::{Error, data};

/// Connections to the database, for each side.
pub const POOL: u32 = 10;

/// Both, running.
pub struct Sides {
    /// The app of components.
    pub app: App,
    /// Someone with tasks in it; the reference knows them too.
    pub alice: Caller,
    /// `host:port` of the app.
    pub app_address: String,
    /// `host:port` of the reference.
    pub reference_address: String,
    /// Keeps the reference running.
    pub _reference: Child,
    /// The reference's process id.
    pub reference_pid: u32,
    /// The server of both.
    pub server: ScratchPostgres,
    /// What signs tokens on both sides.
    pub secret: String,
}

/// Starts PostgreSQL with generated data, the app and the reference.
pub fn start() -> Result<Sides, Error> {
    let server = ScratchPostgres::start_with(&["synchronous_commit=off"])?;
    server.create_database("todo")?;
    let secret = "a secret of the benchmark, 32 bytes or more".to_owned();
    let app = App::start(app_options(&server, &secret))?;
    let alice = app.user();
    data::fill(&server, &alice.id.to_string())?;
    server.sql("todo", "ALTER ROLE todo_app LOGIN PASSWORD 'reference'")?;
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let reference_address = listener.local_addr()?.to_string();
    drop(listener);
    let mut reference = start_reference(&server, &reference_address, &secret, &app.url)?;
    let reference_pid = reference.process().id();
    let app_address = app.url.trim_start_matches("http://").to_owned();
    Ok(Sides {
        app,
        alice,
        app_address,
        reference_address,
        _reference: reference,
        reference_pid,
        server,
        secret,
    })
}

/// How the app is started, here and for its cold start.
pub fn app_options(server: &ScratchPostgres, secret: &str) -> Options {
    Options {
        database: Database::At(server.url("todo")),
        secret: Some(secret.to_owned()),
        variables: vec![("db_app_password".to_owned(), "reference".to_owned())],
        ..Options::default()
    }
}

/// Starts the reference and waits until it answers.
pub fn start_reference(
    server: &ScratchPostgres,
    address: &str,
    secret: &str,
    url: &str,
) -> Result<Child, Error> {
    let mut command = command_that_dies_with_us(&repository().join("target/host/load-reference"));
    let database = format!("postgres://todo_app:reference@127.0.0.1:{}/todo", server.port());
    command.args([address, &database, &POOL.to_string(), secret, url]);
    let child = spawn(command)?;
    let start = Instant::now();
    while std::net::TcpStream::connect(address).is_err() {
        if start.elapsed() > Duration::from_secs(10) {
            return Err(Error::Load("the reference did not start".to_owned()));
        }
        thread::sleep(Duration::from_micros(500));
    }
    Ok(child)
}
