//! A client without the right token learns where to get one (RFC 6750, RFC 9728; MCP, Authorization).

use harness::{Answer, App, Caller, Options};
use serde_json::json;
use uuid::Uuid;

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
fn each_name_of_this_machine_has_metadata_and_challenges_of_its_own() {
    let app = App::shared();
    for url in app.names() {
        let nobody = Caller::new(&url, Uuid::nil(), None);
        let challenge = nobody.mcp("tools/list", json!({})).expect(401);
        let challenge = challenge.header("www-authenticate").expect("a challenge");
        let metadata = format!("{url}/.well-known/oauth-protected-resource/mcp");
        assert!(challenge.contains(&format!("resource_metadata=\"{metadata}\"")), "{challenge}");
        let document = nobody.get("/.well-known/oauth-protected-resource/mcp").expect(200).json();
        assert_eq!(document["resource"], format!("{url}/mcp"));
        assert_eq!(document["authorization_servers"], json!([url]));

        let claims = json!({
            "sub": Uuid::new_v4().to_string(), "iss": url, "aud": format!("{url}/mcp"), "exp": 4_000_000_000_u64,
            "scope": "tasks:read",
        });
        let reader = nobody.with_token(&app.sign(&claims).unwrap());
        reader.mcp("tools/list", json!({})).expect(200);
        let refused =
            reader.mcp("tools/call", json!({"name": "add_task", "arguments": {"title": "x"}})).expect(403);
        let challenge = refused.header("www-authenticate").expect("a challenge");
        assert!(challenge.contains(&format!("resource_metadata=\"{metadata}\"")), "{challenge}");
    }
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
    assert_eq!(
        names,
        [
            "list_tasks",
            "get_task",
            "search_tasks",
            "overview",
            "export_tasks",
            "list_lists",
            "list_reminders",
            "list_actions"
        ]
    );

    let refused =
        reader.mcp("tools/call", json!({"name": "add_task", "arguments": {"title": "x"}})).expect(403);
    let challenge = refused.header("www-authenticate").expect("a challenge");
    assert!(
        challenge.starts_with("Bearer error=\"insufficient_scope\", scope=\"tasks:read tasks:write\""),
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

#[test]
fn a_token_for_mcp_alone_is_good_there_and_nowhere_else() {
    let app = App::shared();
    let user = app.user();
    let token = |audience: String| {
        let claims = json!({
            "sub": user.id.to_string(), "iss": app.url, "aud": audience, "exp": 4_000_000_000_u64,
            "scope": "tasks:read tasks:write",
        });
        user.with_token(&app.sign(&claims).unwrap())
    };
    let for_mcp = token(format!("{}/mcp", app.url));
    for_mcp.mcp("tools/list", json!({})).expect(200);
    for_mcp.get("/api/v1/tasks").expect(401);
    for other in ["https://todo.example/mcp".to_owned(), format!("{}/other", app.url), String::new()] {
        token(other).mcp("tools/list", json!({})).expect(401);
    }
}

fn ping(caller: &Caller, host: &str) -> Answer {
    let request = caller.request("POST", "/mcp").json(&json!({"jsonrpc": "2.0", "id": 1, "method": "ping"}));
    request.header("accept", "application/json, text/event-stream").header("host", host).send()
}

#[test]
fn a_page_that_made_its_own_name_point_here_is_refused() {
    let app = App::shared();
    ping(&app.user(), app.url.trim_start_matches("http://")).expect(200);

    let variables = [("public_url", "http://todo.example"), ("mcp_allowed_hosts", "todo.svc")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let public = App::start(Options { variables, ..Options::default() }).unwrap();
    let claims = json!({
        "sub": Uuid::new_v4().to_string(), "iss": "http://todo.example", "aud": "http://todo.example",
        "exp": 4_000_000_000_u64, "scope": "tasks:read",
    });
    let user = public.nobody().with_token(&public.sign(&claims).unwrap());
    for host in ["todo.example", "todo.svc:8080", "localhost:3000"] {
        ping(&user, host).expect(200);
    }

    for user in [&app.user(), &user] {
        for evil in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:3000"] {
            let problem = ping(user, evil).expect(403).json();
            assert_eq!(problem["type"], "/problems/host-not-allowed");
        }
    }
}

#[test]
fn who_calls_a_tool_too_often_is_told_when_to_come_back_and_nobody_else_is() {
    let limited = App::start(Options {
        variables: vec![("mcp_calls_per_minute".to_owned(), "20".to_owned())],
        ..Options::default()
    })
    .unwrap();
    let (ann, bob) = (limited.user(), limited.user());
    let call = |user: &Caller, tool: &str| user.mcp("tools/call", json!({"name": tool, "arguments": {}}));
    // A minute may end meanwhile: then there are more calls, but never more than two minutes have.
    let statuses: Vec<u16> = (0..60).map(|_| call(&ann, "overview").status).collect();
    let passed = statuses.iter().filter(|status| **status == 200).count();
    assert!((15..=40).contains(&passed), "{passed} calls passed");
    let refused = call(&ann, "overview").expect(429);
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() <= 60);
    assert!(refused.header("ratelimit").unwrap().contains("r=0"));
    assert_eq!(refused.header("ratelimit-policy"), Some("\"calls\";q=20;w=60"));
    call(&ann, "list_tasks").expect(200);
    call(&bob, "overview").expect(200);
}
