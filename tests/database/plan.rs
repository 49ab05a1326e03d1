//! How PostgreSQL would run a statement.

use serde_json::Value;

use crate::statement::{LIST, Named};

/// What a plan does with the tasks.
#[derive(Debug)]
pub struct Plan {
    /// As PostgreSQL explains it, in JSON.
    pub text: String,
    /// The indexes of tasks that it reads.
    pub indexes: Vec<String>,
    /// The indexes of lists that it reads.
    pub list_indexes: Vec<String>,
    /// How often it looks for subtasks of a task, or of several at once, by their index.
    pub subtask_lookups: usize,
    /// The kinds of its nodes.
    pub nodes: Vec<String>,
}

/// How PostgreSQL plans a prepared statement: without looking at the values, as it does once the statement is cached,
/// or for the values.
pub const MODES: [&str; 2] = ["force_generic_plan", "force_custom_plan"];

/// The cost from which PostgreSQL compiles a statement (`jit_above_cost`), unless told not to.
const JIT_ABOVE: f64 = 100_000.0;

/// Plans a statement in a mode for these literals, and any for what is not given. No plan reads the whole table, reads an index of
/// more than the user's rows, or is compiled first.
pub fn plan(mode: &str, statement: impl Into<Named>, given: &[(&str, &str)]) -> Plan {
    let text = statement.into().execute(mode, "EXPLAIN (FORMAT JSON)", given).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let mut plan =
        Plan { text, indexes: Vec::new(), list_indexes: Vec::new(), subtask_lookups: 0, nodes: Vec::new() };
    let cost = json[0]["Plan"]["Total Cost"].as_f64().unwrap();
    assert!(cost < JIT_ABOVE, "a server would compile this before running it: {}", plan.text);
    collect(&json[0]["Plan"], &mut plan);
    plan
}

fn collect(node: &Value, plan: &mut Plan) {
    let kind = node["Node Type"].as_str().unwrap();
    if let Some(index) = node["Index Name"].as_str() {
        let condition = node["Index Cond"].as_str().unwrap_or_default();
        assert!(condition.contains("user_id = "), "the index is not limited to the user: {node:#}");
        match index {
            "tasks_by_parent" => plan.subtask_lookups += 1,
            _ if index.starts_with("lists_") => plan.list_indexes.push(index.to_owned()),
            _ => plan.indexes.push(index.to_owned()),
        }
    }
    let is_whole = kind == "Seq Scan"
        && ["tasks", "lists", "reminders"].iter().any(|table| node["Relation Name"] == *table);
    assert!(!is_whole, "reads the whole table: {node:#}");
    plan.nodes.push(kind.to_owned());
    for child in node["Plans"].as_array().into_iter().flatten() {
        collect(child, plan);
    }
}

/// A literal for a parameter.
pub type Given = (&'static str, &'static str);

/// A filter that leaves nothing out.
pub const NO_FILTER: [Given; 10] = [
    ("due_from", "NULL"),
    ("due_to", "NULL"),
    ("priority", "NULL"),
    ("label", "NULL"),
    ("list_id", "NULL"),
    ("in_inbox", "NULL"),
    ("words", "NULL"),
    ("not_overdue_at", "NULL"),
    ("parent_id", "NULL"),
    ("query", "NULL"),
];
/// Every filter.
pub const ALL_FILTERS: [Given; 10] = [
    ("due_from", "'2026-03-01T00:00:00Z'"),
    ("due_to", "'2026-09-01T00:00:00Z'"),
    ("priority", "2"),
    ("label", "'home'"),
    ("list_id", LIST),
    ("in_inbox", "NULL"),
    ("words", "'''mil'':*'"),
    ("not_overdue_at", "'2026-06-01T00:00:00Z'"),
    ("parent_id", "NULL"),
    (
        "query",
        r#"'[{"priorities": [2, 3]}, {"lists": ["01910000-0001-7000-8000-00000000002a"], "no_labels": ["a"]}]'"#,
    ),
];
