//! What each environment becomes in each mode, kept under version control: a change of the chart shows what it changes.
//!
//! For each environment there is the whole rendering in the chart's default mode, `ENVIRONMENT.yaml`. What another mode or
//! setting makes of it is a difference from that, `ENVIRONMENT-NAME.diff` (of a setting within another mode, from that mode): lines that go, lines that come, and a few around
//! them, below the template that they are of. Line numbers are left out, so that a change of what all modes have alike
//! changes one file for an environment.
//!
//! `UPDATE_GOLDEN=1` writes the files anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use similar::TextDiff;

use crate::render::{ENVIRONMENTS, MODES, render};

/// What runs without a mode being chosen.
const DEFAULT_MODE: &str = "runtime-image";

/// Lines around a difference that are kept with it.
const CONTEXT: usize = 3;

/// Settings within a mode that change much.
struct Variant {
    environment: &'static str,
    name: &'static str,
    /// What it is compared with.
    of: &'static [&'static str],
    settings: &'static [&'static str],
}

const VARIANTS: [Variant; 4] = [
    Variant {
        environment: "dev",
        name: "cloudnativepg",
        of: &[],
        settings: &["database.mode=cloudnativepg"],
    },
    Variant { environment: "prod", name: "argo-rollouts", of: &[], settings: &["canary.mode=argo-rollouts"] },
    Variant {
        environment: "prod",
        name: "flagger",
        of: &[],
        settings: &["canary.mode=flagger", "httpRoute.enabled=false"],
    },
    Variant {
        environment: "prod",
        name: "spinkube-runtime-class",
        of: &["mode=spinkube"],
        settings: &["mode=spinkube", "spinkube.runBy=runtime-class"],
    },
];

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

/// What makes one rendering another, without line numbers.
fn difference(from: &str, to: &str) -> String {
    const TEMPLATE: &str = "# Source: ";
    let lines: Vec<&str> = from.lines().collect();
    let template_before = |line: usize| {
        let before = lines.iter().take(line + 1).rev();
        before.copied().find_map(|line| line.strip_prefix(TEMPLATE)).unwrap_or_default()
    };
    let compared = TextDiff::from_lines(from, to);
    let mut text = String::new();
    for group in compared.grouped_ops(CONTEXT) {
        let first = group.first().map_or(0, |op| op.old_range().start);
        text += &format!("@@ {} @@\n", template_before(first));
        for change in group.iter().flat_map(|op| compared.iter_changes(op)) {
            text += &format!("{}{}", change.tag(), change.value());
        }
    }
    text
}

/// Every file with what it has to hold.
fn wanted() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for environment in ENVIRONMENTS {
        let now = |settings: &[&str]| without_what_changes(&render(environment, settings).text);
        let whole = now(&[]);
        for mode in MODES.into_iter().filter(|mode| *mode != DEFAULT_MODE) {
            let text = difference(&whole, &now(&[&format!("mode={mode}")]));
            files.insert(format!("{environment}-{mode}.diff"), text);
        }
        for variant in VARIANTS.iter().filter(|variant| variant.environment == environment) {
            let text = difference(&now(variant.of), &now(variant.settings));
            files.insert(format!("{environment}-{}.diff", variant.name), text);
        }
        files.insert(format!("{environment}.yaml"), whole);
    }
    files
}

fn folder() -> PathBuf {
    harness::repository().join("tests/chart/golden")
}

/// The files that are kept.
fn kept() -> BTreeMap<String, String> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap());
    files
        .map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap()))
        .collect()
}

fn write(files: &BTreeMap<String, String>) {
    for name in kept().keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(folder().join(name)).unwrap();
    }
    for (name, text) in files {
        fs::write(folder().join(name), text).unwrap();
    }
}

/// Where a file has changed first.
fn first_change(name: &str, kept: &str, now: &str) -> String {
    let line = kept.lines().zip(now.lines()).position(|(before, after)| before != after);
    let line = line.unwrap_or_else(|| kept.lines().count().min(now.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    format!("{name} line {}: {:?} has become {:?}", line + 1, at(kept), at(now))
}

#[test]
fn every_environment_is_rendered_as_before() {
    let wanted = wanted();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        write(&wanted);
    }
    let kept = kept();
    let names: BTreeSet<&String> = wanted.keys().chain(kept.keys()).collect();
    let changed: Vec<String> = names
        .into_iter()
        .filter_map(|name| match (kept.get(name), wanted.get(name)) {
            (Some(before), Some(now)) if before == now => None,
            (Some(_), None) => Some(format!("{name} is of nothing that is rendered")),
            (before, now) => {
                Some(first_change(name, before.map_or("", |text| text), now.map_or("", |text| text)))
            }
        })
        .collect();
    assert!(changed.is_empty(), "look at them, then UPDATE_GOLDEN=1:\n{}", changed.join("\n"));
}

#[test]
fn the_whole_renderings_are_of_the_mode_that_nobody_has_to_choose() {
    for environment in ENVIRONMENTS {
        let chosen = render(environment, &[&format!("mode={DEFAULT_MODE}")]);
        let left_out = render(environment, &[]);
        assert_eq!(without_what_changes(&chosen.text), without_what_changes(&left_out.text), "{environment}");
    }
}

#[test]
fn a_difference_names_the_template_and_no_line() {
    let from = "# Source: a.yaml\none\ntwo\n---\n# Source: b.yaml\nthree\nfour\nfive\nsix\nseven\n";
    let to = from.replace("six", "6");
    assert_eq!(difference(from, &to), "@@ b.yaml @@\n three\n four\n five\n-six\n+6\n seven\n");
    assert_eq!(difference(from, from), "");
}
