//! Rules by promtool: they are well-formed, and each alert fires when it should and is silent when not.

use std::path::PathBuf;
use std::process::Command;

use crate::prometheus::Prometheus;

fn promtool(arguments: &[&str], files: &[PathBuf]) {
    let output = Command::new("promtool")
        .args(arguments)
        .args(files)
        .output()
        .expect("promtool; install it with: apt-get install prometheus");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
}

fn yaml_files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(harness::repository().join(folder)).unwrap();
    let files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "{folder}");
    files
}

#[test]
fn promtool_finds_nothing_wrong_with_the_rules() {
    promtool(
        &["check", "rules", "--lint", "all", "--lint-fatal"],
        &yaml_files("charts/todo-chatbot/files/rules"),
    );
}

#[test]
fn alerts_fire_when_they_should_and_are_silent_when_not() {
    promtool(&["test", "rules"], &yaml_files("tests/observability/rules"));
}

#[test]
fn every_alert_is_seen_to_fire_and_seen_to_be_silent() {
    let files = yaml_files("tests/observability/rules");
    let tests: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    for alert in Prometheus::shared().alerts() {
        let name = alert["name"].as_str().unwrap();
        let cases: Vec<&str> =
            tests.split("- alertname: ").filter(|case| case.starts_with(&format!("{name}\n"))).collect();
        let quiet = |case: &&&str| case.contains("exp_alerts: []") || case.matches("exp_labels").count() == 1;
        assert!(cases.iter().any(|case| case.contains("exp_labels")), "{name} is never seen to fire");
        assert!(cases.iter().any(|case| quiet(&case)), "{name} is never seen to be silent");
    }
}

#[test]
fn every_alert_says_how_bad_it_is_what_it_is_and_where_to_read_on() {
    let alerts = Prometheus::shared().alerts();
    assert!(alerts.len() >= 15);
    for alert in alerts {
        let name = alert["name"].as_str().unwrap();
        let severity = alert["labels"]["severity"].as_str().unwrap_or_default();
        assert!(["critical", "warning", "info"].contains(&severity), "{name}: {severity:?}");
        for annotation in ["summary", "description", "runbook_url"] {
            assert!(
                alert["annotations"][annotation].as_str().is_some_and(|text| !text.is_empty()),
                "{name}: {annotation}"
            );
        }
    }
}
