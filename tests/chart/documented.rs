//! Every value has its comment, and the README is made of them.

use harness::programs::{command, printed};

use crate::render::CHART;

fn read(name: &str) -> String {
    std::fs::read_to_string(harness::repository().join(CHART).join(name)).unwrap()
}

#[test]
fn every_value_has_a_comment() {
    // A map under a comment with a dash is documented as one.
    let mut documented_at: Option<usize> = None;
    let mut comment = String::new();
    let mut missing = Vec::new();
    for line in read("values.yaml").lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if text.starts_with('#') {
            comment.push_str(text);
            continue;
        }
        if text.is_empty() {
            comment.clear();
            continue;
        }
        let inside = documented_at.is_some_and(|level| indent > level);
        if !inside {
            documented_at = comment.contains("# -- ").then_some(indent);
            let is_map = text.ends_with(':');
            if documented_at.is_none() && !is_map {
                missing.push(line.to_owned());
            }
        }
        comment.clear();
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_readme_is_what_helm_docs_makes() {
    let made = printed(command("helm-docs").args(["--chart-search-root", CHART, "--dry-run"]).args([
        "--sort-values-order",
        "file",
        "--skip-version-footer",
        "--log-level",
        "error",
    ]));
    assert_eq!(
        made.trim(),
        read("README.md").trim(),
        "run helm-docs as the first line of README.md.gotmpl says"
    );
    assert!(made.contains("| mode | string |"));
}
