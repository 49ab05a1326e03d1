//! A client without the right token learns where to get one (RFC 6750, RFC 9728; MCP, Authorization).

use harness::App;
use serde_json::json;

#[test]
fn a_client_without_a_token_is_led_to_the_metadata() {
    let app = App::shared();
    let nobody = app.nobody();
    let refused = nobody.mcp("tools/list", json!({})).expect(401);
    let challenge = refused.header("www-authenticate").expect("a challenge");
    let metadata = format!("{}/.well-known/oauth-protected-resource/mcp", app.url);
    assert!(challenge.contains(&format!("resource_metadata=\"{metadata}\"")), "{challenge}");
    assert!(challenge.contains("scope=\"tasks:read tasks:write tasks:delete\""), "{challenge}");

    let document = nobody.get("/.well-known/oauth-protected-resource/mcp").expect(200).json();
    assert_eq!(document.get("resource"), Some(&json!(format!("{}/mcp", app.url))));
    assert_eq!(document.get("authorization_servers"), Some(&json!([app.url])));
    let origin = nobody.get("/.well-known/oauth-protected-resource").expect(200).json();
    assert_eq!(origin.get("resource"), Some(&json!(app.url)));
}

#[test]
fn a_token_shows_and_allows_what_its_scopes_say() {
    let reader = App::shared().user_with("tasks:read", 900);
    let listed = reader.mcp("tools/list", json!({})).expect(200).json();
    let names: Vec<_> = listed
        .pointer("/result/tools")
        .and_then(|tools| tools.as_array())
        .into_iter()
        .flatten()
        .filter_map(|tool| tool.get("name")?.as_str())
        .collect();
    assert_eq!(names, ["list_tasks", "get_task", "search_tasks", "overview", "export_tasks"]);

    let refused =
        reader.mcp("tools/call", json!({"name": "add_task", "arguments": {"title": "x"}})).expect(403);
    let challenge = refused.header("www-authenticate").expect("a challenge");
    assert!(
        challenge.starts_with("Bearer error=\"insufficient_scope\", scope=\"tasks:write\""),
        "{challenge}"
    );
    assert_eq!(refused.json().get("id"), Some(&json!(1)));
}

#[test]
fn an_expired_token_is_refused_as_one() {
    let late = App::shared().user_with("tasks:read", -3600);
    let refused = late.mcp("tools/list", json!({})).expect(401);
    let challenge = refused.header("www-authenticate").expect("a challenge");
    assert!(challenge.starts_with("Bearer error=\"invalid_token\""), "{challenge}");
    assert!(challenge.contains("resource_metadata="), "{challenge}");
}
