//! An app of the tools alone, and the users who call them.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use harness::{App, Database, Options, repository};
use serde_json::{Value, json};
use uuid::Uuid;

/// 2026-11-18T11:06:40Z, a Wednesday: now, unless a test says otherwise.
pub const NOW: i64 = 1_795_000_000_000_000;

/// The manifest of the fixture with every tool of the catalog behind it, written below target/: the fixture's own names none.
fn manifest() -> PathBuf {
    let (fixture, folder) =
        (repository().join("tests/fixtures/tool-harness"), repository().join("target/tool-harness"));
    fs::create_dir_all(&folder).unwrap();
    let mut tools = String::from("\n[component.tool-harness.dependencies]\n");
    for tool in tool_catalog::folders() {
        writeln!(
            tools,
            "\"todo:{tool}/tool@1.0.0\" = {{ component = \"{tool}\", inherit_configuration = true }}"
        )
        .unwrap();
    }
    for (tool, name) in tool_catalog::folders().zip(tool_catalog::NAMES) {
        let source = repository().join(format!("target/wasm32-wasip2/release/{name}.wasm"));
        write!(tools, "\n[component.{tool}]\nsource = \"{}\"\n", source.display()).unwrap();
    }
    for (name, more) in [("runtime-shim.toml", ""), ("spin.toml", tools.as_str())] {
        // target/ may be a link to a folder elsewhere.
        let top = format!("{}/", repository().display());
        let text = fs::read_to_string(fixture.join(name)).unwrap().replace("../../../", &top);
        // At once, since an app that starts meanwhile reads it.
        let written = tempfile::NamedTempFile::new_in(&folder).unwrap();
        fs::write(written.path(), text + more).unwrap();
        written.persist(folder.join(name)).unwrap();
    }
    folder.join("spin.toml")
}

/// All tools behind one endpoint, which believes who calls.
pub struct ToolHarness(pub App);

impl ToolHarness {
    /// The one that the tests share.
    pub fn shared() -> &'static Self {
        static TOOL_HARNESS: OnceLock<ToolHarness> = OnceLock::new();
        TOOL_HARNESS.get_or_init(|| Self::open(Database::Shared))
    }

    /// On that database.
    pub fn open(database: Database) -> Self {
        Self(App::start(Options { database, manifest: manifest(), ..Options::default() }).unwrap())
    }

    /// A new user with every scope, in UTC.
    pub fn user(&self) -> User<'_> {
        let scopes = ["tasks:read", "tasks:write", "tasks:delete"].map(str::to_owned).to_vec();
        User {
            tools: self,
            id: Uuid::new_v4().to_string(),
            scopes,
            zone: "UTC".to_owned(),
            now: NOW,
            key: None,
        }
    }

    /// What a tool says of itself.
    pub fn description(&self, tool: &str) -> Value {
        self.0.nobody().get(&format!("/{tool}")).expect(200).json()
    }

    /// The types of the events of a task, in order.
    pub fn events(&self, task: &Value) -> Vec<String> {
        let id = task["id"].as_str().unwrap();
        let sql =
            format!("SELECT type || ' ' || version FROM todo.task_events WHERE task_id = '{id}' ORDER BY id");
        self.0.sql(&sql).unwrap().lines().map(str::to_owned).collect()
    }
}

/// Someone who calls tools.
#[derive(Clone)]
pub struct User<'a> {
    tools: &'a ToolHarness,
    pub id: String,
    scopes: Vec<String>,
    zone: String,
    now: i64,
    key: Option<String>,
}

impl User<'_> {
    /// The same user with these scopes only.
    pub fn with_scopes(&self, scopes: &[&str]) -> Self {
        Self { scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(), ..self.clone() }
    }

    /// The same user in another time zone.
    pub fn in_zone(&self, zone: &str) -> Self {
        Self { zone: zone.to_owned(), ..self.clone() }
    }

    /// The same user at another instant, in microseconds.
    pub fn at(&self, now: i64) -> Self {
        Self { now, ..self.clone() }
    }

    /// The same user so many seconds later.
    pub fn later(&self, seconds: i64) -> Self {
        self.at(self.now + seconds * 1_000_000)
    }

    /// The same user with an idempotency key.
    pub fn with_key(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }

    /// The same user under another id.
    pub fn named(&self, id: &str) -> Self {
        Self { id: id.to_owned(), ..self.clone() }
    }

    /// Calls a tool: `{"ok": …}` or `{"error": …}`.
    #[track_caller]
    pub fn call(&self, tool: &str, input: Value) -> Value {
        let caller = json!({
            "user_id": self.id, "scopes": self.scopes, "request_id": "test-request", "time_zone": self.zone,
            "now": self.now, "idempotency_key": self.key,
        });
        let body = json!({ "caller": caller, "input": input });
        self.tools.0.nobody().post(&format!("/{tool}"), &body).expect(200).json()
    }

    /// Calls a tool that must do it.
    #[track_caller]
    pub fn ok(&self, tool: &str, input: Value) -> Value {
        let answer = self.call(tool, input);
        match answer.get("ok") {
            Some(value) => value.clone(),
            // Why, the app's log knows.
            None => panic!("{tool} refuses: {answer}\n{}", self.tools.0.warnings()),
        }
    }

    /// Calls a tool that must refuse.
    #[track_caller]
    pub fn error(&self, tool: &str, input: Value) -> Value {
        let answer = self.call(tool, input);
        match answer.get("error") {
            Some(error) => error.clone(),
            None => panic!("{tool} does it: {answer}"),
        }
    }

    /// Calls a tool that must find the input invalid: the pointers it names.
    #[track_caller]
    pub fn pointers(&self, tool: &str, input: Value) -> Vec<String> {
        let error = self.error(tool, input);
        let violations = error["invalid"].as_array().unwrap_or_else(|| panic!("not invalid: {error}"));
        violations.iter().map(|violation| violation["pointer"].as_str().unwrap().to_owned()).collect()
    }

    /// Adds this task.
    #[track_caller]
    pub fn add_input(&self, input: &Value) -> Value {
        self.ok("add-task", input.clone())
    }

    /// Adds a task with this title.
    #[track_caller]
    pub fn add(&self, title: &str) -> Value {
        self.ok("add-task", json!({ "title": title }))
    }

    /// Reads a task again.
    #[track_caller]
    pub fn read(&self, task: &Value) -> Value {
        self.ok("get-task", json!({ "id": task["id"] }))
    }

    /// The titles that a list, a search or the like answers.
    #[track_caller]
    pub fn titles(&self, tool: &str, input: Value) -> Vec<String> {
        titles(&self.ok(tool, input)["items"])
    }
}

/// The titles of tasks.
pub fn titles(tasks: &Value) -> Vec<String> {
    tasks.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
}
