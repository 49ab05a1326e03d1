//! One page for each alert, and nothing in it that changes something without saying so.

use std::collections::BTreeSet;

use crate::prometheus::Prometheus;

/// What changes something, as it stands in a command line.
const CHANGES: [&str; 18] = [
    " delete ",
    " scale ",
    " patch ",
    " apply ",
    " set env ",
    " set image ",
    " drain ",
    " cordon ",
    " edit ",
    " rollout undo",
    " rollout restart",
    " rollback ",
    " upgrade ",
    " uninstall ",
    " migrate up",
    " migrate down",
    "pg_terminate_backend",
    "pg_cancel_backend",
];

/// A page's name and text.
fn pages() -> Vec<(String, String)> {
    let folder = harness::repository().join("docs/runbooks");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = entries.filter(|path| path.file_stem().is_some_and(|stem| stem != "README"));
    pages
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The blocks of a page: what stands before, the mark behind the fence, the commands.
fn blocks(page: &str) -> Vec<(&str, &str, &str)> {
    let parts: Vec<&str> = page.split("```").collect();
    assert_eq!(parts.len() % 2, 1, "a block is open at the end");
    parts
        .windows(2)
        .step_by(2)
        .map(|pair| {
            let (mark, commands) = pair[1].split_once('\n').unwrap();
            (pair[0], mark, commands)
        })
        .collect()
}

/// `TodoNoReadyPods` as `todo-no-ready-pods`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

#[test]
fn every_alert_has_its_page_and_every_page_its_alert() {
    let alerts: BTreeSet<String> = Prometheus::shared()
        .alerts()
        .iter()
        .map(|alert| {
            let name = kebab(alert["name"].as_str().unwrap());
            assert_eq!(alert["annotations"]["runbook_url"], format!("docs/runbooks/{name}.md").as_str());
            name
        })
        .collect();
    let pages: BTreeSet<String> = pages().into_iter().map(|(name, _)| name).collect();
    assert_eq!(alerts, pages);
    let index = std::fs::read_to_string(harness::repository().join("docs/runbooks/README.md")).unwrap();
    for page in pages {
        assert!(index.contains(&format!("({page}.md)")), "{page} is not in the index");
    }
}

#[test]
fn every_page_says_what_is_noticed_what_to_look_at_what_to_do_and_how_to_go_back() {
    for (name, page) in pages() {
        let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, ["Symptom", "Check", "Act", "Roll back"], "{name}");
        let check = page.split("## Check").nth(1).unwrap().split("## Act").next().unwrap();
        assert!(check.contains("```sh\n"), "{name}: nothing to look at");
        assert!(!check.contains("approval=required"), "{name}: looking changes nothing");
    }
}

#[test]
fn what_changes_something_needs_approval_and_nothing_else_does() {
    for (name, page) in pages() {
        for (before, mark, commands) in blocks(&page) {
            let change = CHANGES.iter().find(|change| commands.contains(**change));
            match mark {
                "sh" => assert!(change.is_none(), "{name}: {change:?} without approval: {commands}"),
                "sh approval=required" => {
                    assert!(change.is_some(), "{name}: needs no approval: {commands}");
                    let paragraph = before.trim_end().rsplit("\n\n").next().unwrap();
                    assert!(paragraph.starts_with("**Needs approval**: "), "{name}: {paragraph}");
                }
                other => panic!("{name}: a block marked {other:?}"),
            }
        }
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let names: BTreeSet<String> = pages().into_iter().map(|(name, _)| name).collect();
    for (name, page) in pages() {
        for link in page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            assert!(names.contains(link.trim_end_matches(".md")), "{name}: {link}");
        }
    }
}
