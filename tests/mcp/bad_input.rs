//! Every row of `bad_input.json` gets the status and the error it names, in the words that REST uses for the same fault.

use harness::{Answer, App, Case};
use serde_json::{Value, json};

#[test]
fn bad_input_is_refused_by_name_and_changes_nothing() {
    let caller = App::shared().user();
    let cases = Case::table(include_str!("bad_input.json")).expect("a table");
    let differences: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            let answer = case.send(&caller);
            let difference = case.differs(&answer).or_else(|| differs(&case.row, &answer))?;
            Some(format!("{}: {difference}", case.name))
        })
        .collect();
    assert!(cases.len() >= 20);
    assert!(differences.is_empty(), "{}", differences.join("\n"));

    let left = caller.call_tool("list_tasks", &json!({}));
    assert_eq!(left.pointer("/structuredContent/items"), Some(&json!([])), "{left}");
}

/// What differs from the row's `code` (of a JSON-RPC error), or from its `tool_error`, `argument` (a JSON Pointer) and `says` (of what a tool
/// tells a model).
fn differs(row: &Value, answer: &Answer) -> Option<String> {
    let message = answer.json();
    if let Some(code) = row.get("code")
        && message.pointer("/error/code") != Some(code)
    {
        return Some(format!("no error {code}: {}", answer.body));
    }
    let kind = row.get("tool_error")?;
    let text = message.pointer("/result/content/0/text").and_then(Value::as_str).unwrap_or_default();
    let problem: Value = serde_json::from_str(text).unwrap_or_default();
    let parts = problem.get("errors").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_named =
        row.get("says").is_none_or(|says| parts.iter().any(|part| part.get("detail") == Some(says)))
            && row
                .get("argument")
                .is_none_or(|place| parts.iter().any(|part| part.get("pointer") == Some(place)));
    let holds = message.pointer("/result/isError") == Some(&json!(true))
        && problem.get("type") == Some(kind)
        && is_named;
    (!holds).then(|| format!("not {row}: {}", answer.body))
}
