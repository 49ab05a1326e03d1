//! A line of text, as a model passes it on.

use harness::App;
use serde_json::{Value, json};

#[test]
fn a_model_sees_how_a_line_is_read_and_adds_it() {
    let caller = App::shared().user();
    let line = json!({ "text": "Pay rent on 2031-03-05 p1 #home", "preview": true });
    let preview = caller.call_tool("quick_add_task", &line);
    let read = &preview["structuredContent"];
    assert_eq!((&read["draft"]["due"], &read["task"]), (&json!("2031-03-05"), &Value::Null), "{preview}");
    let none = caller.call_tool("list_tasks", &json!({}));
    assert_eq!(none["structuredContent"]["items"], json!([]));
    let added = caller.call_tool("quick_add_task", &json!({ "text": line["text"] }));
    assert_eq!(added["structuredContent"]["task"]["title"], "Pay rent", "{added}");
}
