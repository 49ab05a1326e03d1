//! Who deletes their account leaves nothing behind.

use harness::App;
use serde_json::json;

use crate::local_mail::sign_up;
use crate::visitor::PASSWORD;

/// In how many rows of which tables a text is found.
fn found(app: &App, text: &str) -> Vec<String> {
    let tables = app
        .sql("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'todo'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1")
        .unwrap();
    let tables: Vec<&str> = tables.lines().map(str::trim).filter(|table| !table.is_empty()).collect();
    assert!(tables.len() > 15, "{tables:?}");
    tables
        .into_iter()
        .filter_map(|table| {
            let sql =
                format!("SELECT count(*) FROM todo.{table} AS t WHERE position('{text}' in t::text) > 0");
            let count = app.sql(&sql).unwrap();
            (count.trim() != "0").then(|| format!("{table}: {}", count.trim()))
        })
        .collect()
}

#[test]
fn nothing_of_a_deleted_user_is_found_in_any_table_and_others_keep_everything() {
    let app = App::shared();
    let people = ["erased@example.org", "kept@example.org"].map(|email| {
        let (session, id) = sign_up(app, email);
        let bearer = app.nobody().with_token(&session);
        let token = bearer.get("/api/auth/token").expect(200).json()["token"].as_str().unwrap().to_owned();
        let caller = app.nobody().with_token(&token);
        let task = json!({"title": format!("a task of {email}"), "labels": ["secret"]});
        caller.post("/api/v1/tasks", &task).expect(201);
        let list =
            caller.post("/api/v1/lists", &json!({"name": format!("a list of {email}")})).expect(201).json();
        caller.post("/api/v1/tasks", &json!({"title": "in it", "list_id": list["id"]})).expect(201);
        let task = caller.post("/api/v1/tasks", &json!({"title": "whole"})).expect(201).json();
        caller.post("/api/v1/tasks", &json!({"title": "part", "parent_id": task["id"]})).expect(201);
        let path = format!("/api/v1/tasks/{}/complete", task["id"].as_str().unwrap());
        caller.request("POST", &path).send().expect(200);
        caller.post("/api/v1/actions/undo", &json!({})).expect(200);
        let daily = json!({"title": "daily", "recurrence": {"rule": "FREQ=DAILY"}});
        let daily = caller.post("/api/v1/tasks", &daily).expect(201).json();
        let path = format!("/api/v1/tasks/{}/complete", daily["id"].as_str().unwrap());
        caller.request("POST", &path).send().expect(200);
        let reminder = json!({"task_id": daily["id"], "at": "2099-01-01T10:00:00Z"});
        caller.post("/api/v1/reminders", &reminder).expect(201);
        let webhook = json!({"url": "https://hooks.vendor.dev/todo"});
        caller.request("PUT", "/api/v1/webhook").json(&webhook).send().expect(200);
        caller.request("PUT", "/api/v1/calendar-feed").send().expect(200);
        caller.post("/api/v1/chat", &json!({"message": format!("add a call to {email}")})).expect(200);
        let asked = caller.post("/api/v1/chat", &json!({"message": "delete all tasks"})).expect(200).json();
        let params = json!({"thread_id": asked["conversation_id"], "item_ids": [asked["message_id"]], "kind": "negative"});
        caller.post("/chatkit", &json!({"type": "items.feedback", "params": params})).expect(200);
        let file = json!({"name": "a.txt", "size": 1, "mime_type": "text/plain"});
        caller.post("/chatkit", &json!({"type": "attachments.create", "params": file})).expect(200);
        bearer.post("/api/auth/api-key/create", &json!({"name": format!("a program of {email}")})).expect(200);
        let password = json!({"password": PASSWORD});
        let begun = bearer.post("/api/auth/two-factor/enable", &password).expect(200).json();
        let authenticator = harness::Authenticator::read(begun["totpURI"].as_str().unwrap());
        bearer.post("/api/auth/two-factor/verify-totp", &json!({"code": authenticator.code(0)})).expect(200);
        let sign_in = json!({"email": email, "password": PASSWORD});
        app.nobody().post("/api/auth/sign-in/email", &sign_in).expect(200);
        bearer.post("/api/auth/request-password-reset", &json!({"email": email})).expect(200);
        (bearer, id)
    });
    let [(erased, erased_id), (kept, kept_id)] = &people;
    let tables_before = found(app, erased_id);
    for table in [
        "tasks",
        "lists",
        "task_events",
        "task_occurrences",
        "task_versions",
        "turned_actions",
        "reminders",
        "webhooks",
        "calendar_feeds",
        "conversations",
        "messages",
        "thread_items",
        "turns",
        "turn_events",
        "item_feedback",
        "attachments",
        "sessions",
        "accounts",
        "account_links",
        "personal_tokens",
        "two_factor",
        "two_factor_tokens",
        "audit_event_details",
    ] {
        assert!(
            tables_before.iter().any(|row| row.starts_with(&format!("{table}:"))),
            "{table}: {tables_before:?}"
        );
    }
    let kept_before = found(app, kept_id);

    erased.post("/api/auth/delete-user", &json!({"password": "not this one"})).expect(400);
    // Nothing changed but that the attempt is an event.
    let but_events = |rows: &[String]| -> Vec<String> {
        rows.iter().filter(|row| !row.starts_with("audit_event_details:")).cloned().collect()
    };
    assert_eq!(but_events(&found(app, erased_id)), but_events(&tables_before));
    erased.post("/api/auth/delete-user", &json!({"password": PASSWORD})).expect(200);
    assert_eq!(found(app, erased_id), Vec::<String>::new());
    assert_eq!(found(app, "erased@example.org"), Vec::<String>::new());
    assert_eq!(found(app, kept_id), kept_before);
    assert_eq!(kept.get("/api/auth/get-session").json()["user"]["email"], "kept@example.org");
    assert_eq!(erased.get("/api/auth/get-session").json(), serde_json::Value::Null);
}

#[test]
fn only_identity_may_erase_and_an_owner_that_is_no_superuser_can() {
    let app = App::shared();
    let may = |role: &str| {
        app.sql(&format!("SELECT has_function_privilege('{role}', 'todo.erase_rows_of(uuid)', 'EXECUTE')"))
            .unwrap()
    };
    assert_eq!(may("todo_identity").trim(), "t");
    assert_eq!(may("todo_app").trim(), "f");
    // Row-level security holds the owner too, so that each table without a reference to the user has to let the owner in.
    let closed = app
        .sql(
            "SELECT string_agg(class.relname, ' ') FROM pg_class AS class
             JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attribute.attname = 'user_id'
             WHERE class.relnamespace = 'todo'::regnamespace AND class.relkind IN ('r', 'p')
                 AND NOT EXISTS (SELECT FROM pg_constraint AS reference WHERE reference.conrelid = class.oid
                     AND reference.confrelid = 'todo.users'::regclass AND reference.confdeltype = 'c')
                 AND NOT EXISTS (SELECT FROM pg_policy AS policy WHERE policy.polrelid = class.oid
                     AND policy.polcmd = '*' AND (0 = ANY (policy.polroles) OR class.relowner = ANY (policy.polroles)))",
        )
        .unwrap();
    assert_eq!(closed.trim(), "", "tables whose rows the erasure does not reach");
}
