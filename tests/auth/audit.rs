//! What happens to an account is recorded, told to its owner and nobody else, and erased with the account.

use harness::{App, Caller};
use serde_json::{Value, json};

use crate::local_mail::{link_to, sign_up, token_in};
use crate::visitor::{PASSWORD, Visitor, app_behind_a_proxy};

/// A password that nobody had before.
const NEXT: &str = "green tea and a bicycle";

/// Actions and outcomes of somebody's events, the first one first.
fn events(session: &Caller) -> Vec<(String, String)> {
    let events = session.get("/api/auth/list-events").expect(200).json();
    let text = |event: &Value, name: &str| event[name].as_str().unwrap().to_owned();
    let told = events.as_array().unwrap().iter().rev();
    told.map(|event| (text(event, "action"), text(event, "outcome"))).collect()
}

#[test]
fn a_person_sees_what_happened_to_their_account_and_to_no_other() {
    let app = App::shared();
    let email = "audited@example.org";
    let (token, _) = sign_up(app, email);
    let (other, _) = sign_up(app, "not-audited@example.org");
    let session = app.nobody().with_token(&token);
    app.nobody().post("/api/auth/sign-in/email", &json!({"email": email, "password": "guess"})).expect(401);
    let signed_in = app
        .nobody()
        .post("/api/auth/sign-in/email", &json!({"email": email, "password": PASSWORD}))
        .expect(200)
        .json();
    let second = app.nobody().with_token(signed_in["token"].as_str().unwrap());
    second.post("/api/auth/update-user", &json!({"name": "Ann B"})).expect(200);
    let wrong = json!({"currentPassword": "not this one", "newPassword": NEXT});
    second.post("/api/auth/change-password", &wrong).expect(400);
    second
        .post("/api/auth/change-password", &json!({"currentPassword": PASSWORD, "newPassword": NEXT}))
        .expect(200);
    second.post("/api/auth/change-email", &json!({"newEmail": "audited-2@example.org"})).expect(200);
    second.post("/api/auth/sign-out", &json!({})).expect(200);
    app.nobody().post("/api/auth/request-password-reset", &json!({"email": email})).expect(200);
    let link = token_in(&link_to(app, email));
    app.nobody()
        .post("/api/auth/reset-password", &json!({"token": link, "newPassword": "the moon is not a cheese"}))
        .expect(200);
    let again = json!({"email": email, "password": "the moon is not a cheese"});
    let last = app.nobody().post("/api/auth/sign-in/email", &again).expect(200).json();
    let last = app.nobody().with_token(last["token"].as_str().unwrap());
    assert_eq!(session.get("/api/auth/list-events").status, 401, "the first session has ended");

    let expected = [
        ("account.created", "success"),
        ("session.started", "refused"),
        ("session.started", "success"),
        ("profile.changed", "success"),
        ("password.changed", "refused"),
        ("password.changed", "success"),
        ("email.change_requested", "success"),
        ("session.ended", "success"),
        ("password.reset_requested", "success"),
        ("password.reset", "success"),
        ("session.started", "success"),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(action, outcome)| ((*action).to_owned(), (*outcome).to_owned())).collect();
    assert_eq!(events(&last), expected);
    let told = last.get("/api/auth/list-events").json();
    let refused = told.as_array().unwrap().iter().find(|event| event["outcome"] == "refused").unwrap();
    assert_eq!((&refused["fromThisNetwork"], &refused["detail"]), (&json!(true), &json!("INVALID_PASSWORD")));
    assert_eq!(
        events(&app.nobody().with_token(&other)),
        [("account.created".to_owned(), "success".to_owned())]
    );
    app.nobody().get("/api/auth/list-events").expect(401);
}

#[test]
fn who_is_not_known_is_recorded_too_and_what_was_sent_is_not() {
    let app = App::shared();
    let attempt = json!({"email": "nobody-planted@example.org", "password": "a planted password"});
    let request = app.nobody().request("POST", "/api/auth/sign-in/email").header("x-request-id", "nobody-1");
    request.json(&attempt).send().expect(401);
    let found = app.sql("SELECT content FROM todo.audit_log WHERE details LIKE '%\"nobody-1\"%'").unwrap();
    assert!(found.contains("session.started") && found.contains("INVALID_EMAIL_OR_PASSWORD"), "{found}");
    let all = app.sql("SELECT content, details FROM todo.audit_log").unwrap();
    for planted in ["nobody-planted", "planted password", "127.0.0.1"] {
        assert!(!all.contains(planted), "{planted}");
    }
}

#[test]
fn a_token_that_was_forged_is_recorded() {
    let app = App::shared();
    let good = app.user();
    let forged = format!("{}x", good.token.clone().unwrap());
    app.nobody().with_token(&forged).get("/api/v1/tasks").expect(401);
    let found = app.sql("SELECT count(*) > 0 FROM todo.audit_events WHERE action = 'token.refused' AND detail = 'bad_signature'");
    assert_eq!(found.unwrap().trim(), "t");
}

#[test]
fn nothing_of_a_deleted_person_is_left_in_the_log_and_it_is_still_whole() {
    let app = app_behind_a_proxy(&[]);
    let planted = "203.0.113.77";
    let person = Visitor::at(&app, planted);
    let signed_up = person.signs_up("planted@example.org").expect(200).json();
    let id = signed_up["user"]["id"].as_str().unwrap().to_owned();
    let (token, other) = (signed_up["token"].as_str().unwrap().to_owned(), Visitor::at(&app, "198.51.100.1"));
    other.signs_up("kept@example.org").expect(200);
    other.signs_in("planted@example.org", "guess").expect(401);
    for number in 0..4 {
        let request = app.nobody().with_token(&token).request("POST", "/api/auth/update-user");
        let request = request.header("x-request-id", &format!("planted-{number}"));
        request.json(&json!({"name": format!("Planted {number}")})).send().expect(200);
    }
    let before = app.verify_audit_log(None).unwrap();
    assert!(
        before.starts_with("7 events are as they were recorded; the details of 0 were erased"),
        "{before}"
    );
    let everything = || {
        let log = app.sql("SELECT t::text FROM todo.audit_event_details AS t").unwrap();
        log + &app.sql("SELECT t::text FROM todo.audit_events AS t").unwrap()
    };
    assert!(everything().contains(&id) && everything().contains("planted-3"));

    app.nobody().with_token(&token).post("/api/auth/delete-user", &json!({"password": PASSWORD})).expect(200);
    for text in [id.as_str(), "planted", "Planted", planted] {
        assert!(!everything().contains(text), "{text}: {}", everything());
    }
    let after = app.verify_audit_log(None).unwrap();
    assert!(after.starts_with("8 events are as they were recorded; the details of 6 were erased"), "{after}");
    assert!(everything().contains("account.deleted"));
}

#[test]
fn a_stranger_does_not_fill_the_log() {
    let app = App::start(harness::Options::default()).unwrap();
    let record = |outcome: &str, user: &str, network: &str| {
        let sql = format!(
            "SELECT todo.record_event('session.started', '{outcome}', NULL, {user}, NULL, '\\x{network}', 'r', 5, 400)"
        );
        app.sql(&sql).unwrap().trim() == "t"
    };
    let recorded = (0..20).filter(|_| record("refused", "NULL", "ab")).count();
    assert_eq!(recorded, 4);
    let limited = app.sql("SELECT detail FROM todo.audit_events WHERE action = 'audit.limited'").unwrap();
    assert_eq!(limited.trim(), "session.started");
    assert!(record("refused", "NULL", "cd"), "another network");
    assert!(record("success", "gen_random_uuid()", "ab"), "who signs in from there is recorded");
    app.verify_audit_log(None).unwrap();
}

#[test]
fn those_who_record_at_the_same_time_make_whole_chains() {
    let app = App::start(harness::Options::default()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| {
                let sql = "SELECT todo.record_event('session.started', 'success', NULL, gen_random_uuid(), NULL, '\\xab', 'r', 0, 400)
                           FROM generate_series(1, 5)";
                app.sql(sql).unwrap();
            });
        }
    });
    let said = app.verify_audit_log(None).unwrap();
    assert!(said.starts_with("120 events are as they were recorded"), "{said}");
}

#[test]
fn events_end_after_their_time_and_the_rest_can_still_be_verified() {
    let app = App::start(harness::Options::default()).unwrap();
    let record = |count: u32, user: &str| {
        let sql = format!(
            "SELECT todo.record_event('session.started', 'success', NULL, {user}, NULL, '\\xab', 'r', 0, 30) FROM generate_series(1, {count})"
        );
        app.sql(&sql).unwrap();
    };
    let user = "'0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11'";
    record(100, user);
    app.sql(&format!("SELECT todo.erase_rows_of({user})")).unwrap();
    // The whole log is made as it would have been 31 days ago: hashes and all.
    app.sql(include_str!("age_events.sql")).unwrap();
    let said = app.verify_audit_log(None).unwrap();
    assert!(
        said.starts_with("101 events are as they were recorded; the details of 100 were erased"),
        "{said}"
    );
    let before = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(before.path(), &said).unwrap();
    record(200, "gen_random_uuid()");
    let old =
        app.sql("SELECT count(*) FROM todo.audit_events WHERE at < now() - interval '30 days'").unwrap();
    assert_eq!(old.trim(), "0");
    let said = app.verify_audit_log(Some(before.path())).unwrap();
    assert!(said.starts_with("200 events are as they were recorded; the details of 0 were erased"), "{said}");
}

#[test]
fn the_roles_of_the_app_add_events_and_change_none() {
    let app = App::shared();
    for table in ["audit_chains", "audit_events", "audit_event_details"] {
        for role in ["todo_app", "todo_identity"] {
            let rights = format!(
                "SELECT has_table_privilege('{role}', 'todo.{table}', 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
            );
            assert_eq!(app.sql(&rights).unwrap().trim(), "f", "{role} {table}");
        }
    }
    let append = "SELECT count(*) FROM pg_proc, unnest(ARRAY['todo_app', 'todo_identity']) AS role
                  WHERE proname = 'append_event' AND has_function_privilege(role, pg_proc.oid, 'EXECUTE')";
    assert_eq!(app.sql(append).unwrap().trim(), "0");
    let record = "SELECT has_function_privilege('todo_app', oid, 'EXECUTE') FROM pg_proc WHERE proname = 'record_event'";
    assert_eq!(app.sql(record).unwrap().trim(), "f");
}
