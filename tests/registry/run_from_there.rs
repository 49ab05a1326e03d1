//! The app, run straight from a registry.

use std::fs::File;
use std::thread;
use std::time::{Duration, Instant};

use harness::{Caller, runtime_shim};
use scratch_postgres::{Child, ScratchPostgres, command_that_dies_with_us, free_port, spawn};
use serde_json::json;
use uuid::Uuid;

use crate::program::{Workspace, product, text};
use crate::server::{Kind, PASSWORD, Server, USER};

/// A run of the program. Dropping it kills the process.
pub struct Running {
    url: String,
    log: std::path::PathBuf,
    process: Child,
}

impl Running {
    /// `up` with these arguments and variables, as soon as it answers.
    pub fn start(workspace: &Workspace, arguments: &[&str], environment: &[(&str, String)]) -> Self {
        let port = free_port().unwrap();
        let listen = format!("127.0.0.1:{port}");
        let log = workspace.path(&format!("log-{port}"));
        let mut command = command_that_dies_with_us(&runtime_shim());
        workspace.equip(&mut command);
        command.args(["up", "--listen", &listen]).args(arguments);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let output = File::create(&log).unwrap();
        command.stdout(output.try_clone().unwrap()).stderr(output);
        let mut running = Self { url: format!("http://{listen}"), log, process: spawn(command).unwrap() };
        running.wait();
        running
    }

    pub fn nobody(&self) -> Caller {
        Caller::new(&self.url, Uuid::nil(), None)
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn wait(&mut self) {
        let start = Instant::now();
        while self.nobody().request("GET", "/livez").try_send().is_err() {
            if let Some(status) = self.process.process().try_wait().unwrap() {
                panic!("ended with {status}\n{}", self.log());
            }
            assert!(start.elapsed() < Duration::from_secs(240), "silent\n{}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A database that was prepared as a migration job does it, and what a pod is told about it.
pub fn database(workspace: &Workspace, server: &ScratchPostgres) -> Vec<(&'static str, String)> {
    server.create_database("todo").unwrap();
    let password = |role: &str| format!("{role}{}", Uuid::new_v4().simple());
    let environment = vec![
        ("SPIN_VARIABLE_DB_HOST", "127.0.0.1".to_owned()),
        ("SPIN_VARIABLE_DB_PORT", server.port().to_string()),
        ("SPIN_VARIABLE_DB_NAME", "todo".to_owned()),
        ("SPIN_VARIABLE_DB_PARAMS", "sslmode=disable".to_owned()),
        ("SPIN_VARIABLE_DB_APP_PASSWORD", password("a")),
        ("SPIN_VARIABLE_DB_IDENTITY_PASSWORD", password("i")),
        ("SPIN_VARIABLE_BETTER_AUTH_SECRET", format!("{}{}", Uuid::new_v4(), Uuid::new_v4())),
    ];
    let mut migrate = workspace.command();
    migrate.args(["migrate", "up", "--roles", "-f", &product()]);
    migrate.env("RUNTIME_SHIM_DATABASE_URL", server.url("todo"));
    migrate.envs(environment.iter().map(|(name, value)| (name, value)));
    let output = migrate.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    environment
}

/// The command line of SpinKube's `spinImage` executor, with what its operator mounts and sets.
#[test]
fn spinkubes_container_runs_the_signed_app_with_mounted_credentials() {
    let (server, workspace) = (Server::start(Kind::Password), Workspace::new());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    workspace.registry_with_input(&login, PASSWORD).answer();
    let (key, public) = workspace.keys(1);
    let reference = server.reference("todo/app:1.0.0");
    let digest = workspace
        .registry(&["push", &reference, "-f", &product(), "--insecure", "--sign-key", &key])
        .answer();

    let postgres = ScratchPostgres::start().unwrap();
    let mut environment = database(&workspace, &postgres);
    environment.push(("RUNTIME_SHIM_REGISTRY_INSECURE", "true".to_owned()));
    environment.push(("RUNTIME_SHIM_VERIFY_KEY", public));
    let config = workspace.path("runtime-config.toml");
    std::fs::write(&config, "[[config_provider]]\ntype = \"env\"\nprefix = \"SPIN_VARIABLE_\"\n").unwrap();
    let config = text(&config);
    let running =
        Running::start(&workspace, &["-f", &reference, "--runtime-config-file", &config], &environment);
    use_it(&running);
    assert!(running.log().contains("artifact "), "how long it took is said\n{}", running.log());
    drop(running);

    // By its digest it needs no registry once it is here, and nothing to compile.
    drop(server);
    environment.retain(|(name, _)| *name != "RUNTIME_SHIM_VERIFY_KEY");
    let by_digest = format!("{}@{digest}", reference.trim_end_matches(":1.0.0"));
    let started = Instant::now();
    let running =
        Running::start(&workspace, &["-f", &by_digest, "--runtime-config-file", &config], &environment);
    println!("started again after {:?}: {}", started.elapsed(), running.log());
    use_it(&running);
}

/// Signs up, adds a task over REST, and finds it over MCP.
fn use_it(running: &Running) {
    let nobody = running.nobody();
    nobody.get("/readyz").expect(200);
    let account = json!({
        "name": "Ada", "email": format!("ada-{}@example.com", Uuid::new_v4().simple()),
        "password": format!("correct horse {}", Uuid::new_v4()), "timeZone": "Europe/Berlin"
    });
    let signed_up = nobody
        .request("POST", "/api/auth/sign-up/email")
        .json(&account)
        .header("origin", &running.url)
        .send()
        .expect(200);
    let cookie = signed_up.header("set-cookie").expect("a session").split(';').next().unwrap().to_owned();
    let token = nobody.request("GET", "/api/auth/token").header("cookie", &cookie).send().expect(200);
    let ada = nobody.with_token(token.json()["token"].as_str().unwrap());
    ada.post("/api/v1/tasks", &json!({ "title": "Buy milk" })).expect(201);
    let found = ada.get("/api/v1/tasks").expect(200).json();
    assert_eq!(found["items"][0]["title"], "Buy milk");
    let said = ada.post("/api/v1/chat", &json!({ "message": "show my tasks" })).expect(200);
    assert!(said.body.contains("Buy milk"), "{}", said.body);
}
