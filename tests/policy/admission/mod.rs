//! The cluster's admission policies say the same as the rules; a cluster tries the same objects (`tests/cluster`).

use std::path::{Path, PathBuf};

use harness::repository;
use serde_json::Value;

use crate::documents::documents;
use crate::rego::{Rules, refusals};
use crate::rendered::namespace;

const OBJECTS: &str = "tests/policy/admission";

fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(repository().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .filter(|path| !path.ends_with("kustomization.yaml"))
        .collect();
    files.sort();
    files
}

fn read(file: &Path) -> Vec<Value> {
    documents(&[file.to_str().unwrap()])
}

/// The rules look at a whole environment; a lone object lacks neighbours by nature.
fn judged(file: &Path, environment: &str) -> Vec<(String, String)> {
    let mut found = refusals(Rules::Environment, &[file, &namespace(environment)]);
    found.retain(|(rule, _)| rule != "neighbours");
    found
}

#[test]
fn what_the_cluster_must_refuse_is_refused_by_the_rule_of_its_name() {
    let refused = files(&format!("{OBJECTS}/refused"));
    assert!(refused.len() > 30);
    for file in refused {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let object = read(&file).remove(0);
        assert_eq!(object["metadata"]["name"], name);
        assert!(object["metadata"]["annotations"]["refused-because"].is_string(), "{name} says no reason");
        let rule = name.split('-').next().unwrap();
        // Only the cluster knows the namespace that an object really goes to.
        if name == "labels-other-environment" {
            continue;
        }
        let found = refusals(Rules::Environment, &[&file, &namespace("prod")]);
        assert!(found.iter().any(|(by, _)| by == rule), "{name} passes the rule {rule}: {found:?}");
    }
}

#[test]
fn what_the_cluster_must_admit_passes_the_rules() {
    for file in files(&format!("{OBJECTS}/admitted")) {
        // An operator makes it in the cluster; no rendering has it.
        if file.ends_with("made-by-spinkube.yaml") {
            continue;
        }
        let environment = if file.ends_with("dev.yaml") { "dev" } else { "prod" };
        assert_eq!(judged(&file, environment), [], "{}", file.display());
    }
}

#[test]
fn every_policy_is_bound_and_denies() {
    let all: Vec<Value> = files("deploy/admission").iter().flat_map(|file| read(file)).collect();
    let of = |kind: &'static str| all.iter().filter(move |one| one["kind"] == kind);
    let bindings: Vec<&Value> = of("ValidatingAdmissionPolicyBinding").collect();
    assert_eq!(of("ValidatingAdmissionPolicy").count(), bindings.len());
    for policy in of("ValidatingAdmissionPolicy") {
        assert_eq!(policy["spec"]["failurePolicy"], "Fail");
        let name = &policy["metadata"]["name"];
        let binding = bindings.iter().find(|binding| binding["spec"]["policyName"] == *name).unwrap();
        let actions = binding["spec"]["validationActions"].as_array().unwrap();
        assert!(actions.iter().any(|action| action == "Deny"), "{name} only warns");
    }
}

#[test]
fn every_sentence_of_the_policies_has_an_object_that_breaks_it() {
    let reasons: Vec<String> = files(&format!("{OBJECTS}/refused"))
        .iter()
        .flat_map(|file| read(file))
        .map(|object| object["metadata"]["annotations"]["refused-because"].as_str().unwrap().to_owned())
        .collect();
    for policy in files("deploy/admission").iter().flat_map(|file| read(file)) {
        let name = policy["metadata"]["name"].as_str().unwrap();
        for validation in policy["spec"]["validations"].as_array().into_iter().flatten() {
            let sentence = validation["message"].as_str().unwrap();
            let tried = reasons.iter().any(|reason| sentence.contains(reason.as_str()) || reason == name);
            // A SpinApp needs SpinKube's definitions; the parts of `default-deny` are tried with the policy as a whole.
            assert!(tried || name == "todo-assistant-spin-variables", "nothing tries {name:?}: {sentence}");
        }
    }
}

#[test]
fn nothing_passes_the_labels_by_what_it_says_of_itself() {
    let policy = read(&repository().join("deploy/admission/labels.yaml")).remove(0);
    let conditions = policy["spec"]["matchConditions"].as_array().unwrap();
    assert!(!conditions.is_empty());
    for condition in conditions {
        let expression = condition["expression"].as_str().unwrap();
        assert!(expression.contains("request.userInfo.username"), "{}", condition["name"]);
        assert!(!expression.contains("app-name"), "{}: anyone can write a label", condition["name"]);
    }
    // What the cluster is asked as its operator is asked for with the same name.
    let made = read(&repository().join(OBJECTS).join("admitted/made-by-spinkube.yaml"));
    for object in made {
        let account = object["metadata"]["annotations"]["admitted-for"].as_str().unwrap();
        assert!(conditions.iter().any(|one| one["expression"].as_str().unwrap().contains(account)));
    }
}
