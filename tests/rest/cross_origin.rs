//! Pages of other origins may call only where the operator allows their whole origin.

use harness::{App, Options};

use crate::TASKS;

#[test]
fn no_page_of_another_origin_may_call_by_default() {
    let user = App::shared().user();
    let answer = user.request("GET", TASKS).header("origin", "https://elsewhere.example").send().expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let preflight = App::shared()
        .nobody()
        .request("OPTIONS", TASKS)
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "POST")
        .send();
    assert_eq!(preflight.header("access-control-allow-origin"), None);
    assert_eq!(preflight.header("access-control-allow-methods"), None);
}

#[test]
fn an_origin_that_is_allowed_is_compared_whole() {
    let variables = vec![("cors_origins".to_owned(), "https://app.example https://other.example".to_owned())];
    let app = App::start(Options { variables, ..Options::default() }).expect("an app");
    let allowed = |origin: &str| {
        let request = app.nobody().request("OPTIONS", TASKS).header("origin", origin);
        let answer = request.header("access-control-request-method", "PATCH").send().expect(204);
        assert_eq!(answer.header("vary"), Some("Origin"));
        answer.header("access-control-allow-origin").map(str::to_owned)
    };
    assert_eq!(allowed("https://app.example").as_deref(), Some("https://app.example"));
    for other in [
        "https://app.example.evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://app.exampl",
        "null",
    ] {
        assert_eq!(allowed(other), None, "{other}");
    }

    let user = app.user();
    let answer = user.request("GET", TASKS).header("origin", "https://app.example").send().expect(200);
    assert!(answer.header("access-control-expose-headers").is_some_and(|names| names.contains("etag")));
    // Without its session an MCP client in a page can't ask the person.
    let initialize = serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"},
    }});
    let request = user.request("POST", "/mcp").json(&initialize).header("origin", "https://app.example");
    let begun = request.header("accept", "application/json, text/event-stream").send().expect(200);
    assert!(begun.header("mcp-session-id").is_some());
    let exposed = begun.header("access-control-expose-headers").unwrap_or_default();
    assert!(["mcp-session-id", "ratelimit"].iter().all(|name| exposed.contains(name)), "{exposed}");
    // A token is sent by the page, never by the browser on its own.
    assert_eq!(answer.header("access-control-allow-credentials"), None);
}
