//! A client that can ask its user has to, whatever a call says; what was shown is what a yes does.

use harness::{App, Caller};
use serde_json::{Value, json};

const LATEST: &str = "2026-07-28";
const WITH_SESSIONS: &str = "2025-11-25";

fn new_task(caller: &Caller, title: &str) -> String {
    let task = caller.post("/api/v1/tasks", &json!({"title": title, "labels": ["old"]})).expect(201).json();
    task["id"].as_str().unwrap().to_owned()
}

fn titles(caller: &Caller) -> Vec<String> {
    let page = caller.get("/api/v1/tasks?limit=100&sort=title").expect(200).json();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
}

/// A request of the latest revision.
fn latest(caller: &Caller, method: &str, mut params: Value, capabilities: &Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": LATEST,
        "io.modelcontextprotocol/clientCapabilities": capabilities,
    });
    send(caller, method, params)
}

/// Sends a request of the latest revision whose `_meta` is there already.
fn send(caller: &Caller, method: &str, params: Value) -> Value {
    let mut request = caller
        .request("POST", "/mcp")
        .json(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", LATEST)
        .header("mcp-method", method);
    if let Some(name) = params.get("name").and_then(Value::as_str) {
        request = request.header("mcp-name", name);
    }
    request.send().expect(200).json()["result"].clone()
}

/// Calls a tool as a client that can ask its user, with a yes to the question that came with this state.
fn call(caller: &Caller, tool: &str, arguments: &Value, state: Option<&Value>) -> Value {
    let mut params = json!({"name": tool, "arguments": arguments});
    if let Some(state) = state {
        params["requestState"] = state.clone();
        params["inputResponses"] = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
    }
    latest(caller, "tools/call", params, &json!({"elicitation": {}}))
}

/// The list of tools over a session of the revision before, whose client has these capabilities.
fn list_with_session(caller: &Caller, capabilities: &Value) -> Value {
    let send = |session: Option<&str>, message: &Value| {
        let mut request = caller
            .request("POST", "/mcp")
            .json(message)
            .header("accept", "application/json, text/event-stream");
        if let Some(session) = session {
            request = request.header("mcp-session-id", session).header("mcp-protocol-version", WITH_SESSIONS);
        }
        request.send()
    };
    let client = json!({"name": "product-tests", "version": "1.0.0"});
    let params =
        json!({"protocolVersion": WITH_SESSIONS, "capabilities": capabilities, "clientInfo": client});
    let begun =
        send(None, &json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})).expect(200);
    let session = begun.header("mcp-session-id").expect("a session").to_owned();
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}});
    send(Some(&session), &list).expect(200).json()["result"].clone()
}

/// The tools of a list that have a member `confirm`.
fn with_confirm(list: &Value) -> Vec<&str> {
    let tools = list["tools"].as_array().expect("tools");
    let has_it = |tool: &&Value| !tool["inputSchema"]["properties"]["confirm"].is_null();
    tools.iter().filter(has_it).filter_map(|tool| tool["name"].as_str()).collect()
}

#[test]
fn a_call_that_says_confirm_is_asked_about_where_the_client_can_ask() {
    let caller = App::shared().user();
    let id = new_task(&caller, "kept");
    for (tool, arguments) in [
        ("delete_task", json!({"id": id, "confirm": true})),
        ("complete_tasks", json!({"filter": {"ids": [id]}, "confirm": true})),
        ("delete_tasks", json!({"filter": {"ids": [id]}, "confirm": true})),
    ] {
        let asked = call(&caller, tool, &arguments, None);
        assert_eq!(asked["resultType"], "input_required", "{tool}: {asked}");
        let task = caller.get(&format!("/api/v1/tasks/{id}")).expect(200).json();
        assert!(task["completed_at"].is_null());
    }
    let arguments = json!({"id": id, "confirm": true});
    let done =
        latest(&caller, "tools/call", json!({"name": "delete_task", "arguments": arguments}), &json!({}));
    assert_eq!(done["structuredContent"]["title"], "kept", "any other client has no way but this: {done}");
    assert!(titles(&caller).is_empty());
}

#[test]
fn a_client_may_have_its_user_asked_about_a_call_that_needs_no_consent() {
    let caller = App::shared().user();
    let id = new_task(&caller, "milk");
    let arguments = json!({"id": id, "title": "oat milk"});
    let asking = |mut params: Value| {
        params["name"] = json!("update_task");
        params["arguments"] = arguments.clone();
        params["_meta"] = json!({
            "todo/ask-first": true,
            "io.modelcontextprotocol/protocolVersion": LATEST,
            "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
        });
        send(&caller, "tools/call", params)
    };
    let asked = asking(json!({}));
    let question = &asked["inputRequests"]["confirm"]["params"];
    assert_eq!(question["message"], "Do you want to change the task “milk” (title: “oat milk”)?");
    assert_eq!(question["_meta"]["todo/arguments"], json!({"id": id, "title": "oat milk", "version": 1}));
    assert_eq!(question["_meta"]["todo/action"]["verb"], "change");
    assert_eq!(titles(&caller), ["milk"]);

    let yes = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
    caller.patch(&format!("/api/v1/tasks/{id}"), &json!({"notes": "x"})).expect(200);
    let retry = json!({"inputResponses": yes, "requestState": asked["requestState"]});
    let refused = asking(retry);
    assert!(
        refused["isError"] == true && refused.to_string().contains("/problems/version-conflict"),
        "{refused}"
    );
    let asked = asking(json!({}));
    let done = asking(json!({"inputResponses": yes, "requestState": asked["requestState"]}));
    assert_eq!(done["structuredContent"]["title"], "oat milk", "{done}");
}

#[test]
fn only_clients_that_can_not_ask_are_told_of_confirm() {
    let caller = App::shared().user();
    let held = ["delete_task", "complete_tasks", "delete_tasks", "delete_list"];
    let lists = |capabilities: &Value| {
        [latest(&caller, "tools/list", json!({}), capabilities), list_with_session(&caller, capabilities)]
    };
    for list in lists(&json!({})) {
        assert_eq!(with_confirm(&list), held);
    }
    for list in lists(&json!({"elicitation": {}})) {
        assert_eq!(with_confirm(&list), Vec::<&str>::new());
    }
}

#[test]
fn a_list_is_deleted_as_it_was_shown_and_the_question_says_what_becomes_of_its_tasks() {
    let caller = App::shared().user();
    let list = caller.post("/api/v1/lists", &json!({"name": "Work"})).expect(201).json();
    let task = json!({"title": "kept", "list_id": list["id"]});
    caller.post("/api/v1/tasks", &task).expect(201);
    let arguments = json!({"id": list["id"], "confirm": true});
    let asked = call(&caller, "delete_list", &arguments, None);
    assert_eq!(
        asked["inputRequests"]["confirm"]["params"]["message"],
        "Do you want to delete the list “Work” and put its open task into the inbox?"
    );
    caller
        .patch(&format!("/api/v1/lists/{}", list["id"].as_str().unwrap()), &json!({"name": "Play"}))
        .expect(200);
    let refused = call(&caller, "delete_list", &arguments, Some(&asked["requestState"]));
    assert!(refused.to_string().contains("/problems/version-conflict"), "{refused}");
    let asked = call(&caller, "delete_list", &arguments, None);
    let done = call(&caller, "delete_list", &arguments, Some(&asked["requestState"]));
    assert_eq!(done["structuredContent"]["moved_count"], 1, "{done}");
    assert_eq!(titles(&caller), ["kept"]);
    let gone = call(&caller, "delete_list", &arguments, None);
    assert!(gone.to_string().contains("/problems/list-not-found"), "{gone}");
}

#[test]
fn a_client_may_have_its_user_asked_about_a_change_of_a_list() {
    let caller = App::shared().user();
    let list = caller.post("/api/v1/lists", &json!({"name": "Work"})).expect(201).json();
    let params = json!({
        "name": "update_list",
        "arguments": {"id": list["id"], "name": "Play"},
        "_meta": {
            "todo/ask-first": true,
            "io.modelcontextprotocol/protocolVersion": LATEST,
            "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
        },
    });
    let asked = send(&caller, "tools/call", params);
    let question = &asked["inputRequests"]["confirm"]["params"];
    assert_eq!(question["message"], "Do you want to change the list “Work” (name: “Play”)?");
    assert_eq!(question["_meta"]["todo/arguments"]["version"], 1);
}

#[test]
fn a_title_does_not_write_the_question() {
    let caller = App::shared().user();
    let id = new_task(&caller, "milk”? Just say yes to keep it. “");
    let asked = call(&caller, "delete_task", &json!({"id": id}), None);
    assert_eq!(
        asked["inputRequests"]["confirm"]["params"]["message"],
        "Do you want to delete the task “milk’? Just say yes to keep it. ’”?"
    );
}

#[test]
fn a_yes_to_many_does_what_was_shown_or_nothing() {
    let caller = App::shared().user();
    let first = new_task(&caller, "a");
    new_task(&caller, "b");
    let arguments = json!({"filter": {"label": "old"}});

    let asked = call(&caller, "delete_tasks", &arguments, None);
    let message = asked["inputRequests"]["confirm"]["params"]["message"].as_str().unwrap();
    assert!(message.starts_with("Do you want to delete 2 tasks: “"), "{message}");
    caller.patch(&format!("/api/v1/tasks/{first}"), &json!({"title": "PASSPORT"})).expect(200);
    let refused = call(&caller, "delete_tasks", &arguments, Some(&asked["requestState"]));
    assert!(refused["isError"] == true && refused.to_string().contains("has changed since"), "{refused}");
    assert_eq!(titles(&caller), ["b", "PASSPORT"]);

    let asked = call(&caller, "delete_tasks", &arguments, None);
    new_task(&caller, "never shown");
    let done = call(&caller, "delete_tasks", &arguments, Some(&asked["requestState"]));
    assert_eq!(done["structuredContent"]["count"], 2, "{done}");
    assert_eq!(titles(&caller), ["never shown"]);
}

#[test]
fn more_than_can_be_named_by_id_are_left_when_they_became_more() {
    let caller = App::shared().user();
    for number in 0..101 {
        new_task(&caller, &format!("t{number}"));
    }
    let arguments = json!({"filter": {"label": "old"}});
    let asked = call(&caller, "complete_tasks", &arguments, None);
    new_task(&caller, "never shown");
    let refused = call(&caller, "complete_tasks", &arguments, Some(&asked["requestState"]));
    assert!(refused["isError"] == true && refused.to_string().contains("has changed since"), "{refused}");
    let asked = call(&caller, "complete_tasks", &arguments, None);
    let done = call(&caller, "complete_tasks", &arguments, Some(&asked["requestState"]));
    assert_eq!(done["structuredContent"]["count"], 102, "{done}");
}

#[test]
fn the_question_before_a_deletion_counts_all_that_is_below_the_task() {
    let caller = App::shared().user();
    let trip = new_task(&caller, "trip");
    let below = |title: &str, parent: &str| {
        let task = json!({"title": title, "parent_id": parent});
        caller.post("/api/v1/tasks", &task).expect(201).json()["id"].as_str().unwrap().to_owned()
    };
    let pack = below("pack", &trip);
    below("socks", &pack);
    let arguments = json!({"id": trip});
    let asked = call(&caller, "delete_task", &arguments, None);
    let question = &asked["inputRequests"]["confirm"]["params"];
    assert_eq!(question["message"], "Do you want to delete the task “trip” with its 2 subtasks?");
    let done = call(&caller, "delete_task", &arguments, Some(&asked["requestState"]));
    assert_eq!(done["structuredContent"]["subtasks"]["changed"], 2, "{done}");
    assert!(titles(&caller).is_empty());
}
