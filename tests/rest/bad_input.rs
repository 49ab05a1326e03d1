//! Every row of `bad_input.json` gets the status and kind of problem that it names, and nothing changes.
//!
//! In the table `{task}` stands for the id of a task of the caller, `{201 letters}` for as many letters, `{deep}` for an
//! array in an array and so on.

use harness::{App, Case};
use serde_json::Value;

use crate::{TASKS, path_of_new};

/// Puts what is too long for a table in its place.
fn spelled_out(table: &str, task: &str) -> String {
    let mut table = table.replace("{task}", task).replace("{deep}", &"[".repeat(10_000));
    while let Some(end) = table.find(" letters}") {
        let start = table[..end].rfind('{').expect("a brace");
        let count: usize = table[start + 1..end].parse().expect("a number");
        table.replace_range(start..end + " letters}".len(), &"x".repeat(count));
    }
    table
}

#[test]
fn bad_input_is_refused_by_name_and_changes_nothing() {
    let caller = App::shared().user();
    let path = path_of_new(&caller, "untouched");
    let before = caller.get(&path).expect(200).body;

    let table =
        spelled_out(include_str!("bad_input.json"), path.trim_start_matches(TASKS).trim_start_matches('/'));
    let cases = Case::table(&table).expect("a table");
    assert!(cases.len() >= 130);
    let differences: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let answer = case.send(&caller);
            let difference = case.differs(&answer).or_else(|| malformed(&case.row, &answer))?;
            Some(format!("{}: {difference}", case.name))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));

    assert_eq!(caller.get(&path).expect(200).body, before);
    let all = caller.get(&format!("{TASKS}?status=all")).expect(200).json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(1), "{all}");
}

/// Whether the answer is no whole problem: its media type, its members, and a request id that is also in the header.
fn malformed(row: &Value, answer: &harness::Answer) -> Option<String> {
    let problem = answer.json();
    let is_whole = answer.header("content-type") == Some("application/problem+json")
        && problem["status"] == answer.status
        && problem["title"].is_string()
        && problem["detail"].as_str().is_some_and(|detail| !detail.is_empty())
        && problem["request_id"].as_str() == answer.header("x-request-id")
        && problem["instance"]
            .as_str()
            .is_some_and(|path| row["path"].as_str().unwrap_or_default().starts_with(path));
    (!is_whole).then(|| format!("not a whole problem: {}", answer.body))
}
