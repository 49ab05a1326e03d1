//! Judging files by the rules, and the rules' own tests.

use std::path::Path;

use harness::programs::{command, everything, printed, run, text};
use serde_json::Value;

#[derive(Clone, Copy)]
pub enum Rules {
    /// Those about the objects of an environment.
    Environment,
    /// Those about values files.
    Values,
}

/// What the rules refuse in these files, taken together: rule and sentence.
pub fn refusals(rules: Rules, files: &[&Path]) -> Vec<(String, String)> {
    let rules = match rules {
        Rules::Environment => "environment",
        Rules::Values => "values",
    };
    let output = run(command("policy/check.sh").arg(rules).args(files));
    let refusals: Vec<_> = text(&output).lines().map(rule_and_sentence).collect();
    let status = if refusals.is_empty() { 0 } else { 1 };
    assert_eq!(output.status.code(), Some(status), "{}", everything(&output));
    refusals
}

fn rule_and_sentence(line: &str) -> (String, String) {
    let (rule, sentence) = line.split_once(": ").unwrap_or_else(|| panic!("{line:?} names no rule"));
    (rule.to_owned(), sentence.to_owned())
}

#[test]
fn the_rules_pass_their_own_tests() {
    let printed = printed(command("opa").args(["test", "policy", "--format", "json"]));
    let tests: Vec<Value> = serde_json::from_str(&printed).unwrap();
    assert!(tests.len() >= 60, "only {} tests", tests.len());
    for test in tests {
        assert!(test["fail"].is_null() && test["error"].is_null(), "{test}");
    }
}

#[test]
fn the_rules_are_checked_strictly_and_formatted() {
    printed(command("opa").args(["check", "--strict", "policy"]));
    printed(command("opa").args(["fmt", "--fail", "--diff", "policy"]));
}

#[test]
fn a_file_that_can_not_be_read_passes_no_rule() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.yaml");
    std::fs::write(&broken, "kind: [Pod\n").unwrap();
    for file in [broken, folder.path().join("missing.yaml")] {
        let output = run(command("policy/check.sh").arg("environment").arg(&file));
        assert!(!matches!(output.status.code(), Some(0 | 1)), "{}: {}", file.display(), everything(&output));
    }
}
