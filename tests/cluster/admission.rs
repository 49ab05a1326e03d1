//! The cluster itself refuses what the policies forbid, with the reason, and admits what they allow.

use std::path::PathBuf;

use harness::repository;
use libtest_mimic::Trial;

use crate::programs::{kubectl, kubectl_command};
use crate::shell::{refused, run};
use crate::test;

const OBJECTS: &str = "tests/policy/admission";

pub fn tests() -> Vec<Trial> {
    vec![
        test("admission: every broken object is refused with its reason", broken_ones_are_refused),
        test("admission: every sound object is admitted", sound_ones_are_admitted),
    ]
}

/// Puts policies and namespaces into the cluster.
fn prepare() {
    let at = |path: &str| repository().join(path).display().to_string();
    for folder in ["deploy/admission", "deploy/namespaces/dev", "deploy/namespaces/prod"] {
        run(&mut kubectl_command(&["apply", "--kustomize", &at(folder)]));
    }
    // Without its default deny, on purpose.
    run(&mut kubectl_command(&["apply", "--filename", &at("deploy/namespaces/staging/namespace.yaml")]));
    run(&mut kubectl_command(&["apply", "--filename", &at("tests/policy/admission/namespaces.yaml")]));
    let deny = at("deploy/namespaces/default-deny");
    run(&mut kubectl_command(&["--namespace", "todo-unverified", "apply", "--kustomize", &deny]));
}

fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(repository().join(OBJECTS).join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| file.display().to_string()).collect()
}

fn broken_ones_are_refused() {
    prepare();
    // Policies take a moment to be in force; the first object is the probe.
    let files = files("refused");
    let first = &files[0];
    crate::shell::wait_for("policies in force", std::time::Duration::from_secs(30), || {
        let tried = crate::shell::output(&mut dry_run(first));
        (!tried.status.success()).then_some(())
    });
    for file in &files {
        let reason = kubectl(&["annotate", "--local", "--list", "--filename", file]);
        let reason =
            reason.lines().find_map(|line| line.strip_prefix("refused-because=")).unwrap().to_owned();
        let said = refused(&mut dry_run(file));
        assert!(said.contains(&reason), "{file}: {said}\nexpected: {reason}");
    }
}

fn sound_ones_are_admitted() {
    for file in files("admitted") {
        let mut asked = dry_run(&file);
        // What an operator makes is asked for as the operator.
        let notes = kubectl(&["annotate", "--local", "--list", "--filename", &file]);
        if let Some(account) = notes.lines().find_map(|line| line.trim().strip_prefix("admitted-for=")) {
            asked.args(["--as", account, "--as-group", "system:masters"]);
        }
        run(&mut asked);
    }
    // What comes after has namespaces of its own; prod's must not judge them.
    let path = repository().join("deploy/admission").display().to_string();
    run(&mut kubectl_command(&["delete", "--ignore-not-found", "--kustomize", &path]));
}

fn dry_run(file: &str) -> std::process::Command {
    kubectl_command(&["apply", "--dry-run=server", "--filename", file])
}
