//! The program itself, run as people run it.

use crate::client::get;
use crate::fixtures::fixture;
use rustix::process::{Pid, Signal, kill_process};
use scratch_postgres::ScratchPostgres;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const MIGRATIONS: [(&str, &str); 2] = [
    ("202601010000_notes.up.sql", "CREATE TABLE notes (note text);"),
    ("202601010000_notes.down.sql", "DROP TABLE notes;"),
];

/// An app in a folder, with a component on every path and a database.
fn app() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = format!(
        "spin_manifest_version = 2\n[application]\nname = 'commands'\n[variables]\ndb_host = {{ required = true }}\n\
         [[trigger.http]]\nroute = '/...'\ncomponent = 'unruly'\n[component.unruly]\nsource = '{}'\n",
        fixture("unruly").display()
    );
    let settings = "[database]\nname = 'app'\nmigrations = 'migrations'\nvariables = { host = 'db_host' }\n";
    std::fs::write(folder.path().join("spin.toml"), manifest).unwrap();
    std::fs::write(folder.path().join("runtime-shim.toml"), settings).unwrap();
    std::fs::create_dir(folder.path().join("migrations")).unwrap();
    for (name, sql) in MIGRATIONS {
        std::fs::write(folder.path().join("migrations").join(name), sql).unwrap();
    }
    folder
}

fn database() -> ScratchPostgres {
    let server = ScratchPostgres::start().expect("PostgreSQL starts");
    server.create_database("app").expect("the database is made");
    server
}

fn command(words: &str, app: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runtime-shim"));
    command.args(words.split(' ')).arg("--from").arg(app).stdin(Stdio::null());
    command
}

/// What a command says that succeeds.
fn said(command: &mut Command) -> String {
    let output = command.output().expect("runtime-shim starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// `up`, from its first line on.
struct Up {
    child: Child,
    /// What it said before it served.
    said: Vec<String>,
    address: SocketAddr,
}

impl Up {
    fn start(command: &mut Command, cache: &Path) -> Self {
        command.args(["--no-build", "--listen", "127.0.0.1:0", "--cache-dir"]).arg(cache);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("runtime-shim starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let address = loop {
            let line = lines.next().expect("the app is ready");
            if let Some((_, rest)) = line.split_once("The app is at http://") {
                break rest.split(' ').next().unwrap().parse().unwrap();
            }
            said.push(line);
        };
        // Read to its end, so that it can go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, said, address }
    }

    /// Asks it to end, and gives its exit code.
    fn stop(&mut self) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        // Both fail where it has ended.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn up_prepares_the_database_says_where_the_app_is_and_ends_when_told_to() {
    let (app, server) = (app(), database());
    let mut up = command("up", app.path());
    up.arg("--database-url").arg(server.url("app")).arg("--data-dir").arg(app.path().join("data"));
    let mut up = Up::start(&mut up, &app.path().join("cache"));
    assert!(up.said.iter().any(|line| line.contains("migrated: 202601010000 notes")), "{:?}", up.said);
    assert_eq!(get(up.address, "/hello").await.body, "hello");
    assert_eq!(up.stop(), Some(0));
    assert_eq!(server.sql("app", "SELECT count(*) FROM notes").unwrap().trim(), "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_was_packed_runs_from_its_folder() {
    let app = app();
    let packed = app.path().join("packed");
    let digest = said(command("registry pack", app.path()).arg("--to").arg(&packed));
    assert!(digest.starts_with("sha256:"), "{digest}");
    let mut up = command("up --variable db_host=nowhere", &packed);
    let mut up = Up::start(&mut up, &app.path().join("cache"));
    assert_eq!(get(up.address, "/hello").await.body, "hello");
    assert_eq!(up.stop(), Some(0));
}

#[test]
fn the_schema_is_looked_at_brought_up_and_taken_down_by_commands() {
    let (app, server) = (app(), database());
    let migrate = |words: &str| {
        said(command(&format!("migrate {words}"), app.path()).arg("--database-url").arg(server.url("app")))
    };
    assert!(migrate("status").contains("202601010000  pending"));
    assert!(migrate("up").contains("applied 202601010000 notes"));
    assert!(migrate("status").contains("202601010000  applied"));
    assert_eq!(migrate("up"), "nothing to do\n");
    assert!(migrate("down --to 0").contains("undone 202601010000 notes"));
    assert!(migrate("status").contains("202601010000  pending"));
}

#[test]
fn what_is_wrong_is_said_on_standard_error_with_a_code_of_failure() {
    let app = app();
    std::fs::remove_file(app.path().join("runtime-shim.toml")).unwrap();
    let output = command("migrate status", app.path()).output().expect("runtime-shim starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: this app has no [database] in "), "{said}");
}
