//! The longest document goes through the endpoint whole, within the memory of one request.

use harness::App;
use serde_json::{Value, json};

#[test]
fn a_document_of_four_mebibytes_arrives_whatever_is_in_it() {
    let user = App::shared().user();
    // What JSON writes with a backslash is written with more of them in the text beside the structured content.
    let notes = "\"".repeat(10_000);
    for number in 0..215 {
        user.post("/api/v1/tasks", &json!({ "title": format!("task {number}"), "notes": notes })).expect(201);
    }
    let document = user.call_tool("export_tasks", &json!({ "format": "json" }))["structuredContent"].clone();
    assert_eq!(document["truncated"], true, "{}", document["count"]);
    let text = document["text"].as_str().expect("a document");
    assert!(text.len() > 4_000_000, "{}", text.len());
    let read: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(
        read["items"].as_array().map(Vec::len),
        document["count"].as_u64().map(|count| count as usize)
    );
    assert_eq!(user.get("/api/v1/tasks/export?format=json").expect(200).body, text);
}
