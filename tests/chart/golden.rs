//! What each environment becomes in each mode, kept under version control: a change of the chart shows what it changes.
//!
//! `UPDATE_GOLDEN=1` writes the files anew.

use std::path::PathBuf;

use crate::render::{each, render};

/// Without values that are made up at each rendering, and without the files of rules and dashboards: those have tests of
/// their own.
fn without_what_changes(text: &str) -> String {
    let from_file = |document: &&str| {
        document.contains("\nkind: PrometheusRule\n") || document.contains("\n    grafana_dashboard:")
    };
    let documents = text.split("\n---\n").filter(|document| !from_file(document)).map(|document| {
        let mut inside = false;
        let lines = document.lines().map(|line| {
            inside = line == "data:" || inside && line.starts_with(' ');
            match line.split_once(": ") {
                Some((key, _)) if inside && document.contains("\nkind: Secret\n") => {
                    format!("{key}: (made up)")
                }
                _ => line.to_owned(),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
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
