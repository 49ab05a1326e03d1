//! Running the suite and reading what it found.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};

use harness::{App, Options};
use serde_json::Value;

use crate::unexercised::UNEXERCISED;

/// What the suite puts behind a scenario's name: `-2026-11-26T12-36-54-340Z`.
const TIMESTAMP_LENGTH: usize = 25;

/// What a scenario found.
pub struct ScenarioResult {
    pub scenario: String,
    checks: Vec<Value>,
}

/// The server under test, with a database of its own.
fn app() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| {
        let manifest = PathBuf::from("tests/fixtures/mcp-conformance/spin.toml");
        App::start(Options { manifest, ..Options::default() }).unwrap()
    })
}

fn package() -> PathBuf {
    harness::repository().join("tests/conformance/node_modules/@modelcontextprotocol/conformance")
}

/// The program, in the Node.js that `NODE` names, or the one on the path.
pub fn command() -> Command {
    let node = std::env::var_os("NODE").unwrap_or_else(|| OsString::from("node"));
    let mut command = Command::new(node);
    command.arg(package().join("dist/index.js"));
    command
}

/// What the program says with these arguments.
fn program(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

/// Tests the server and gives back what each scenario found, by name.
#[track_caller]
pub fn run(arguments: &[&str]) -> Vec<ScenarioResult> {
    // One run at a time: some scenarios wait for an answer for half a second only.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{}/mcp", app().url);
    let common = ["server", "--url", &url, "--output-dir", folder.path().to_str().unwrap()];
    let output = program(&[&common[..], arguments].concat());
    let results = read(folder.path());
    // Its own verdict. What it overlooks is looked for in the checks.
    assert!(
        output.status.success() && !results.is_empty(),
        "{}\n{}\n\nThe server said:\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        app().log()
    );
    results
}

fn read(folder: &Path) -> Vec<ScenarioResult> {
    let mut results: Vec<ScenarioResult> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let (name, _) = name.split_at(name.len() - TIMESTAMP_LENGTH);
            let checks = fs::read(entry.path().join("checks.json")).unwrap();
            ScenarioResult {
                scenario: name.strip_prefix("server-").unwrap().to_owned(),
                checks: serde_json::from_slice(&checks).unwrap(),
            }
        })
        .collect();
    results.sort_by(|one, other| one.scenario.cmp(&other.scenario));
    results
}

/// Fails unless every check succeeded but for those that are known not to be made.
#[track_caller]
pub fn assert_flawless(results: &[ScenarioResult]) {
    let mut flaws = Vec::new();
    for ScenarioResult { scenario, checks } in results {
        let exempt: BTreeSet<&str> = UNEXERCISED
            .iter()
            .filter(|(exempt, ..)| exempt == scenario)
            .map(|(_, check, _)| *check)
            .collect();
        let amiss: Vec<&Value> = checks.iter().filter(|check| !is_success(check)).collect();
        let seen: BTreeSet<&str> = amiss.iter().filter_map(|check| check["id"].as_str()).collect();
        for check in amiss.iter().filter(|check| check["status"] != "INFO" || !is_record(check)) {
            let is_exempt = check["id"].as_str().is_some_and(|id| exempt.contains(id));
            if !is_exempt || ["FAILURE", "WARNING"].iter().any(|status| check["status"] == *status) {
                flaws.push(format!("{scenario}: {check:#}"));
            }
        }
        flaws.extend(
            exempt.difference(&seen).map(|check| format!("{scenario}: {check} is exempt for nothing")),
        );
        if exempt.is_empty() && !checks.iter().any(is_success) {
            flaws.push(format!("{scenario}: nothing was checked"));
        }
    }
    assert!(flaws.is_empty(), "{}\n\nThe server said:\n{}", flaws.join("\n"), app().log());
}

fn is_success(check: &Value) -> bool {
    check["status"] == "SUCCESS" && check["details"]["untestable"] != true
}

/// Whether an entry only tells what was sent: it refers to no rule.
fn is_record(check: &Value) -> bool {
    check.get("specReferences").is_none()
}

/// Every scenario for servers that the suite has.
pub fn listed() -> BTreeSet<String> {
    let output = program(&["list", "--server"]);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("  - "))
        .filter_map(|entry| entry.split(' ').next().map(str::to_owned))
        .collect()
}

/// The scenarios for servers in the suite's requirements of a revision, those it does not count among them.
pub fn required_by(revision: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(package().join(format!("requirements/{revision}.yaml"))).unwrap();
    let (mut section, mut uncounted) = ("", "");
    let mut names = BTreeSet::new();
    for line in text.lines() {
        if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with(['#', ' '])) {
            section = name;
        } else if let Some(name) = line.strip_prefix("  - scenario: ") {
            uncounted = name;
        } else if line.trim() == "leg: server" {
            names.insert(uncounted.to_owned());
        } else if let Some(name) = line.strip_prefix("  - ").filter(|_| section == "server") {
            names.insert(name.to_owned());
        }
    }
    names
}
