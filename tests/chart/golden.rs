//! What each environment becomes in each mode, kept under version control: a change of the chart shows what it changes.
//!
//! `UPDATE_GOLDEN=1` writes the files anew.

use std::path::PathBuf;

use crate::render::{each, render};

/// Values that are made up at each rendering, and files that have tests of their own.
fn without_what_changes(text: &str) -> String {
    let documents = text.split("\n---\n").map(|document| {
        let made_up = document.contains("\nkind: Secret\n");
        let from_file =
            document.contains("\nkind: PrometheusRule\n") || document.contains("grafana_dashboard:");
        let mut inside = false;
        let mut lines = Vec::new();
        for line in document.lines() {
            if inside && line.starts_with(' ') {
                match line.split_once(": ") {
                    Some((key, _)) if made_up => lines.push(format!("{key}: (made up)")),
                    _ if made_up => lines.push(line.to_owned()),
                    _ => {}
                }
                continue;
            }
            inside = made_up && line == "data:" || from_file && (line == "spec:" || line == "data:");
            lines.push(line.to_owned());
            if inside && from_file {
                lines.push("  (a file of the chart)".to_owned());
            }
        }
        lines.join("\n")
    });
    documents.collect::<Vec<_>>().join("\n---\n") + "\n"
}

fn compare(name: &str, text: &str) -> Result<(), String> {
    let path: PathBuf = harness::repository().join(format!("tests/chart/golden/{name}.yaml"));
    let now = without_what_changes(text);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, now).unwrap();
        return Ok(());
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept == now {
        return Ok(());
    }
    let line = kept.lines().zip(now.lines()).position(|(before, after)| before != after);
    let line = line.unwrap_or_else(|| kept.lines().count().min(now.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    Err(format!("{name}.yaml line {}: {:?} has become {:?}", line + 1, at(&kept), at(&now)))
}

#[test]
fn every_environment_is_rendered_as_before() {
    let variants = [
        ("dev-cloudnativepg", render("dev", &["database.mode=cloudnativepg"])),
        ("prod-argo-rollouts", render("prod", &["canary.mode=argo-rollouts"])),
        ("prod-flagger", render("prod", &["canary.mode=flagger", "httpRoute.enabled=false"])),
        ("prod-spinkube-runtime-class", render("prod", &["mode=spinkube", "spinkube.runBy=runtime-class"])),
    ];
    let variants = variants.into_iter().map(|(name, rendered)| (name.to_owned(), rendered));
    let changed: Vec<String> =
        each().chain(variants).filter_map(|(name, rendered)| compare(&name, &rendered.text).err()).collect();
    assert!(changed.is_empty(), "look at them, then UPDATE_GOLDEN=1:\n{}", changed.join("\n"));
}
