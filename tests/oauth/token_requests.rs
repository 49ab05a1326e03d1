//! What the token endpoint refuses, in OAuth's words.

use harness::{Answer, App};
use serde_json::json;

use crate::person::Person;
use crate::program::{CALLBACK, Program};

fn post(app: &App, content_type: &str, body: &str) -> Answer {
    app.nobody()
        .request("POST", "/api/auth/oauth2/token")
        .header("content-type", content_type)
        .body(body)
        .send()
}

#[test]
fn a_request_that_makes_no_sense_is_refused_by_name() {
    let app = App::shared();
    let program = Program::new(app);
    let id = &program.id;
    let form = "application/x-www-form-urlencoded";
    for (body, status, error) in [
        (String::new(), 400, "invalid_request"),
        (format!("client_id={id}"), 400, "invalid_request"),
        (format!("client_id={id}&grant_type=password&username=a&password=b"), 400, "unsupported_grant_type"),
        (format!("client_id={id}&grant_type=implicit"), 400, "unsupported_grant_type"),
        (format!("client_id={id}&grant_type=authorization_code"), 400, "invalid_request"),
        (format!("client_id={id}&grant_type=authorization_code&code=x"), 400, "invalid_request"),
        (format!("client_id={id}&client_id={id}&grant_type=authorization_code"), 400, "invalid_request"),
        (format!("client_id={id}&grant_type=refresh_token"), 400, "invalid_request"),
        ("grant_type=authorization_code&code=x".to_owned(), 401, "invalid_client"),
        ("client_id=nobody&grant_type=authorization_code&code=x".to_owned(), 401, "invalid_client"),
        (
            "client_id=%27%20OR%20true--&grant_type=refresh_token&refresh_token=x".to_owned(),
            401,
            "invalid_client",
        ),
        (
            format!("client_id={id}&client_secret=x&grant_type=refresh_token&refresh_token=x"),
            401,
            "invalid_client",
        ),
    ] {
        let answer = post(app, form, &body).expect(status);
        assert_eq!(answer.json()["error"], error, "{body}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{body}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{body}");
    }
    let json = json!({"grant_type": "authorization_code", "client_id": id}).to_string();
    post(app, "application/json", &json).expect(415);
    post(app, form, &"x".repeat(20_000)).expect(413);
    app.nobody().get("/api/auth/oauth2/token?grant_type=authorization_code").expect(405);
}

#[test]
fn a_program_with_a_secret_gets_nothing_without_it() {
    let app = App::shared();
    let person = Person::new(app);
    let registration =
        json!({"redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token"]});
    let mut program = Program::at(&app.url, &registration);
    let code = program.code_from(&person);
    let secret = program.secret.take();
    assert_eq!(program.exchanges(&code).expect(401).json()["error"], "invalid_client");
    program.secret = Some("wrong".to_owned());
    assert_eq!(program.exchanges(&code).expect(401).json()["error"], "invalid_client");
    let by_header = app
        .nobody()
        .request("POST", "/api/auth/oauth2/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", "Basic bm9ib2R5OndlbGw=")
        .body("grant_type=refresh_token&refresh_token=x")
        .send()
        .expect(401);
    assert!(by_header.header("www-authenticate").unwrap().starts_with("Basic "));
    program.secret = secret;
    program.exchanges(&code).expect(200);
}

#[test]
fn a_session_is_no_client_and_a_token_is_no_session() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let tokens = program.tokens_from(&person);
    let token = tokens["access_token"].as_str().unwrap();
    // A program's token opens neither the account nor another consent.
    let agent = app.nobody().with_token(token);
    assert_eq!(agent.get("/api/auth/token").status, 401);
    assert_eq!(agent.get("/api/auth/get-session").json(), serde_json::Value::Null);
    assert!(agent.get(&program.address(&[])).expect(200).body.contains("/api/auth/sign-in/email"));
    let refresh = tokens["refresh_token"].as_str().unwrap();
    agent.with_token(refresh).mcp("tools/list", json!({})).expect(401);
}
