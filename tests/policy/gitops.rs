//! Argo CD and Flux get objects that their definitions allow, and each environment is kept by both alike.

use std::path::{Path, PathBuf};

use harness::programs::{command, run};
use harness::repository;
use serde_json::Value;

use crate::definitions::{faults, is_known};
use crate::documents::documents;
use crate::rego::{Rules, refusals};
use crate::rendered::{MODES, namespace, render_with};

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn objects(folder: &str) -> Vec<Value> {
    let files = below(&repository().join(folder));
    files.iter().flat_map(|file| documents(&[file.to_str().unwrap()])).collect()
}

#[test]
fn every_object_is_as_its_definition_wants_it() {
    for (folder, at_least) in [("deploy/argocd", 4), ("deploy/flux", 11), ("deploy/admission", 1)] {
        let known: Vec<Value> = objects(folder).into_iter().filter(is_known).collect();
        assert!(known.len() >= at_least, "{folder}: only {} objects have a definition", known.len());
        let found: Vec<String> = known.iter().flat_map(faults).collect();
        assert!(found.is_empty(), "{folder}:\n{}", found.join("\n"));
    }
}

#[test]
fn what_the_chart_renders_is_as_definitions_want_it() {
    let folder = tempfile::tempdir().unwrap();
    for environment in ENVIRONMENTS {
        for mode in MODES {
            let file = render_with(folder.path(), environment, mode, &[]);
            let found: Vec<String> = documents(&[file.to_str().unwrap()]).iter().flat_map(faults).collect();
            assert!(found.is_empty(), "{environment}, {mode}:\n{}", found.join("\n"));
        }
    }
}

#[test]
fn what_is_changed_by_hand_is_put_back_and_told() {
    let argo = objects("deploy/argocd");
    let set = argo.iter().find(|one| one["kind"] == "ApplicationSet").unwrap();
    let template = &set["spec"]["template"];
    assert_eq!(template["spec"]["syncPolicy"]["automated"]["selfHeal"], true);
    let told = template["metadata"]["annotations"].as_object().unwrap();
    assert!(told.keys().any(|name| name.contains("subscribe.on-drift")));
    let notifications = argo.iter().find(|one| one["metadata"]["name"] == "argocd-notifications-cm").unwrap();
    for subscription in told.keys().filter(|name| name.contains("/subscribe.")) {
        let trigger = subscription.split("subscribe.").nth(1).unwrap().rsplit_once('.').unwrap().0;
        let trigger = &notifications["data"][format!("trigger.{trigger}")];
        assert!(trigger.is_string(), "{subscription} has no trigger");
    }
    let flux = objects("deploy/flux");
    let releases: Vec<&Value> = flux.iter().filter(|one| one["kind"] == "HelmRelease").collect();
    assert_eq!(releases.len(), ENVIRONMENTS.len());
    for release in releases {
        assert_eq!(release["spec"]["driftDetection"]["mode"], "enabled");
        assert_eq!(release["spec"]["upgrade"]["remediation"]["strategy"], "rollback");
        assert_eq!(release["spec"]["test"]["enable"], true);
    }
}

#[test]
fn both_keep_the_same_environments_in_the_same_namespaces() {
    let generators = objects("deploy/argocd")
        .into_iter()
        .find(|one| one["kind"] == "ApplicationSet")
        .map(|set| set["spec"]["generators"][0]["list"]["elements"].clone());
    let by_argo: Vec<String> = generators
        .and_then(|elements| elements.as_array().cloned())
        .unwrap()
        .iter()
        .map(|element| format!("todo-{}", element["environment"].as_str().unwrap()))
        .collect();
    let by_flux: Vec<String> = objects("deploy/flux")
        .iter()
        .filter(|one| one["kind"] == "HelmRelease")
        .map(|release| release["metadata"]["namespace"].as_str().unwrap().to_owned())
        .collect();
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(by_argo), sorted(by_flux));
}

#[test]
fn every_file_that_a_kustomization_names_is_there() {
    for file in below(&repository().join("deploy")).iter().filter(|file| file.ends_with("kustomization.yaml"))
    {
        let kustomization = documents(&[file.to_str().unwrap()]).remove(0);
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let generated =
            list(&kustomization["configMapGenerator"]).into_iter().flat_map(|one| list(&one["files"]));
        let named =
            list(&kustomization["resources"]).into_iter().chain(list(&kustomization["configurations"]));
        for name in named.chain(generated) {
            let name = name.as_str().unwrap();
            let path = file.parent().unwrap().join(name.rsplit('=').next().unwrap());
            let there = path.is_file() || path.join("kustomization.yaml").is_file();
            assert!(there, "{} names {name}", file.display());
        }
    }
}

#[test]
fn a_promoted_release_keeps_to_the_policy_and_an_unpromoted_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    for environment in ENVIRONMENTS {
        let name = format!("{environment}.yaml");
        std::fs::copy(repository().join("deploy/environments").join(&name), folder.path().join(&name))
            .unwrap();
    }
    let promote = |arguments: &[&str]| {
        run(command("scripts/promote.sh").args(arguments).arg(folder.path())).status.success()
    };
    let values = |environment: &str| folder.path().join(format!("{environment}.yaml"));
    let judge = |environment: &str| {
        let values = values(environment);
        let file =
            render_with(folder.path(), environment, "runtime-class", &["--values", values.to_str().unwrap()]);
        refusals(Rules::Environment, &[&file, &namespace(environment)])
    };
    assert!(!promote(&["prod", "--from", "staging"]), "nothing was promoted to staging yet");
    assert!(judge("prod").iter().all(|(rule, _)| rule == "images") && !judge("prod").is_empty());
    let digests = [format!("sha256:{}", "a".repeat(64)), format!("sha256:{}", "b".repeat(64))];
    assert!(!promote(&["staging", "latest", &digests[1]]), "a tag is no digest");
    assert!(promote(&["staging", &digests[0], &digests[1]]));
    assert!(promote(&["prod", "--from", "staging"]));
    assert_eq!(judge("prod"), []);
    let written = std::fs::read_to_string(values("prod")).unwrap();
    assert!(digests.iter().all(|digest| written.contains(digest)), "{written}");
}
