//! What other people's clients send and expect, where the protocol leaves room.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use harness::App;
use serde_json::{Value, json};

const BOTH: &str = "application/json, text/event-stream";

#[test]
fn a_slash_at_the_end_of_the_address_makes_no_difference() {
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let user = App::shared().user();
    let at = |path| user.request("POST", path).json(&list).header("accept", BOTH).send().expect(200).json();
    assert_eq!(at("/mcp/"), at("/mcp"));
    App::shared().nobody().get("/.well-known/oauth-protected-resource/mcp").expect(200);
}

#[test]
fn null_stands_for_nothing() {
    let user = App::shared().user();
    for (method, params) in [
        ("tools/list", Value::Null),
        ("tools/list", json!({"cursor": null})),
        ("resources/list", json!({"cursor": null})),
        ("prompts/list", json!({"cursor": null})),
        ("tools/call", json!({"name": "overview", "arguments": null})),
        ("prompts/get", json!({"name": "plan_my_day", "arguments": null})),
        (
            "tools/call",
            json!({"name": "delete_tasks", "arguments": {"filter": {"label": "none"}, "confirm": null}}),
        ),
    ] {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let answer =
            user.request("POST", "/mcp").json(&message).header("accept", BOTH).send().expect(200).json();
        assert!(answer["result"].is_object(), "{message}: {answer}");
    }
}

#[test]
fn a_task_is_in_the_list_of_resources_right_after_it_was_added() {
    let user = App::shared().user();
    let task = user.call_tool("add_task", &json!({"title": "Buy milk"}))["structuredContent"].clone();
    let listed = user.mcp("resources/list", json!({})).expect(200).json();
    assert_eq!(listed["result"]["ttlMs"], 0, "a client may keep no list from before its own call");
    let uri = format!("todo://tasks/{}", task["id"].as_str().unwrap());
    assert!(listed.to_string().contains(&uri), "{listed}");
}

#[test]
fn every_argument_of_a_wrong_type_is_named_at_once() {
    let user = App::shared().user();
    let wrong = json!({"title": 5, "priority": "bogus", "labels": "x", "color": 1});
    let pointers = |problem: &Value| -> Vec<String> {
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().filter_map(|error| error["pointer"].as_str().map(str::to_owned)).collect()
    };
    let all = ["/title", "/priority", "/labels", "/color"];
    let told = user.call_tool("add_task", &wrong);
    let text = told.pointer("/content/0/text").and_then(Value::as_str).unwrap_or_default();
    assert_eq!(pointers(&serde_json::from_str(text).unwrap()), all, "{told}");
    assert_eq!(pointers(&user.post("/api/v1/tasks", &wrong).expect(422).json()), all);
}

/// The status line of what a request with these lines in its head gets.
fn status(path: &str, lines: &[&str]) -> String {
    let address = App::shared().url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\n{}\r\nconnection: close\r\n\r\n", lines.join("\r\n"));
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_request_with_two_hosts_is_refused_at_every_endpoint() {
    let host = format!("host: {}", App::shared().url.trim_start_matches("http://"));
    for path in ["/mcp", "/api/v1/tasks", "/api/openapi.json", "/api/auth/ok", "/"] {
        let answer = status(path, &[&host, &host]);
        assert!(answer.contains(" 400"), "{path}: {answer}");
    }
}

#[test]
fn a_client_that_calls_by_a_name_inside_the_app_is_no_component_of_it() {
    for host in ["host: mcp.spin.internal", "host: anything.spin.internal:80"] {
        let answer = status("/mcp", &[host, "forwarded: host=\"localhost:3000\";proto=http"]);
        assert!(answer.contains(" 403"), "{host}: {answer}");
    }
}
