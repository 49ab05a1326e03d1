//! “Undo” in chat takes back what was done last, also elsewhere, and “redo” does it again.

use harness::{App, Caller};
use serde_json::{Value, json};

use crate::chat_fixture::titles;

/// A conversation of this user.
fn chat(caller: &Caller) -> impl Fn(&str) -> Value {
    let conversation =
        caller.post("/api/v1/chat", &json!({"message": "hello"})).expect(200).json()["conversation_id"]
            .clone();
    move |message| {
        let body = json!({"message": message, "conversation_id": conversation});
        caller.post("/api/v1/chat", &body).expect(200).json()
    }
}

#[test]
fn what_the_page_did_since_is_taken_back_first_and_then_what_was_said() {
    let caller = App::shared().user();
    let say = chat(&caller);
    say("add buy milk");
    let rent = caller.post("/api/v1/tasks", &json!({"title": "Pay the rent"})).expect(201).json();
    let path = format!("/api/v1/tasks/{}", rent["id"].as_str().unwrap());
    caller.request("POST", &format!("{path}/complete")).send().expect(200);
    assert_eq!(say("undo")["reply"], "“Pay the rent” is open again.");
    assert!(caller.get(&path).json()["completed_at"].is_null());
    assert_eq!(say("redo")["reply"], "Completed “Pay the rent” again.");
    assert_eq!(say("undo")["reply"], "“Pay the rent” is open again.");
    assert_eq!(say("undo")["reply"], "Deleted “Buy milk”, just added.");
    // What was added elsewhere is not deleted by a word that does not name it.
    let reply = say("undo");
    assert!(reply["reply"].as_str().is_some_and(|reply| reply.contains("not in this chat")), "{reply}");
    assert_eq!(titles(&caller), ["Pay the rent"]);
    caller.request("DELETE", &path).send().expect(204);
    assert_eq!(say("undo")["reply"], "“Pay the rent” is back.");
}

#[test]
fn all_that_one_message_did_is_one_undo() {
    let caller = App::shared().user();
    let say = chat(&caller);
    say("add milk, bread and cheese");
    assert_eq!(titles(&caller).len(), 3);
    say("undo");
    assert_eq!(titles(&caller), Vec::<String>::new());
}

#[test]
fn what_was_done_today_is_told() {
    let caller = App::shared().user();
    let say = chat(&caller);
    say("add buy milk");
    let told = say("what did I do today?");
    assert_eq!(told["tool_calls"][0]["name"], "list_actions", "{told}");
    assert!(told["reply"].as_str().is_some_and(|reply| reply.contains("Added “Buy milk”, today")), "{told}");
}
