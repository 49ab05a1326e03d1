//! Judging files by the rules, and the rules' own tests.

use std::path::Path;

use harness::programs::{command, printed, run, text};
use serde_json::Value;

/// Which rules.
#[derive(Clone, Copy)]
pub enum Rules {
    /// Those about the objects of an environment.
    Environment,
    /// Those about values files.
    Values,
}

/// What the rules refuse in these files, taken together: rule and sentence.
pub fn refusals(rules: Rules, files: &[&Path]) -> Vec<(String, String)> {
    let folder = match rules {
        Rules::Environment => "policy/environment",
        Rules::Values => "policy/values",
    };
    let output = run(command("conftest")
        .args(["test", "--combine", "--all-namespaces", "--output", "json"])
        .args(["--policy", folder, "--policy", "policy/credentials"])
        .args(files));
    let results: Vec<Value> = serde_json::from_str(&text(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let refusals: Vec<_> = results.iter().flat_map(of_rule).collect();
    assert_eq!(output.status.success(), refusals.is_empty());
    refusals
}

fn of_rule(result: &Value) -> Vec<(String, String)> {
    let rule = result["namespace"].as_str().unwrap();
    let failures = result["failures"].as_array().cloned().unwrap_or_default();
    failures.iter().map(|failure| (rule.to_owned(), failure["msg"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_rules_pass_their_own_tests() {
    let printed = printed(command("opa").args(["test", "--v1-compatible", "policy", "--format", "json"]));
    let tests: Vec<Value> = serde_json::from_str(&printed).unwrap();
    assert!(tests.len() >= 60, "only {} tests", tests.len());
    for test in tests {
        assert!(test["fail"].is_null() && test["error"].is_null(), "{test}");
    }
}

#[test]
fn conftest_comes_to_the_same_in_its_own_way() {
    let printed = printed(command("conftest").args(["verify", "--no-color", "--policy", "policy"]));
    assert!(printed.contains(" 0 failures"), "{printed}");
}

#[test]
fn the_rules_are_checked_strictly_and_formatted() {
    printed(command("opa").args(["check", "--strict", "--v1-compatible", "policy"]));
    printed(command("conftest").args(["fmt", "--check", "policy"]));
}
