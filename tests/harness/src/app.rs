//! A running app.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use scratch_postgres::{Child, Folder, ScratchPostgres, command_that_dies_with_us, free_port, spawn};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::{Caller, Error, repository, runtime_shim};

/// The scopes of someone who uses everything.
pub const EVERY_SCOPE: &str = "tasks:read tasks:write tasks:delete chat";

/// Where an app keeps its state.
#[derive(Debug, Clone)]
pub enum Database {
    /// A fresh database of the server that all tests of this program share.
    Shared,
    /// This address, as its owner.
    At(String),
    /// A server of its own that the app starts, in its data folder.
    Embedded,
}

/// What is special about an app.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where its state is.
    pub database: Database,
    /// The host that runs it; the one of this checkout when left out.
    pub host: Option<PathBuf>,
    /// The manifest: below the repository, or of another checkout.
    pub manifest: PathBuf,
    /// More variables.
    pub variables: Vec<(String, String)>,
    /// More flags of `runtime-shim up`.
    pub flags: Vec<String>,
    /// More of the process' environment.
    pub environment: Vec<(String, String)>,
    /// The data folder; one of its own when left out.
    pub data: Option<PathBuf>,
    /// What signs tokens; random when left out.
    pub secret: Option<String>,
    /// The address at which it listens, without its port.
    pub listen: &'static str,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            database: Database::Shared,
            host: None,
            manifest: PathBuf::from("spin.toml"),
            variables: Vec::new(),
            flags: Vec::new(),
            environment: Vec::new(),
            data: None,
            secret: None,
            listen: "localhost",
        }
    }
}

impl Options {
    /// Users may do as much as they like: for tests of something else.
    #[must_use]
    pub fn without_quotas(mut self) -> Self {
        let variables = [
            "mcp_calls_per_minute",
            "mcp_listening_streams",
            "rest_calls_per_minute",
            "max_tasks_per_user",
            "chat_messages_per_minute",
            "chat_max_conversations",
            "chat_daily_tokens",
        ];
        self.variables.extend(variables.map(|name| (name.to_owned(), "0".to_owned())));
        self
    }
}

/// The app as people and programs reach it. Dropping it kills the process.
pub struct App {
    /// Scheme, host and port, by the name that most tests use.
    pub url: String,
    port: u16,
    /// Where its metrics are.
    pub metrics_url: String,
    /// The database's address as its owner; empty when the app starts a server of its own.
    pub database_url: String,
    secret: String,
    log: PathBuf,
    process: std::sync::Mutex<Child>,
    _folder: Folder,
}

/// The server that the tests of this program share.
fn shared_postgres() -> Result<&'static ScratchPostgres, Error> {
    static SERVER: OnceLock<Result<ScratchPostgres, String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| ScratchPostgres::start().map_err(|error| error.to_string()));
    server.as_ref().map_err(|error| Error::App(error.clone()))
}

impl App {
    /// The app that the tests of this program share: each test brings its own users.
    pub fn shared() -> &'static Self {
        static APP: OnceLock<App> = OnceLock::new();
        APP.get_or_init(|| match Self::start(Options::default()) {
            Ok(app) => app,
            Err(error) => panic!("{error}"),
        })
    }

    /// Starts an app and waits until it answers.
    pub fn start(options: Options) -> Result<Self, Error> {
        let folder = Folder::new("app")?;
        let log = folder.path().join("log");
        let port = free_port()?;
        let listen = format!("{}:{port}", options.listen);
        let metrics = format!("127.0.0.1:{}", free_port()?);
        let database_url = match options.database {
            Database::Shared => fresh_database()?,
            Database::At(url) => url,
            Database::Embedded => String::new(),
        };
        let secret = options.secret.unwrap_or_else(|| format!("{}{}", Uuid::new_v4(), Uuid::new_v4()));
        let mut command = command_that_dies_with_us(&options.host.unwrap_or_else(runtime_shim));
        command
            .current_dir(repository())
            .args(["up", "--no-build", "--log-format", "json", "--from"])
            .arg(repository().join(options.manifest))
            .args(["--listen", &listen, "--metrics-listen", &metrics, "--data-dir"])
            .arg(options.data.unwrap_or_else(|| folder.path().join("data")))
            .arg("--cache-dir")
            .arg(repository().join("target/compiled"))
            .args(["--variable", &format!("better_auth_secret={secret}")]);
        if !database_url.is_empty() {
            command.args(["--database-url", &database_url]);
        }
        for (name, value) in &options.variables {
            command.args(["--variable", &format!("{name}={value}")]);
        }
        let output = File::create(&log)?;
        command.args(options.flags).envs(options.environment).stdout(output.try_clone()?).stderr(output);
        let app = Self {
            url: format!("http://127.0.0.1:{port}"),
            port,
            metrics_url: format!("http://{metrics}/metrics"),
            database_url,
            secret,
            log,
            process: std::sync::Mutex::new(spawn(command)?),
            _folder: folder,
        };
        app.wait_until_it_answers()?;
        Ok(app)
    }

    /// The app's URL by each name that this machine has for itself and can be reached by: the last one needs IPv6.
    pub fn names(&self) -> Vec<String> {
        let names = ["localhost", "127.0.0.1", "[::1]"];
        let has_ipv6 = TcpListener::bind(("::1", 0)).is_ok();
        let reachable = names.iter().filter(|name| has_ipv6 || !name.starts_with('['));
        reachable.map(|name| format!("http://{name}:{}", self.port)).collect()
    }

    /// A caller without a token.
    pub fn nobody(&self) -> Caller {
        Caller::new(&self.url, Uuid::nil(), None)
    }

    /// A new user with every scope, known by a token alone.
    pub fn user(&self) -> Caller {
        self.user_with(EVERY_SCOPE, 900)
    }

    /// A new user whose token has these scopes and expires after so many seconds.
    pub fn user_with(&self, scope: &str, seconds: i64) -> Caller {
        self.known_user(Uuid::new_v4(), scope, seconds)
    }

    /// A user who may have called another process of the app before.
    pub fn known_user(&self, id: Uuid, scope: &str, seconds: i64) -> Caller {
        let now = i64::try_from(since_epoch().as_secs()).unwrap_or_default();
        let claims = json!({
            "sub": id.to_string(), "iss": self.url, "aud": self.url, "iat": now, "exp": now + seconds, "scope": scope,
        });
        match self.sign(&claims) {
            Ok(token) => Caller::new(&self.url, id, Some(token)),
            Err(error) => panic!("{error}"),
        }
    }

    /// Signs claims as the app signs its tokens.
    pub fn sign(&self, claims: &Value) -> Result<String, Error> {
        sign(claims, &self.secret)
    }

    /// Runs SQL in the app's database as its owner, for tests that look behind the endpoints.
    pub fn sql(&self, sql: &str) -> Result<String, Error> {
        let database = self.database_url.rsplit('/').next().unwrap_or_default();
        Ok(shared_postgres()?.sql(database, sql)?)
    }

    /// What the app has written to its log.
    pub fn log(&self) -> String {
        std::fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// What went wrong of late, by its log: the last lines that are warnings or errors, or that a component wrote.
    pub fn warnings(&self) -> String {
        const MAX_LINES: usize = 20;
        let marks = ["\"level\":\"WARN\"", "\"level\":\"ERROR\"", "\"target\":\"component\""];
        let log = self.log();
        let lines: Vec<&str> =
            log.lines().filter(|line| marks.iter().any(|mark| line.contains(mark))).collect();
        lines[lines.len().saturating_sub(MAX_LINES)..].join("\n")
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.process.lock().map(|mut child| child.process().id()).unwrap_or_default()
    }

    /// Kills the process at once (SIGKILL).
    pub fn kill(&self) {
        if let Ok(mut child) = self.process.lock() {
            child.end();
        }
    }

    fn wait_until_it_answers(&self) -> Result<(), Error> {
        let start = Instant::now();
        let nobody = self.nobody();
        while start.elapsed() < Duration::from_secs(180) {
            let answered = nobody.request("GET", "/livez").try_send().is_ok_and(|answer| answer.status < 500);
            if let Ok(mut child) = self.process.lock()
                && let Ok(Some(status)) = child.process().try_wait()
            {
                return Err(Error::App(format!("ended with {status}\n{}", self.log())));
            }
            if answered {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(Error::App(format!("silent for {:?}\n{}", start.elapsed(), self.log())))
    }
}

/// Signs claims with HS256 (RFC 7515, appendix A.1), independently of the code under test.
pub fn sign(claims: &Value, secret: &str) -> Result<String, Error> {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", part(r#"{"alg":"HS256","typ":"JWT"}"#), part(&claims.to_string()));
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|error| Error::Token(error.to_string()))?;
    mac.update(signed.as_bytes());
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

fn fresh_database() -> Result<String, Error> {
    let server = shared_postgres()?;
    let name = format!("t{}", Uuid::new_v4().simple());
    server.create_database(&name)?;
    Ok(server.url(&name))
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
