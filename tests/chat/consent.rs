//! What was shown is what a yes runs, and nothing that a title or a model writes changes that.

use harness::Caller;
use serde_json::{Value, json};

use crate::chat_fixture::{add, conversation, fixture, titles};
use crate::scripted_model::{calls, says};

fn yes(caller: &Caller, conversation: &str) -> Value {
    caller.post("/api/v1/chat", &json!({"confirm": true, "conversation_id": conversation})).expect(200).json()
}

/// What MCP asks a client that can ask its user about this call.
fn asked_over_mcp(caller: &Caller, tool: &str, arguments: &Value) -> String {
    let params = json!({"name": tool, "arguments": arguments, "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
    }});
    let answer = caller
        .request("POST", "/mcp")
        .json(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}))
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", tool)
        .send();
    let asked = answer.expect(200).json();
    asked["result"]["inputRequests"]["confirm"]["params"]["message"].as_str().expect("a question").to_owned()
}

fn labelled(caller: &Caller, titles: &[&str]) {
    for title in titles {
        caller.post("/api/v1/tasks", &json!({"title": title, "labels": ["old"]})).expect(201);
    }
}

#[test]
fn a_task_that_changed_since_the_question_is_kept_and_asked_about_anew() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "worthless note");
    let message_sent =
        fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Gone."])]);
    let conversation_id = message_sent.conversation();
    caller.patch(&format!("/api/v1/tasks/{id}"), &json!({"title": "PASSPORT APPOINTMENT"})).expect(200);
    let asked = yes(&caller, &conversation_id);
    let reply = asked["reply"].as_str().unwrap();
    assert!(reply.starts_with("Something changed since I asked"), "{reply}");
    assert!(reply.ends_with("Do you want to delete the task “PASSPORT APPOINTMENT”?"), "{reply}");
    assert_eq!(asked["confirmation"]["count"], 1);
    assert_eq!(titles(&caller), ["PASSPORT APPOINTMENT"]);
    assert_eq!(yes(&caller, &conversation_id)["reply"], "Gone.");
    assert_eq!(titles(&caller), Vec::<String>::new());
}

#[test]
fn chat_and_mcp_ask_in_the_same_words() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    labelled(&caller, &["a", "b"]);
    for (tool, arguments) in [
        ("delete_task", json!({"id": id})),
        ("complete_tasks", json!({"filter": {"label": "old"}})),
        ("delete_tasks", json!({"filter": {"label": "old"}})),
    ] {
        let message_sent = fixture.send(&caller, [calls(&[(tool, arguments.clone())]), says(&["So be it."])]);
        assert_eq!(message_sent.ok()["reply"], asked_over_mcp(&caller, tool, &arguments));
    }
}

#[test]
fn a_model_that_confirms_by_itself_is_asked_about_all_the_same() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "kept");
    for (tool, arguments) in [
        ("delete_task", json!({"id": id, "confirm": true})),
        ("complete_tasks", json!({"filter": {"ids": [id]}, "confirm": true})),
    ] {
        let message_sent = fixture.send(&caller, [calls(&[(tool, arguments)]), says(&["Done."])]);
        assert_eq!(message_sent.ok()["confirmation"]["tool"], tool);
        assert_eq!(titles(&caller), ["kept"]);
    }
}

#[test]
fn a_yes_that_no_longer_counts_is_asked_for_again() {
    let fixture = fixture();
    for kept in [
        // As one that has expired, it is refused.
        r#"jsonb_set(calls, '{0,retry,state}', '"not given out here"')"#,
        // A question that the release before asked has none.
        "calls #- '{0,retry}'",
    ] {
        let caller = fixture.user();
        let id = add(&caller, "Buy milk");
        let message_sent =
            fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Gone."])]);
        let conversation_id = message_sent.conversation();
        let change = format!(
            "UPDATE todo.pending_confirmations SET calls = {kept} WHERE conversation_id = '{conversation_id}'"
        );
        fixture.app.sql(&change).unwrap();
        let asked = yes(&caller, &conversation_id);
        let reply = asked["reply"].as_str().unwrap();
        assert!(reply.starts_with("I can no longer go by that answer"), "{reply}");
        assert!(reply.ends_with("Do you want to delete the task “Buy milk”?"), "{reply}");
        assert_eq!(titles(&caller), ["Buy milk"]);
        assert_eq!(yes(&caller, &conversation_id)["reply"], "Gone.");
        assert_eq!(titles(&caller), Vec::<String>::new());
    }
}

#[test]
fn the_request_state_is_kept_with_the_open_question_and_shown_to_nobody() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    let message_sent =
        fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Gone."])]);
    let conversation_id = message_sent.conversation();
    let stored = |table: &str, column: &str| {
        let read =
            format!("SELECT {column}::text FROM todo.{table} WHERE conversation_id = '{conversation_id}'");
        fixture.app.sql(&read).unwrap()
    };
    assert!(stored("pending_confirmations", "calls").contains("\"state\""));
    assert!(!stored("messages", "question").contains("\"state\""));
    for seen in [message_sent.ok(), conversation(&caller, &conversation_id)] {
        assert!(!seen.to_string().contains("\"state\""), "{seen}");
    }
    yes(&caller, &conversation_id);
    assert!(!stored("pending_confirmations", "calls").contains("\"state\""), "it goes with the question");
}

#[test]
fn several_calls_of_different_tools_are_one_question() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    labelled(&caller, &["a"]);
    let both = [("complete_tasks", json!({"filter": {"label": "old"}})), ("delete_task", json!({"id": id}))];
    let message_sent = fixture.send(&caller, [calls(&both), says(&["Done."])]);
    let asked = message_sent.ok();
    assert_eq!(asked["reply"], "Do you want to complete 1 task: “a”, and delete the task “Buy milk”?");
    assert_eq!(asked["confirmation"]["action"], "run_tools");
    let done = yes(&caller, &message_sent.conversation());
    let failed: Vec<&Value> =
        done["tool_calls"].as_array().unwrap().iter().map(|call| &call["failed"]).collect();
    assert_eq!(failed, [false, false], "{done}");
    let left = caller.get("/api/v1/tasks").expect(200).json()["items"].clone();
    assert_eq!(left.as_array().map(Vec::len), Some(1), "{left}");
    assert!(left[0]["title"] == "a" && left[0]["completed_at"].is_string(), "{left}");
}

#[test]
fn a_yes_deletes_those_that_were_shown_and_none_that_came_later() {
    let fixture = fixture();
    let caller = fixture.user();
    labelled(&caller, &["a", "b"]);
    let deletion = json!({"filter": {"label": "old"}});
    let message_sent = fixture.send(&caller, [calls(&[("delete_tasks", deletion)]), says(&["Gone."])]);
    labelled(&caller, &["never shown"]);
    let done = yes(&caller, &message_sent.conversation());
    assert_eq!(done["tool_calls"][0]["result"]["count"], 2, "{done}");
    assert_eq!(titles(&caller), ["never shown"]);
}

#[test]
fn of_many_the_true_number_is_asked_about_and_given_to_the_buttons() {
    let fixture = fixture();
    let caller = fixture.user();
    let all: Vec<String> = (0..61).map(|number| format!("Item {number:02}")).collect();
    labelled(&caller, &all.iter().map(String::as_str).collect::<Vec<_>>());
    for (tool, verb) in [("complete_tasks", "complete"), ("delete_tasks", "delete")] {
        let filter = json!({"filter": {"label": "old"}});
        let message_sent = fixture.send(&caller, [calls(&[(tool, filter)]), says(&["Done."])]);
        let asked = message_sent.ok();
        let question = asked["reply"].as_str().unwrap();
        assert!(question.starts_with(&format!("Do you want to {verb} 61 tasks: “Item ")), "{question}");
        assert!(question.ends_with(" and 56 more?"), "{question}");
        let stored = &conversation(&caller, &message_sent.conversation())["confirmation"];
        for confirmation in [&asked["confirmation"], stored] {
            assert_eq!((&confirmation["action"], &confirmation["count"]), (&json!(tool), &json!(61)));
        }
        let done = yes(&caller, &message_sent.conversation());
        assert_eq!(done["tool_calls"][0]["result"]["count"], 61);
    }
    assert_eq!(titles(&caller), Vec::<String>::new());
}

#[test]
fn a_title_does_not_write_the_question() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "milk”? Just say yes to keep it. “");
    let message_sent =
        fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Kept."])]);
    assert_eq!(
        message_sent.ok()["reply"],
        "Do you want to delete the task “milk’? Just say yes to keep it. ’”?"
    );
}

#[test]
fn a_model_that_writes_over_many_tasks_has_to_wait_for_a_yes() {
    let fixture = fixture();
    let caller = fixture.user();
    let ids: Vec<String> = (0..5).map(|number| add(&caller, &format!("t{number}"))).collect();
    let owned: Vec<(&str, Value)> =
        ids.iter().map(|id| ("update_task", json!({"id": id, "title": "OWNED"}))).collect();
    let message_sent = fixture.send(&caller, [calls(&owned), says(&["Done."])]);
    let asked = message_sent.ok();
    assert_eq!(
        (&asked["confirmation"]["action"], &asked["confirmation"]["count"]),
        (&json!("update_tasks"), &json!(5))
    );
    let question = asked["reply"].as_str().unwrap();
    assert!(
        question.starts_with("Do you want to change these 5 tasks: “t0” (title: “OWNED”), "),
        "{question}"
    );
    assert_eq!(titles(&caller), ["t0", "t1", "t2", "t3", "t4"]);

    let message_sent = fixture.send(&caller, [calls(&owned[..3]), says(&["Done."])]);
    assert!(message_sent.ok().get("confirmation").is_none(), "three are not many");
}
