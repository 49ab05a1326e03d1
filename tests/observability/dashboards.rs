//! Dashboards show what there is.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::exported::{asked_for, comes_from_elsewhere, series_of};
use crate::prometheus::Prometheus;
use crate::watched::Watched;

fn dashboards() -> Vec<(PathBuf, Value)> {
    let folder = harness::repository().join("charts/todo-chatbot/files/dashboards");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let dashboard =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, dashboard)
    };
    files.filter(|path| path.extension().is_some_and(|end| end == "json")).map(read).collect()
}

fn queries(dashboard: &Value) -> Vec<String> {
    let panels = dashboard["panels"].as_array().unwrap().iter();
    let targets = panels.filter_map(|panel| panel["targets"].as_array()).flatten();
    targets.map(|target| target["expr"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn dashboards_are_told_apart_and_their_panels_too() {
    let all = dashboards();
    assert!(all.len() >= 3);
    let mut seen = BTreeSet::new();
    for (path, dashboard) in &all {
        assert!(seen.insert(dashboard["uid"].as_str().unwrap().to_owned()), "{}", path.display());
        let panels = dashboard["panels"].as_array().unwrap();
        let ids: BTreeSet<u64> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
        assert_eq!(ids.len(), panels.len(), "{}", path.display());
        assert!(!queries(dashboard).is_empty(), "{}", path.display());
    }
}

#[test]
fn dashboards_ask_only_for_what_is_exported_or_recorded() {
    let prometheus = Prometheus::shared();
    let mut known = series_of(&Watched::shared().metrics());
    known.extend(prometheus.rules().iter().map(|rule| rule["name"].as_str().unwrap().to_owned()));
    for (path, dashboard) in dashboards() {
        for query in queries(&dashboard) {
            for name in asked_for(&query) {
                assert!(known.contains(&name) || comes_from_elsewhere(&name), "{}: {name}", path.display());
            }
        }
    }
}

#[test]
fn prometheus_understands_every_query_of_a_panel() {
    let prometheus = Prometheus::shared();
    for (path, dashboard) in dashboards() {
        for query in queries(&dashboard) {
            let query =
                query.replace("$namespace", ".*").replace("$job", ".*").replace("$__rate_interval", "1m");
            assert!(prometheus.understands(&query), "{}: {query}", path.display());
        }
    }
}

#[test]
fn panels_of_requests_and_resources_are_not_empty_for_an_app_at_work() {
    let prometheus = Prometheus::shared();
    for (path, dashboard) in dashboards() {
        for panel in dashboard["panels"].as_array().unwrap().iter().filter(|panel| panel["type"] != "row") {
            let title = panel["title"].as_str().unwrap();
            // What an app that is well does not have.
            if ["Errors", "Stops", "Firing"].contains(&title) || title.starts_with("Limits") {
                continue;
            }
            let query = panel["targets"][0]["expr"].as_str().unwrap();
            let query =
                query.replace("$namespace", ".*").replace("$job", ".*").replace("$__rate_interval", "1m");
            prometheus.wait_until_it_shows(&query, &format!("{} {title}", path.display()));
        }
    }
}
