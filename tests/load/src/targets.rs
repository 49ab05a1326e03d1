//! The sides: the app of components, the native reference and the Python SDK, on one PostgreSQL.

use harness::{App, Caller, Database, Options};
use scratch_postgres::{Child, ScratchPostgres};

use crate::references::{Settings, start_native, start_python};
use crate::{Error, data};

/// Connections to the database, for each side.
pub const POOL: u32 = 10;

/// A side under load.
pub struct Target {
    /// `host:port` of each of its processes that take requests.
    pub addresses: Vec<String>,
    /// Their process ids.
    pub pids: Vec<u32>,
}

/// All, running.
pub struct Targets {
    /// The app of components.
    pub app: App,
    /// Someone with tasks in it; the references know them too.
    alice: Caller,
    /// The app under load.
    pub app_target: Target,
    /// The native reference.
    pub reference: Target,
    /// The workers of the Python SDK.
    pub python: Target,
    /// What the references are told.
    pub settings: Settings,
    /// Keeps the references running; ended before the server is.
    _running: Vec<Child>,
    pub server: ScratchPostgres,
    /// What signs tokens on all sides.
    pub secret: String,
}

impl Targets {
    /// Alice's token.
    pub fn token(&self) -> &str {
        self.alice.token.as_deref().unwrap_or_default()
    }
}

/// Starts PostgreSQL with generated data, and all sides.
pub fn start() -> Result<Targets, Error> {
    let server = ScratchPostgres::start_with(&["synchronous_commit=off"])?;
    server.create_database("todo")?;
    let secret = "a secret of the benchmark, 32 bytes or more".to_owned();
    let app = App::start(app_options(&server, &secret))?;
    let alice = app.user();
    data::fill(&server, &alice.id.to_string())?;
    server.sql("todo", "ALTER ROLE todo_app LOGIN PASSWORD 'reference'")?;
    let settings = Settings::new(&server, &app, &alice, &secret)?;
    let (native, reference) = start_native(&settings)?;
    let (mut running, python) = start_python(&settings)?;
    running.push(native);
    let app_address = app.url.trim_start_matches("http://").to_owned();
    let app_target = Target { addresses: vec![app_address], pids: vec![app.pid()] };
    Ok(Targets { app, alice, app_target, reference, python, settings, server, secret, _running: running })
}

/// How the app is started, here and for its cold start.
pub fn app_options(server: &ScratchPostgres, secret: &str) -> Options {
    Options {
        database: Database::At(server.url("todo")),
        secret: Some(secret.to_owned()),
        variables: vec![
            ("db_app_password".to_owned(), "reference".to_owned()),
            ("mcp_calls_per_minute".to_owned(), "1000000".to_owned()),
            ("rest_calls_per_minute".to_owned(), "1000000".to_owned()),
            ("max_tasks_per_user".to_owned(), "0".to_owned()),
        ],
        ..Options::default()
    }
}
