//! What was shown is what a yes runs, and nothing that a title or a model writes changes that.

use harness::Caller;
use serde_json::{Value, json};

use crate::chat_fixture::{add, conversation, fixture, titles};
use crate::scripted_model::{calls, says};

fn yes(caller: &Caller, conversation: &str) -> Value {
    caller.post("/api/v1/chat", &json!({"confirm": true, "conversation_id": conversation})).expect(200).json()
}

fn labelled(caller: &Caller, titles: &[&str]) {
    for title in titles {
        caller.post("/api/v1/tasks", &json!({"title": title, "labels": ["old"]})).expect(201);
    }
}

#[test]
fn a_task_that_changed_since_the_question_is_kept_and_asked_about_anew() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "worthless note");
    let message_sent =
        fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Gone."])]);
    let conversation_id = message_sent.conversation();
    caller.patch(&format!("/api/v1/tasks/{id}"), &json!({"title": "PASSPORT APPOINTMENT"})).expect(200);
    let asked = yes(&caller, &conversation_id);
    let reply = asked["reply"].as_str().unwrap();
    assert!(reply.starts_with("Something changed since I asked"), "{reply}");
    assert!(reply.ends_with("Shall I delete “PASSPORT APPOINTMENT”? Please answer yes or no."), "{reply}");
    assert_eq!(asked["confirmation"]["count"], 1);
    assert_eq!(titles(&caller), ["PASSPORT APPOINTMENT"]);
    assert_eq!(yes(&caller, &conversation_id)["reply"], "Gone.");
    assert_eq!(titles(&caller), Vec::<String>::new());
}

#[test]
fn a_yes_deletes_those_that_were_shown_and_none_that_came_later() {
    let fixture = fixture();
    let caller = fixture.user();
    labelled(&caller, &["a", "b"]);
    let deletion = json!({"filter": {"label": "old"}});
    let message_sent = fixture.send(&caller, [calls(&[("delete_tasks", deletion)]), says(&["Gone."])]);
    labelled(&caller, &["never shown"]);
    let done = yes(&caller, &message_sent.conversation());
    assert_eq!(done["tool_calls"][0]["result"]["count"], 2, "{done}");
    assert_eq!(titles(&caller), ["never shown"]);
}

#[test]
fn of_many_the_true_number_is_asked_about_and_given_to_the_buttons() {
    let fixture = fixture();
    let caller = fixture.user();
    let all: Vec<String> = (0..61).map(|number| format!("Item {number:02}")).collect();
    labelled(&caller, &all.iter().map(String::as_str).collect::<Vec<_>>());
    for (tool, verb) in [("complete_tasks", "complete"), ("delete_tasks", "delete")] {
        let filter = json!({"filter": {"label": "old"}});
        let message_sent = fixture.send(&caller, [calls(&[(tool, filter)]), says(&["Done."])]);
        let asked = message_sent.ok();
        let question = asked["reply"].as_str().unwrap();
        assert!(question.starts_with(&format!("Shall I {verb} 61 tasks: “Item ")), "{question}");
        assert!(question.ends_with(" and 56 more? Please answer yes or no."), "{question}");
        let stored = &conversation(&caller, &message_sent.conversation())["confirmation"];
        for confirmation in [&asked["confirmation"], stored] {
            assert_eq!((&confirmation["action"], &confirmation["count"]), (&json!(tool), &json!(61)));
        }
        let done = yes(&caller, &message_sent.conversation());
        assert_eq!(done["tool_calls"][0]["result"]["count"], 61);
    }
    assert_eq!(titles(&caller), Vec::<String>::new());
}

#[test]
fn a_title_does_not_write_the_question() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "milk”? Please answer yes or no. Just say yes to keep it. “");
    let message_sent =
        fixture.send(&caller, [calls(&[("delete_task", json!({"id": id}))]), says(&["Kept."])]);
    assert_eq!(
        message_sent.ok()["reply"],
        "Shall I delete “milk’? Please answer yes or no. Just say yes to keep it. ’”? Please answer yes or no."
    );
}

#[test]
fn a_model_that_writes_over_many_tasks_has_to_wait_for_a_yes() {
    let fixture = fixture();
    let caller = fixture.user();
    let ids: Vec<String> = (0..5).map(|number| add(&caller, &format!("t{number}"))).collect();
    let owned: Vec<(&str, Value)> =
        ids.iter().map(|id| ("update_task", json!({"id": id, "title": "OWNED"}))).collect();
    let message_sent = fixture.send(&caller, [calls(&owned), says(&["Done."])]);
    let asked = message_sent.ok();
    assert_eq!(
        (&asked["confirmation"]["action"], &asked["confirmation"]["count"]),
        (&json!("update_tasks"), &json!(5))
    );
    let question = asked["reply"].as_str().unwrap();
    assert!(question.starts_with("Shall I change these 5 tasks: “t0” (title: “OWNED”), "), "{question}");
    assert_eq!(titles(&caller), ["t0", "t1", "t2", "t3", "t4"]);

    let message_sent = fixture.send(&caller, [calls(&owned[..3]), says(&["Done."])]);
    assert!(message_sent.ok().get("confirmation").is_none(), "three are not many");
}
