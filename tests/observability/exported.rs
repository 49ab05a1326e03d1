//! What a running app exports, and what rules and dashboards ask for.

use std::collections::{BTreeMap, BTreeSet};

/// What else is asked for, with who exports it.
const FROM_KUBERNETES: [&str; 3] = [
    // kube-state-metrics
    "kube_pod_status_ready",
    "kube_pod_container_resource_limits",
    // The kubelet's cAdvisor
    "container_memory_working_set_bytes",
];
/// Made by Prometheus itself.
const FROM_PROMETHEUS: [&str; 1] = ["ALERTS"];

/// The names of series behind an OpenMetrics text, by its `# TYPE` lines.
pub fn series_of(text: &str) -> BTreeSet<String> {
    let types: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
    let endings = |kind: &str| match kind {
        "counter" => &["_total"][..],
        "histogram" => &["_bucket", "_sum", "_count"],
        "info" => &["_info"],
        "gauge" => &[""],
        other => panic!("a type nobody has thought of: {other}"),
    };
    types
        .iter()
        .flat_map(|(name, kind)| endings(kind).iter().map(move |end| format!("{name}{end}")))
        .collect()
}

/// The names of the series that a query asks for.
pub fn asked_for(query: &str) -> BTreeSet<String> {
    let query = without(query, '"', '"');
    let query = without(&without(&query, '{', '}'), '[', ']');
    let mut names = BTreeSet::new();
    let mut rest = query.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':') {
        rest = &rest[at..];
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        let next = after.trim_start();
        if ["by", "without", "on", "ignoring", "group_left", "group_right"].contains(&word) {
            // The labels that follow.
            rest = next
                .strip_prefix('(')
                .map_or(after, |list| list.split_once(')').map_or("", |(_, rest)| rest));
        } else if !["(", "by ", "by(", "without"].iter().any(|call| next.starts_with(call))
            && !word.starts_with(|c: char| c.is_ascii_digit())
            && !["and", "or", "unless", "bool"].contains(&word)
        {
            names.insert(word.to_owned());
        }
    }
    names
}

/// `text` without what stands between the two, and without them.
fn without(text: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(open) {
        kept.push_str(before);
        rest = inside.split_once(close).map_or("", |(_, after)| after);
    }
    kept + rest
}

/// Whether somebody outside of the app exports it.
pub fn comes_from_elsewhere(name: &str) -> bool {
    FROM_KUBERNETES.contains(&name) || FROM_PROMETHEUS.contains(&name)
}

#[test]
fn names_are_found_in_a_query_and_nothing_else_is() {
    let query = r#"histogram_quantile(0.95, sum by (le, job) (rate(a_bucket{x=~"b", y!=""}[5m]))) > 1e3
        and on (job) group_left (pod) job:b:rate5m unless c offset_total * 2"#;
    let found: Vec<String> = asked_for(query).into_iter().collect();
    assert_eq!(found, ["a_bucket", "c", "job:b:rate5m", "offset_total"]);
}
