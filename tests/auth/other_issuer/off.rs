use serde_json::json;

use super::{Key, app_of, issuer_with};

#[test]
fn nobody_signs_in_or_up_here_and_everybody_is_told_where() {
    let issuer = issuer_with(&[Key::EdDsa(1)]);
    let app = app_of(&issuer, &[("auth_issuer_page", "https://id.example/login")]);
    let account = json!({"name": "Ann", "email": "ann@example.org", "password": "correct horse battery"});
    for (method, path) in [
        ("POST", "/api/auth/sign-up/email"),
        ("POST", "/api/auth/sign-in/email"),
        ("GET", "/api/auth/get-session"),
        ("GET", "/api/auth/token"),
        ("POST", "/api/auth/api-key/create"),
    ] {
        let request = app.nobody().request(method, path);
        let answer = if method == "POST" { request.json(&account).send() } else { request.send() };
        let problem = answer.expect(404).json();
        assert_eq!(problem["type"], "/problems/sign-in-elsewhere", "{path}");
        assert_eq!(problem["detail"], "People sign in at https://id.example/login.", "{path}");
        assert_eq!(problem["code"], "SIGN_IN_ELSEWHERE", "{path}");
    }
    for (method, path) in [
        ("GET", "/.well-known/oauth-authorization-server"),
        ("GET", "/.well-known/openid-configuration/mcp"),
        ("GET", "/api/auth/jwks"),
        ("POST", "/api/auth/oauth2/register"),
        ("POST", "/api/auth/oauth2/token"),
        ("GET", "/api/auth/oauth2/authorize"),
    ] {
        let answer = app.nobody().request(method, path).send().expect(404);
        assert!(answer.body.contains("https://id.example/login"), "{path}: {}", answer.body);
    }
    app.nobody().get("/api/auth/ok").expect(200);
    app.nobody().get("/problems/sign-in-elsewhere").expect(200);
    assert_eq!(app.sql("SELECT count(*) FROM todo.users").unwrap().trim(), "0");
}

#[test]
fn programs_are_sent_to_the_issuer_for_tokens() {
    let issuer = issuer_with(&[Key::EdDsa(1)]);
    let app = app_of(&issuer, &[]);
    let challenge = app.nobody().request("POST", "/mcp").json(&json!({})).send().expect(401);
    let challenge = challenge.header("www-authenticate").unwrap().to_owned();
    let metadata = format!("{}/.well-known/oauth-protected-resource/mcp", app.url);
    assert!(challenge.contains(&format!("resource_metadata=\"{metadata}\"")), "{challenge}");
    for path in ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"] {
        let document = app.nobody().get(path).expect(200).json();
        assert_eq!(document["authorization_servers"], json!([issuer.origin]), "{path}");
        assert!(document["resource"].as_str().unwrap().starts_with(&app.url), "{path}");
    }
}
