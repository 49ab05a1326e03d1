//! What is stored of people is of no use to who steals it, and out of reach of everything but the identity endpoint.

use harness::App;
use serde_json::{Value, json};

fn sign_up(app: &App, email: &str) -> Value {
    let account = json!({"name": "Ann", "email": email, "password": "correct horse"});
    let answer = app.nobody().post("/api/auth/sign-up/email", &account);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[test]
fn neither_password_nor_session_token_can_be_read_in_the_database() {
    let app = App::shared();
    let token = sign_up(app, "stored@example.org")["token"].as_str().unwrap().to_owned();
    let hashes = app.sql("SELECT password_hash FROM todo.accounts").unwrap();
    assert!(hashes.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashes}");
    let everything = app
        .sql("SELECT users::text FROM todo.users UNION ALL SELECT accounts::text FROM todo.accounts UNION ALL SELECT sessions::text FROM todo.sessions")
        .unwrap();
    assert!(everything.contains("stored@example.org"));
    assert!(!everything.contains("correct horse") && !everything.contains(&token), "{everything}");
}

#[test]
fn failed_attempts_do_not_tell_who_was_meant() {
    let app = App::shared();
    let attempt = json!({"email": "meant@example.org", "password": "guess"});
    assert_eq!(app.nobody().post("/api/auth/sign-in/email", &attempt).status, 401);
    let attempts = app.sql("SELECT sign_in_attempts::text FROM todo.sign_in_attempts").unwrap();
    assert!(!attempts.trim().is_empty());
    assert!(!attempts.contains("meant") && !attempts.contains("127.0.0.1"), "{attempts}");
}

#[test]
fn the_role_of_the_tools_can_not_touch_the_tables_of_identity() {
    let app = App::shared();
    for table in [
        "users",
        "accounts",
        "sessions",
        "sign_in_attempts",
        "known_networks",
        "account_links",
        "local_mail",
        "password_hash_slots",
        "audit_chains",
        "audit_events",
        "audit_event_details",
        "oauth_clients",
        "oauth_grants",
        "oauth_device_codes",
        "personal_tokens",
        "two_factor",
        "two_factor_tokens",
    ] {
        let rights = format!(
            "SELECT has_table_privilege('todo_app', 'todo.{table}', 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES')"
        );
        assert_eq!(app.sql(&rights).unwrap().trim(), "f", "{table}");
        let forced = format!(
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'todo.{table}'::regclass"
        );
        assert_eq!(app.sql(&forced).unwrap().trim(), "t", "{table}");
    }
    for table in ["tasks", "task_events", "messages", "conversations"] {
        let rights = format!(
            "SELECT has_table_privilege('todo_identity', 'todo.{table}', 'SELECT, INSERT, UPDATE, DELETE')"
        );
        assert_eq!(app.sql(&rights).unwrap().trim(), "f", "{table}");
    }
}

#[test]
fn guesses_sent_at_once_all_count() {
    let app = App::shared();
    sign_up(app, "guessed@example.org");
    let attempt = json!({"email": "guessed@example.org", "password": "guess"});
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| app.nobody().post("/api/auth/sign-in/email", &attempt).status))
            .collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    let tried = statuses.iter().filter(|status| **status == 401).count();
    // Five are free; a slow machine gets to the sixth after the first second of waiting.
    assert!((5..=6).contains(&tried), "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 401 | 429)), "{statuses:?}");
}

#[test]
fn two_people_who_take_an_address_at_once_make_one_account() {
    let app = App::shared();
    let account = json!({"name": "Ann", "email": "race@example.org", "password": "correct horse"});
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| app.nobody().post("/api/auth/sign-up/email", &account).status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 5, "{statuses:?}");
}

#[test]
fn a_weaker_hash_is_replaced_when_its_user_signs_in() {
    let app = App::shared();
    let id = sign_up(app, "weak@example.org")["user"]["id"].as_str().unwrap().to_owned();
    // `correct horse` hashed with 8 MiB and one pass.
    let weak = include_str!("weak_hash.txt").trim();
    app.sql(&format!("UPDATE todo.accounts SET password_hash = '{weak}' WHERE user_id = '{id}'")).unwrap();
    let attempt = json!({"email": "weak@example.org", "password": "correct horse"});
    assert_eq!(app.nobody().post("/api/auth/sign-in/email", &attempt).status, 200);
    let stored = app.sql(&format!("SELECT password_hash FROM todo.accounts WHERE user_id = '{id}'")).unwrap();
    assert!(stored.contains("m=19456,t=2"), "{stored}");
    assert_eq!(app.nobody().post("/api/auth/sign-in/email", &attempt).status, 200);
}

#[test]
fn a_session_is_extended_after_a_day_and_ends_when_its_time_is_over() {
    let app = App::shared();
    let signed_up = sign_up(app, "session@example.org");
    let (token, id) = (signed_up["token"].as_str().unwrap(), signed_up["user"]["id"].as_str().unwrap());
    let caller = app.nobody().with_token(token);
    let expiry = || app.sql(&format!("SELECT expires_at FROM todo.sessions WHERE user_id = '{id}'")).unwrap();
    let first = expiry();
    assert!(caller.get("/api/auth/get-session").header("set-cookie").is_none());
    assert_eq!(expiry(), first);
    app.sql(&format!(
        "UPDATE todo.sessions SET expires_at = expires_at - interval '25 hours' WHERE user_id = '{id}'"
    ))
    .unwrap();
    let extended = caller.get("/api/auth/get-session");
    assert!(
        extended.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=604800")),
        "{extended:?}"
    );
    assert!(expiry() > first);
    app.sql(&format!(
        "UPDATE todo.sessions SET expires_at = now() - interval '1 second' WHERE user_id = '{id}'"
    ))
    .unwrap();
    assert_eq!(caller.get("/api/auth/get-session").json(), Value::Null);
    assert_eq!(caller.get("/api/auth/token").status, 401);
}
