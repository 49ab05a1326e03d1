//! Tokens that people make for their own programs.

use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use harness::{Answer, App, Caller, Options};
use serde_json::{Value, json};

use crate::local_mail::sign_up;
use crate::visitor::PASSWORD;

/// The longest time for which a token that was revoked is still taken, with a second to spare.
const REVOCATION_TIMEOUT: Duration = Duration::from_secs(11);

/// An app in which many people may sign up.
fn app() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| {
        let variables = vec![("sign_ups_per_hour".to_owned(), "0".to_owned())];
        App::start(Options { variables, ..Options::default() }).unwrap()
    })
}

/// Somebody new, by their session.
fn new_person(app: &App) -> Caller {
    let (session, _) = sign_up(app, &format!("{}@example.org", uuid::Uuid::new_v4()));
    app.nobody().with_token(&session)
}

fn create(person: &Caller, body: &Value) -> Answer {
    person.post("/api/auth/api-key/create", body)
}

fn token_of(person: &Caller, scopes: &[&str]) -> Value {
    create(person, &json!({"name": "Laptop", "scopes": scopes})).expect(200).json()
}

fn key(token: &Value) -> &str {
    token["key"].as_str().unwrap()
}

#[test]
fn a_token_is_good_for_rest_mcp_and_chat_as_far_as_its_scopes_go() {
    let app = app();
    let person = new_person(app);
    let token = token_of(&person, &["tasks:read", "tasks:write", "chat"]);
    let program = app.nobody().with_token(key(&token));
    program.post("/api/v1/tasks", &json!({"title": "by a program"})).expect(201);
    let id = program.get("/api/v1/tasks").expect(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    program.delete(&format!("/api/v1/tasks/{id}")).expect(403);
    let message = json!({"message": "add buy milk"});
    program.post("/api/v1/chat", &message).expect(200);
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let answer = program
        .request("POST", "/mcp")
        .header("accept", "application/json, text/event-stream")
        .json(&list)
        .send();
    assert_ne!(answer.status, 401, "{}", answer.body);
    // The person's own tasks, and theirs alone.
    let own = person.get("/api/auth/token").expect(200).json()["token"].as_str().unwrap().to_owned();
    let titles = app.nobody().with_token(&own).get("/api/v1/tasks").expect(200).json()["items"].clone();
    assert_eq!(titles.as_array().unwrap().len(), 2);
    let reading = token_of(&person, &["tasks:read"]);
    app.nobody().with_token(key(&reading)).post("/api/v1/tasks", &json!({"title": "no"})).expect(403);
}

#[test]
fn a_token_opens_no_account_and_makes_no_other_token() {
    let app = app();
    let person = new_person(app);
    let token = token_of(&person, &["tasks:read", "tasks:write", "tasks:delete", "chat"]);
    let program = app.nobody().with_token(key(&token));
    for (method, path) in [
        ("GET", "/api/auth/token"),
        ("GET", "/api/auth/list-sessions"),
        ("GET", "/api/auth/api-key/list"),
        ("POST", "/api/auth/api-key/create"),
        ("POST", "/api/auth/change-password"),
        ("POST", "/api/auth/delete-user"),
        ("GET", "/api/auth/oauth2/userinfo"),
    ] {
        let request = program.request(method, path);
        let body = json!({"name": "x", "currentPassword": "x", "newPassword": "a long enough one"});
        let answer = if method == "POST" { request.json(&body).send() } else { request.send() };
        assert_eq!(answer.status, 401, "{path}: {}", answer.body);
    }
}

#[test]
fn what_is_stored_and_told_later_is_not_the_token() {
    let app = app();
    let person = new_person(app);
    let token = token_of(&person, &["tasks:read"]);
    let told = person.get("/api/auth/api-key/list").expect(200).json();
    assert_eq!(told["total"], 1);
    assert!(!told.to_string().contains(key(&token)));
    assert!(key(&token).starts_with(told["apiKeys"][0]["start"].as_str().unwrap()));
    let id = token["id"].as_str().unwrap();
    let one = person.get(&format!("/api/auth/api-key/get?id={id}")).expect(200).json();
    assert_eq!(one, told["apiKeys"][0]);
    let stored = app.sql(&format!("SELECT * FROM todo.personal_tokens WHERE id = '{id}'")).unwrap();
    assert!(!stored.contains(&key(&token)[13..]), "{stored}");
    assert!(!app.log().contains(&key(&token)[13..]));
}

#[test]
fn use_is_seen_to_the_hour_and_written_once_in_it() {
    let app = app();
    let person = new_person(app);
    let token = token_of(&person, &["tasks:read"]);
    let id = token["id"].as_str().unwrap();
    let version = || app.sql(&format!("SELECT xmin FROM todo.personal_tokens WHERE id = '{id}'")).unwrap();
    let told = |app: &App| {
        app.nobody().with_token(key(&token)).get("/api/v1/tasks").expect(200);
        person.get(&format!("/api/auth/api-key/get?id={id}")).expect(200).json()["lastRequest"].clone()
    };
    assert_eq!(token["lastRequest"], Value::Null);
    let hour = told(app).as_str().unwrap().to_owned();
    assert!(hour.ends_with(":00:00.000Z"), "{hour}");
    let written = version();
    thread::sleep(REVOCATION_TIMEOUT);
    told(app);
    assert_eq!(version(), written, "looked up again, written once");
    app.sql(&format!(
        "UPDATE todo.personal_tokens SET last_used_at = last_used_at - interval '1 hour' WHERE id = '{id}'"
    ))
    .unwrap();
    thread::sleep(REVOCATION_TIMEOUT);
    assert_eq!(told(app).as_str(), Some(hour.as_str()));
}

#[test]
fn a_token_that_is_revoked_or_over_is_good_nowhere_within_seconds() {
    let app = app();
    let person = new_person(app);
    let [revoked, ended] = [(); 2].map(|()| token_of(&person, &["tasks:read"]));
    let status = |token: &Value| app.nobody().with_token(key(token)).get("/api/v1/tasks").status;
    assert_eq!((status(&revoked), status(&ended)), (200, 200));
    let named = json!({"keyId": revoked["id"]});
    let stranger = new_person(app);
    for path in ["/api/auth/api-key/delete", "/api/auth/api-key/update"] {
        let body = json!({"keyId": revoked["id"], "name": "mine"});
        assert_eq!(stranger.post(path, &body).expect(404).json()["code"], "KEY_NOT_FOUND");
    }
    assert_eq!(person.post("/api/auth/api-key/delete", &named).expect(200).json()["success"], true);
    person.post("/api/auth/api-key/delete", &named).expect(404);
    app.sql(&format!(
        "UPDATE todo.personal_tokens SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
         WHERE id = '{}'",
        ended["id"].as_str().unwrap()
    ))
    .unwrap();
    let start = Instant::now();
    while status(&revoked) == 200 || status(&ended) == 200 {
        assert!(start.elapsed() < REVOCATION_TIMEOUT);
        thread::sleep(Duration::from_millis(200));
    }
    let events = person.get("/api/auth/list-events").expect(200).json().to_string();
    for action in ["personal_token.created", "personal_token.revoked"] {
        assert!(events.contains(action), "{action} in {events}");
    }
    let refused = app.sql(
        "SELECT count(*) > 0 FROM todo.audit_events WHERE action = 'token.refused' AND detail = 'personal_token'",
    );
    assert_eq!(refused.unwrap().trim(), "t");
}

#[test]
fn a_token_that_is_made_up_or_cut_off_is_refused() {
    let app = app();
    let person = new_person(app);
    let token = token_of(&person, &["tasks:read"]);
    let key = key(&token);
    let other = personal_token::new_token(&[9; personal_token::RANDOM_BYTES]);
    for text in
        [&other, &key[..key.len() - 1], &format!("{key}0"), "todo_pat_", &key.to_uppercase(), &key[9..]]
    {
        let answer = app.nobody().with_token(text).get("/api/v1/tasks").expect(401);
        assert!(answer.header("www-authenticate").unwrap().contains("invalid_token"), "{text}");
    }
}

#[test]
fn a_person_has_twenty_tokens_however_many_are_made_at_once_and_one_that_is_over_makes_room() {
    let app = app();
    let person = new_person(app);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let requests: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| -> Vec<u16> {
                    (0..8).map(|_| create(&person, &json!({"name": "one of many"})).status).collect()
                })
            })
            .collect();
        requests.into_iter().flat_map(|request| request.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 20, "{statuses:?}");
    let refused = create(&person, &json!({"name": "x"})).expect(400).json();
    assert_eq!(refused["code"], "TOO_MANY_API_KEYS");
    let list =
        || person.get("/api/auth/api-key/list").expect(200).json()["apiKeys"].as_array().unwrap().clone();
    let oldest = list()[19]["id"].as_str().unwrap().to_owned();
    app.sql(&format!(
        "UPDATE todo.personal_tokens SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
         WHERE id = '{oldest}'"
    ))
    .unwrap();
    let next = create(&person, &json!({"name": "the next"})).expect(200).json();
    assert_eq!(list().len(), 20);
    assert!(list().iter().all(|token| token["id"] != oldest.as_str()));
    let renamed = json!({"keyId": next["id"], "name": "Another name"});
    assert_eq!(person.post("/api/auth/api-key/update", &renamed).expect(200).json()["name"], "Another name");
}

#[test]
fn tokens_go_with_their_person() {
    let app = app();
    let person = new_person(app);
    let token = token_of(&person, &["tasks:read"]);
    let count = || {
        let id = token["id"].as_str().unwrap();
        app.sql(&format!("SELECT count(*) FROM todo.personal_tokens WHERE id = '{id}'")).unwrap()
    };
    assert_eq!(count().trim(), "1");
    person.post("/api/auth/delete-user", &json!({"password": PASSWORD})).expect(200);
    assert_eq!(count().trim(), "0");
}
