//! Other projects' resource definitions, as their Go modules have them: what the chart and the deploy folder render for them
//! must be taken by the API server.

use std::path::{Path, PathBuf};
use std::time::Duration;

use harness::{definitions, repository};
use libtest_mimic::Trial;

use crate::programs::{apply, helm_command, kubectl, kubectl_command, with_manifest};
use crate::shell::{run, wait_for};
use crate::test;

/// SpinKube's definitions, as its operator's module has them.
const SPINKUBE: [&str; 2] = ["core.spinkube.dev_spinappexecutors.yaml", "core.spinkube.dev_spinapps.yaml"];
const SPINKUBE_MODULE: &str = "github.com/spinframework/spin-operator";
const SPINKUBE_VERSION: &str = "v0.6.1";

/// Every file of `definitions.json`, and SpinKube's; needs the network for what is not there yet.
pub fn fetch() -> Vec<PathBuf> {
    definitions::files().into_iter().chain(spinkube()).collect()
}

/// Not every module proxy has the operator: SPINKUBE_DEFINITIONS may name a folder with the two files instead.
fn spinkube() -> Vec<PathBuf> {
    if let Some(folder) = std::env::var_os("SPINKUBE_DEFINITIONS") {
        let folder = PathBuf::from(folder);
        return SPINKUBE.iter().map(|file| folder.join(file)).collect();
    }
    let files = SPINKUBE.map(|file| format!("config/crd/bases/{file}"));
    definitions::module_definitions(SPINKUBE_MODULE, SPINKUBE_VERSION, &files)
}

pub fn tests() -> Vec<Trial> {
    vec![
        test("definitions: the cluster takes every definition", take_all),
        test(
            "definitions: the API server takes all that the chart renders, in every mode and environment",
            takes_the_chart,
        ),
        test("definitions: the API server takes what Argo CD and Flux are given", takes_gitops),
    ]
}

fn take_all() {
    for file in fetch() {
        let file = file.display().to_string();
        run(&mut kubectl_command(&["apply", "--server-side", "--force-conflicts", "--filename", &file]));
    }
    let established = || {
        let conditions = kubectl(&[
            "get",
            "customresourcedefinitions",
            "--output=jsonpath={range .items[*]}{.status.conditions[?(@.type==\"Established\")].status}{\"\\n\"}{end}",
        ]);
        (!conditions.is_empty() && conditions.lines().all(|line| line == "True")).then_some(())
    };
    wait_for("definitions", Duration::from_secs(30), established);
}

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];
const MODES: [&[&str]; 4] = [
    &["mode=runtime-image"],
    &["mode=runtime-class"],
    &["mode=spinkube"],
    &["mode=spinkube", "spinkube.runBy=runtime-class"],
];

fn takes_the_chart() {
    for environment in ENVIRONMENTS {
        let namespace = format!("render-{environment}");
        apply(&format!("apiVersion: v1\nkind: Namespace\nmetadata: {{ name: {namespace} }}\n"));
        for mode in MODES {
            taken(&namespace, &render(environment, &namespace, mode));
        }
        if environment == "prod" {
            taken(&namespace, &render(environment, &namespace, &["canary.mode=argo-rollouts"]));
            taken(
                &namespace,
                &render(environment, &namespace, &["canary.mode=flagger", "httpRoute.enabled=false"]),
            );
        }
        crate::programs::remove_namespace(&namespace);
    }
}

/// The chart's objects for an environment. Quotas are left out: a dry run counts against them, too.
fn render(environment: &str, namespace: &str, settings: &[&str]) -> String {
    let chart = repository().join("charts/todo-chatbot");
    let mut command = helm_command(&["template", "todo", "--skip-tests", "--namespace", namespace]);
    command.arg(&chart).arg("--values").arg(chart.join(format!("values-{environment}.yaml")));
    for setting in settings.iter().chain(&["resourceQuota.enabled=false"]) {
        command.args(["--set", setting]);
    }
    run(&mut command)
}

fn taken(namespace: &str, manifest: &str) {
    let output = with_manifest(
        &["apply", "--server-side", "--dry-run=server", "--validate=strict", "--namespace", namespace],
        manifest,
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn takes_gitops() {
    for namespace in ["argocd", "flux-system", "todo-dev", "todo-staging", "todo-prod"] {
        apply(&format!("apiVersion: v1\nkind: Namespace\nmetadata: {{ name: {namespace} }}\n"));
    }
    for folder in ["deploy/argocd", "deploy/flux"] {
        let mut kinds = 0;
        for file in yaml_files(&repository().join(folder)) {
            let text = std::fs::read_to_string(&file).unwrap();
            // Kustomize's own files are instructions, not objects.
            if file.ends_with("kustomization.yaml") || !text.contains("\nmetadata:") {
                continue;
            }
            kinds += 1;
            let path = file.display().to_string();
            let arguments =
                ["apply", "--server-side", "--dry-run=server", "--validate=strict", "--filename", &path];
            run(&mut kubectl_command(&arguments));
        }
        assert!(kinds > 2, "{folder} has only {kinds} files of objects");
    }
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}
