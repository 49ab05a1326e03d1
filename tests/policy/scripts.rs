//! Every shell script passes shellcheck.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use harness::programs::{command, run, text};
use harness::{repository, tracked_files};
use serde_json::Value;

use crate::documents::documents;

#[test]
fn every_script_passes_shellcheck() {
    let scripts: Vec<_> = tracked_files().into_iter().filter(|path| is_script(path)).collect();
    assert!(scripts.len() > 1);
    let output = run(command("shellcheck").args(["--external-sources", "--severity=style"]).args(&scripts));
    assert!(output.status.success(), "{}", text(&output));
}

fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "sh")
        || path.starts_with("scripts")
        || path.starts_with(".githooks")
        || path == Path::new(".ci/run")
}

#[test]
fn every_script_stops_at_the_first_mistake_and_may_be_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let of_people =
        |path: &&PathBuf| ["deploy", "scripts", ".githooks"].iter().any(|folder| path.starts_with(folder));
    for path in tracked_files().iter().filter(of_people).filter(|path| is_script(path)) {
        let file = repository().join(path);
        let text = std::fs::read_to_string(&file).unwrap();
        let path = path.display();
        assert!(text.lines().any(|line| line == "set -euo pipefail"), "{path} goes on after a mistake");
        assert!(file.metadata().unwrap().permissions().mode() & 0o111 != 0, "{path} is not executable");
    }
}

fn steps() -> Vec<Value> {
    let folder = repository().join(".github/workflows");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 1);
    files
        .iter()
        .flat_map(|file| documents(&[file.to_str().unwrap()]))
        .flat_map(|workflow| workflow["jobs"].as_object().unwrap().values().cloned().collect::<Vec<_>>())
        // A job that is another workflow has no steps of its own.
        .flat_map(|job| job["steps"].as_array().cloned().unwrap_or_default())
        .collect()
}

#[test]
fn what_workflows_run_passes_shellcheck() {
    for step in steps() {
        let Some(script) = step["run"].as_str() else { continue };
        assert!(!script.contains("${{"), "a value goes into a script as text, not as a variable: {script}");
        let mut child = command("shellcheck")
            .args(["--shell", "bash", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}: {}", step["name"], text(&output));
    }
}

#[test]
fn every_action_is_pinned_by_its_hash() {
    for action in steps().iter().filter_map(|step| step["uses"].as_str()) {
        let hash = action.split('@').nth(1).unwrap();
        assert!(hash.len() == 40 && hash.chars().all(|one| one.is_ascii_hexdigit()), "{action}");
    }
}
