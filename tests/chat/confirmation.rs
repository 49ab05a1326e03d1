//! Nothing is deleted without a yes, and a yes counts once, for its own user, for a while.

use std::thread;
use std::time::Duration;

use harness::{Caller, Database, Options};
use serde_json::{Value, json};

use crate::chat_fixture::{ChatFixture, add, conversation, fixture, titles};
use crate::scripted_model::{Reply, calls, says};

/// Asks to delete a task and answers the conversation and the answer.
fn ask(fixture: &ChatFixture, caller: &Caller, ids: &[&str]) -> (String, Value) {
    let deletions: Vec<(&str, Value)> = ids.iter().map(|id| ("delete_task", json!({"id": id}))).collect();
    let message_sent = fixture.send(caller, [calls(&deletions), says(&["So be it."]), says(&["And so on."])]);
    (message_sent.conversation(), message_sent.ok())
}

fn answer(caller: &Caller, conversation: &str, body: Value) -> harness::Answer {
    let mut body = body;
    body["conversation_id"] = json!(conversation);
    caller.post("/api/v1/chat", &body)
}

#[test]
fn a_deletion_names_the_task_and_waits() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    let (conversation_id, asked) = ask(fixture, &caller, &[&id]);
    assert_eq!(asked["confirmation"]["tool"], "delete_task");
    assert_eq!(asked["confirmation"]["arguments"], json!({"id": id, "version": 1}));
    assert_eq!(
        (&asked["confirmation"]["action"], &asked["confirmation"]["count"]),
        (&json!("delete_tasks"), &json!(1))
    );
    assert_eq!(asked["confirmation"]["prompt"], asked["reply"]);
    assert_eq!(asked["reply"], "Do you want to delete the task “Buy milk”?");
    assert_eq!(titles(&caller), ["Buy milk"]);
    let open = conversation(&caller, &conversation_id);
    assert_eq!(open["confirmation"]["prompt"], asked["reply"]);
    assert_eq!(
        (&open["confirmation"]["action"], &open["confirmation"]["count"]),
        (&json!("delete_tasks"), &json!(1))
    );
    assert!(open["confirmation"]["expires_at"].is_string());
}

#[test]
fn yes_in_words_or_as_a_member_deletes_and_the_model_goes_on() {
    let fixture = fixture();
    for body in [json!({"message": "ok do it"}), json!({"confirm": true})] {
        let caller = fixture.user();
        let id = add(&caller, "Buy milk");
        let (conversation_id, _) = ask(fixture, &caller, &[&id]);
        let done = answer(&caller, &conversation_id, body).expect(200).json();
        assert_eq!(done["reply"], "So be it.");
        assert_eq!(done["tool_calls"][0]["name"], "delete_task");
        assert_eq!(done["tool_calls"][0]["failed"], false);
        assert_eq!(titles(&caller), Vec::<String>::new());
        assert_eq!(conversation(&caller, &conversation_id)["confirmation"], Value::Null);
        // A second yes finds nothing to do.
        let again = answer(&caller, &conversation_id, json!({"confirm": true})).expect(409);
        assert_eq!(again.json()["type"], "/problems/nothing-to-confirm");
    }
}

#[test]
fn the_model_sees_a_confirmed_call_with_its_result_and_no_yes() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    let message_sent =
        fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Gone."])]);
    answer(&caller, &message_sent.conversation(), json!({"message": "yes"})).expect(200);
    let sent = fixture.requests_for(&message_sent);
    let messages = sent[1]["messages"].as_array().unwrap();
    let roles: Vec<&str> = messages.iter().filter_map(|message| message["role"].as_str()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool"]);
    assert!(messages[3]["content"].as_str().unwrap().contains("Buy milk"));
}

#[test]
fn several_deletions_are_one_question() {
    let fixture = fixture();
    let caller = fixture.user();
    let ids = [add(&caller, "a"), add(&caller, "b")];
    let (conversation_id, asked) = ask(fixture, &caller, &[&ids[0], &ids[1]]);
    assert_eq!(asked["reply"], "Do you want to delete these 2 tasks: “a” and “b”?");
    assert_eq!(asked["confirmation"]["calls"].as_array().unwrap().len(), 2);
    answer(&caller, &conversation_id, json!({"message": "Yes, delete them."})).expect(200);
    assert_eq!(titles(&caller), Vec::<String>::new());
}

#[test]
fn a_deletion_of_many_asks_once_and_names_them() {
    let fixture = fixture();
    let caller = fixture.user();
    for (title, label) in [("a", "old"), ("b", "old"), ("c", "new")] {
        caller.post("/api/v1/tasks", &json!({"title": title, "labels": [label]})).expect(201);
    }
    let deletion =
        |dry_run| calls(&[("delete_tasks", json!({"filter": {"label": "old"}, "dry_run": dry_run}))]);
    let message_sent = fixture.send(&caller, [deletion(true), deletion(false), says(&["Gone."])]);
    let asked = message_sent.ok();
    // What the model only tried is done at once; what deletes waits.
    assert_eq!(asked["tool_calls"][0]["result"]["count"], 2, "{asked}");
    assert_eq!(asked["confirmation"]["tool"], "delete_tasks");
    let prompt = asked["confirmation"]["prompt"].as_str().unwrap();
    assert!(prompt.starts_with("Do you want to delete 2 tasks: “") && prompt.contains("“a”"), "{prompt}");
    assert_eq!(titles(&caller).len(), 3);
    answer(&caller, &message_sent.conversation(), json!({"message": "yes"})).expect(200);
    assert_eq!(titles(&caller), ["c"]);
}

#[test]
fn a_deletion_of_nothing_asks_nobody() {
    let fixture = fixture();
    let caller = fixture.user();
    add(&caller, "kept");
    for filter in [json!({"label": "none"}), json!({})] {
        let message_sent = fixture
            .send(&caller, [calls(&[("delete_tasks", json!({"filter": filter}))]), says(&["So be it."])]);
        let told = message_sent.ok();
        assert_eq!(told["reply"], "So be it.");
        assert!(told.get("confirmation").is_none());
    }
    assert_eq!(titles(&caller), ["kept"]);
}

#[test]
fn nobody_is_asked_about_a_task_that_is_gone() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    caller.delete(&format!("/api/v1/tasks/{id}")).expect(204);
    let (_, told) = ask(fixture, &caller, &[&id]);
    assert_eq!(told["reply"], "So be it.");
    assert_eq!(told["tool_calls"][0]["result"]["type"], "/problems/task-not-found");
    assert!(told.get("confirmation").is_none());
}

#[test]
fn no_keeps_the_task_and_the_model_is_told() {
    let fixture = fixture();
    for body in [json!({"message": "no, keep it"}), json!({"confirm": false, "message": "yes"})] {
        let caller = fixture.user();
        let id = add(&caller, "Buy milk");
        let message_sent =
            fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["I keep it."])]);
        let kept = answer(&caller, &message_sent.conversation(), body).expect(200).json();
        assert_eq!(kept["reply"], "I keep it.");
        let sent = fixture.requests_for(&message_sent);
        let told = sent[1]["messages"][3]["content"].as_str().unwrap();
        assert!(told.contains("declined"), "{told}");
        assert_eq!(titles(&caller), ["Buy milk"]);
    }
}

#[test]
fn another_message_drops_the_question() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    let (conversation_id, _) = ask(fixture, &caller, &[&id]);
    answer(&caller, &conversation_id, json!({"message": "yes, but rename it first"})).expect(200);
    assert_eq!(titles(&caller), ["Buy milk"]);
    answer(&caller, &conversation_id, json!({"confirm": true})).expect(409);
    assert_eq!(titles(&caller), ["Buy milk"]);
}

#[test]
fn a_question_grows_too_old() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    let (conversation_id, _) = ask(fixture, &caller, &[&id]);
    let past = format!(
        "UPDATE todo.pending_confirmations SET expires_at = now() - interval '1 second' WHERE conversation_id = '{conversation_id}'"
    );
    fixture.app.sql(&past).unwrap();
    assert_eq!(conversation(&caller, &conversation_id)["confirmation"], Value::Null);
    answer(&caller, &conversation_id, json!({"confirm": true})).expect(409);
    answer(&caller, &conversation_id, json!({"message": "yes"})).expect(200);
    assert_eq!(titles(&caller), ["Buy milk"]);
}

#[test]
fn nobody_else_can_say_yes() {
    let fixture = fixture();
    let (alice, bob) = (fixture.user(), fixture.user());
    let id = add(&alice, "Buy milk");
    let (conversation_id, _) = ask(fixture, &alice, &[&id]);
    let refused = answer(&bob, &conversation_id, json!({"confirm": true})).expect(404);
    assert_eq!(refused.json()["type"], "/problems/conversation-not-found");
    assert_eq!(titles(&alice), ["Buy milk"]);
    answer(&alice, &conversation_id, json!({"confirm": true})).expect(200);
    assert_eq!(titles(&alice), Vec::<String>::new());
}

#[test]
fn a_yes_that_the_model_could_not_follow_has_still_deleted_and_says_so() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "Buy milk");
    let broken = Reply::Status(500, vec![], String::new());
    let message_sent = fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), broken]);
    let done = answer(&caller, &message_sent.conversation(), json!({"confirm": true})).expect(200).json();
    assert_eq!(done["tool_calls"][0]["failed"], false);
    assert!(done["reply"].as_str().unwrap().contains("What was done so far stays"), "{done}");
}

#[test]
fn a_question_survives_a_restart() {
    let fixture = fixture();
    let secret = "a-secret-that-both-processes-share-0123456789";
    let start = |database| {
        let variables = [
            ("model", "openai"),
            ("openai_origin", fixture.model.origin.as_str()),
            ("openai_model", "m"),
            // Tokens are meant for one address; the second process has another port.
            ("public_url", "http://chat.example"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        harness::App::start(Options {
            database,
            variables,
            secret: Some(secret.into()),
            ..Options::default()
        })
        .unwrap()
    };
    let token = |app: &harness::App, id: &str| {
        app.sign(&json!({
            "sub": id, "iss": "http://chat.example", "aud": "http://chat.example", "iat": 0, "exp": 4_000_000_000_u64,
            "scope": harness::EVERY_SCOPE,
        }))
        .unwrap()
    };
    let before = start(Database::Shared);
    let alice = before.user();
    let caller = alice.with_token(&token(&before, &alice.id.to_string()));
    let id = add(&caller, "Buy milk");
    let (conversation_id, _) = ask(fixture, &caller, &[&id]);
    before.kill();
    thread::sleep(Duration::from_millis(100));

    let after = start(Database::At(before.database_url.clone()));
    let caller = after.nobody().with_token(&token(&after, &alice.id.to_string()));
    answer(&caller, &conversation_id, json!({"message": "yes"})).expect(200);
    assert_eq!(titles(&caller), Vec::<String>::new());
}
