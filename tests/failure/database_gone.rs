//! While the database is gone every endpoint answers 503 with Retry-After; when it is back the same process serves again.

use std::thread;
use std::time::{Duration, Instant};

use harness::{Answer, App, Caller, Database, Options};
use scratch_postgres::ScratchPostgres;
use serde_json::json;

fn unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.body);
    let seconds: u32 = answer.header("retry-after").expect("Retry-After").parse().unwrap();
    assert!((1..=120).contains(&seconds));
    assert!(answer.header("content-type").is_some_and(|value| value.starts_with("application/problem+json")));
    for secret in ["postgres://", "todo_app", "password", "127.0.0.1"] {
        assert!(!answer.body.contains(secret), "{secret} in {}", answer.body);
    }
}

fn add(caller: &Caller, title: &str) -> Answer {
    caller.post("/api/v1/tasks", &json!({ "title": title }))
}

#[test]
fn every_endpoint_says_so_and_the_same_process_serves_again_when_it_is_back() {
    let mut server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    let app =
        App::start(Options { database: Database::At(server.url("todo")), ..Options::default() }).unwrap();
    let (alice, pid) = (app.user(), app.pid());
    add(&alice, "before").expect(201);

    server.stop();
    unavailable(&add(&alice, "meanwhile"));
    unavailable(&alice.get("/api/v1/tasks"));
    unavailable(&alice.get("/api/v1/conversations"));
    unavailable(&alice.post("/api/v1/chat", &json!({ "message": "what is overdue?" })));
    let credentials = json!({ "email": "a@example.com", "password": "correct horse battery" });
    let sign_in = app.nobody().request("POST", "/api/auth/sign-in/email").json(&credentials);
    unavailable(&sign_in.header("origin", &app.url).send());
    unavailable(&app.nobody().get("/readyz"));
    let result = alice.call_tool("list_tasks", &json!({}));
    assert_eq!(result["isError"], true, "{result}");
    app.nobody().get("/livez").expect(200);

    server.resume().unwrap();
    let start = Instant::now();
    while add(&alice, "after").status != 201 {
        assert!(start.elapsed() < Duration::from_secs(10), "not back after {:?}", start.elapsed());
        thread::sleep(Duration::from_millis(100));
    }
    app.nobody().get("/readyz").expect(200);
    let page = alice.get("/api/v1/tasks?sort=created").expect(200).json();
    let titles: Vec<&str> =
        page["items"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["before", "after"]);
    assert_eq!(app.pid(), pid);
}
