//! `/api/v1/reminders` and `/api/v1/webhook`: what is due is sent, signed, until the receiver has it.

use std::thread;
use std::time::{Duration, Instant};

use harness::{Answer, App, Caller, Options, WebhookReceiver};
use serde_json::{Value, json};

use crate::{add, kind};

const REMINDERS: &str = "/api/v1/reminders";
const WEBHOOK: &str = "/api/v1/webhook";
const SCHEDULER_SECRET: &str = "what the scheduler of these tests knows";

/// An app that may send to `receiver`, and is told when.
fn app(receiver: &WebhookReceiver) -> App {
    let variables = [
        ("reminder_webhook_origin", receiver.origin.as_str()),
        ("reminder_scheduler_secret", SCHEDULER_SECRET),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    App::start(Options { variables, ..Options::default() }).unwrap()
}

/// Has it send what is due.
fn send(app: &App) -> Answer {
    app.nobody().with_token(SCHEDULER_SECRET).request("POST", "/scheduled/reminders").send()
}

/// A reminder of a new task, due already.
fn due(app: &App, user: &Caller, title: &str) -> Value {
    let task = add(user, &json!({ "title": title }));
    let input = json!({ "task_id": task["id"], "at": "2099-01-01T00:00:00Z" });
    let reminder = user.post(REMINDERS, &input).expect(201).json();
    make_due(app, &reminder);
    reminder
}

fn make_due(app: &App, reminder: &Value) {
    let id = reminder["id"].as_str().unwrap();
    let due = "remind_at = now() - interval '1 second', next_at = now() - interval '1 second'";
    app.sql(&format!("UPDATE todo.reminders SET {due} WHERE id = '{id}'")).unwrap();
}

fn read_reminder(user: &Caller, reminder: &Value) -> Value {
    let path = format!("{REMINDERS}?task_id={}", reminder["task_id"].as_str().unwrap());
    user.get(&path).expect(200).json()["items"][0].clone()
}

/// The first reminder of its task, once it is in that state: the run's own clock may be sending it at the moment.
#[track_caller]
fn once(user: &Caller, reminder: &Value, is_so: impl Fn(&Value) -> bool) -> Value {
    let start = Instant::now();
    loop {
        let found = read_reminder(user, reminder);
        if is_so(&found) {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{found}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_reminder_is_added_listed_and_cancelled() {
    let user = App::shared().user();
    let task = add(&user, &json!({ "title": "Call Anna", "due": "2099-01-01T10:00:00Z" }));
    let input = json!({ "task_id": task["id"], "before_due_minutes": 30 });
    let reminder = user.post(REMINDERS, &input).expect(201).json();
    assert_eq!((&reminder["at"], &reminder["title"]), (&json!("2099-01-01T09:30:00Z"), &json!("Call Anna")));
    assert_eq!(user.get(REMINDERS).expect(200).json()["items"], json!([reminder]));
    assert_eq!(read_reminder(&user, &reminder), reminder);
    let path = format!("{REMINDERS}/{}", reminder["id"].as_str().unwrap());
    assert_eq!(user.delete(&path).expect(200).json(), reminder);
    assert_eq!(kind(&user.delete(&path).expect(404)), "reminder-not-found");
    assert_eq!(user.get(REMINDERS).expect(200).json()["items"], json!([]));
}

#[test]
fn a_webhook_is_set_told_and_deleted_and_its_secret_is_told_once() {
    let receiver = WebhookReceiver::start(&[], Duration::ZERO).unwrap();
    let app = app(&receiver);
    let user = app.user();
    assert_eq!(user.get(WEBHOOK).expect(200).json(), json!({ "url": null, "created_at": null }));
    let url = format!("{}/hook?a=b", receiver.origin);
    let put = |user: &Caller, url: &str| user.request("PUT", WEBHOOK).json(&json!({ "url": url })).send();
    let made = put(&user, &url).expect(200).json();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"), "{made}");
    let read = user.get(WEBHOOK).expect(200).json();
    assert_eq!((&read["url"], read.get("secret")), (&json!(url), None));
    assert_eq!(app.user().get(WEBHOOK).expect(200).json()["url"], Value::Null);
    assert_ne!(put(&user, &url).expect(200).json()["secret"], made["secret"]);
    assert_eq!(
        put(&user, "https://hooks.vendor.dev/todo").expect(200).json()["url"],
        "https://hooks.vendor.dev/todo"
    );

    for private in [
        "http://127.0.0.1:1/hook",
        "https://127.0.0.1/hook",
        "https://10.0.0.1/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://metadata.google.internal/",
        "https://identity.spin.internal/api/auth/ok",
        "https://todo.default.svc.cluster.local/",
        "http://hooks.vendor.dev/todo",
        "ftp://hooks.vendor.dev/todo",
    ] {
        let refused = put(&user, private).expect(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/url", "{private}: {refused}");
    }
    let writer = app.user_with("tasks:write", 900);
    assert_eq!(kind(&put(&writer, &url).expect(403)), "insufficient-scope");
    user.delete(WEBHOOK).expect(204);
    user.delete(WEBHOOK).expect(204);
    assert_eq!(user.get(WEBHOOK).expect(200).json()["url"], Value::Null);
}

#[test]
fn what_is_due_is_sent_once_signed_by_the_users_secret() {
    let receiver = WebhookReceiver::start(&[], Duration::ZERO).unwrap();
    let app = app(&receiver);
    let user = app.user();
    let url = format!("{}/hook", receiver.origin);
    let secret =
        user.request("PUT", WEBHOOK).json(&json!({ "url": url })).send().expect(200).json()["secret"].clone();
    let reminder = due(&app, &user, "Call Anna");
    send(&app).expect(200);
    send(&app).expect(200);
    let received = receiver.wait_for(1);
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].line, "POST /hook HTTP/1.1");
    assert!(received[0].is_signed_by(secret.as_str().unwrap()), "{received:?}");
    let message = received[0].json();
    assert_eq!((&message["type"], &message["data"]["title"]), (&json!("reminder.due"), &json!("Call Anna")));
    assert_eq!(message["data"]["reminder_id"], reminder["id"]);
    let sent = once(&user, &reminder, |found| found["state"] == "sent");
    assert!(sent["sent_at"].is_string(), "{sent}");
    assert_eq!(user.get(&format!("{REMINDERS}?state=sent")).expect(200).json()["items"], json!([sent]));
}

#[test]
fn the_clock_of_a_local_run_sends_without_being_asked() {
    let receiver = WebhookReceiver::start(&[], Duration::ZERO).unwrap();
    let variables = vec![("reminder_webhook_origin".to_owned(), receiver.origin.clone())];
    let app = App::start(Options { variables, ..Options::default() }).unwrap();
    let user = app.user();
    user.request("PUT", WEBHOOK).json(&json!({ "url": receiver.origin })).send().expect(200);
    due(&app, &user, "by itself");
    assert_eq!(receiver.wait_for(1).len(), 1, "{}", app.log());
}

#[test]
fn nothing_is_sent_of_a_task_that_is_done_or_deleted_or_too_late_and_without_a_webhook_the_list_shows_it() {
    let receiver = WebhookReceiver::start(&[], Duration::ZERO).unwrap();
    let app = app(&receiver);
    let (user, alone) = (app.user(), app.user());
    user.request("PUT", WEBHOOK).json(&json!({ "url": receiver.origin })).send().expect(200);
    let [done, deleted, late] = ["done", "deleted", "late"].map(|title| due(&app, &user, title));
    let path = |reminder: &Value| format!("/api/v1/tasks/{}", reminder["task_id"].as_str().unwrap());
    user.request("POST", &format!("{}/complete", path(&done))).send().expect(200);
    user.delete(&path(&deleted)).expect(204);
    let id = late["id"].as_str().unwrap();
    let day_ago = "remind_at = now() - interval '25 hours'";
    app.sql(&format!("UPDATE todo.reminders SET {day_ago} WHERE id = '{id}'")).unwrap();
    let shown = due(&app, &alone, "shown");
    send(&app).expect(200);
    once(&user, &done, |found| found["state"] == "skipped");
    once(&user, &late, |found| found["state"] == "skipped");
    once(&alone, &shown, |found| found["state"] == "sent");
    assert_eq!(receiver.received().len(), 0);
}

#[test]
fn a_receiver_that_fails_is_tried_again_under_the_same_id_and_in_the_end_it_has_failed() {
    let receiver = WebhookReceiver::start(&[500, 500, 500, 500, 500, 500, 500], Duration::ZERO).unwrap();
    let app = app(&receiver);
    let user = app.user();
    user.request("PUT", WEBHOOK).json(&json!({ "url": receiver.origin })).send().expect(200);
    let reminder = due(&app, &user, "Call Anna");
    let id = reminder["id"].as_str().unwrap();
    for attempt in 1..=7 {
        if attempt > 1 {
            let again = "SET next_at = now() - interval '1 second' WHERE state = 'waiting'";
            app.sql(&format!("UPDATE todo.reminders {again} AND id = '{id}'")).unwrap();
        }
        send(&app).expect(200);
        assert_eq!(receiver.wait_for(attempt).len(), attempt);
        let state = if attempt < 7 { "waiting" } else { "failed" };
        let stored = format!(
            "SELECT attempts || ' ' || failure FROM todo.reminders WHERE id = '{id}' AND state = '{state}'"
        );
        let expected = format!("{attempt} The webhook answered with the status 500.");
        let start = Instant::now();
        while app.sql(&stored).unwrap().trim() != expected {
            assert!(start.elapsed() < Duration::from_secs(30), "{}", app.sql(&stored).unwrap());
            thread::sleep(Duration::from_millis(20));
        }
    }
    send(&app).expect(200);
    let received = receiver.received();
    assert_eq!(received.len(), 7);
    assert!(received.iter().all(|one| one.id == received[0].id && one.text == received[0].text));
}

#[test]
fn nobody_but_the_scheduler_has_anything_sent() {
    let receiver = WebhookReceiver::start(&[], Duration::ZERO).unwrap();
    let app = app(&receiver);
    let user = app.user();
    for caller in [&app.nobody(), &user, &user.with_token("guess"), &user.with_token("")] {
        caller.request("POST", "/scheduled/reminders").send().expect(401);
    }
    assert_eq!(app.nobody().get("/scheduled/reminders").status, 405);
}
