//! Bob can't read, continue, rename, export or delete Alice's conversations, nor confirm what she was asked.

use harness::{App, Caller};
use serde_json::json;

fn conversation(caller: &Caller, message: &str) -> String {
    let answer = caller.post("/api/v1/chat", &json!({ "message": message })).expect(200).json();
    answer["conversation_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_strangers_conversation_does_not_exist() {
    let app = App::shared();
    let (alice, bob) = (app.user(), app.user());
    let id = conversation(&alice, "add plan the surprise party");
    let path = format!("/api/v1/conversations/{id}");
    bob.get(&path).expect(404);
    bob.get(&format!("{path}/export")).expect(404);
    bob.patch(&path, &json!({ "title": "Mine" })).expect(404);
    bob.delete(&path).expect(404);
    bob.post("/api/v1/chat", &json!({ "message": "what did I say?", "conversation_id": id })).expect(404);
    let listed = bob.get("/api/v1/conversations").expect(200);
    assert!(!listed.body.contains(&id), "{}", listed.body);
    let own = alice.get(&path).expect(200).json();
    assert!(own.to_string().contains("surprise party"));
}

#[test]
fn a_strangers_yes_confirms_nothing() {
    let app = App::shared();
    let (alice, bob) = (app.user(), app.user());
    let id = conversation(&alice, "add buy milk");
    let asked = alice
        .post("/api/v1/chat", &json!({ "message": "delete milk", "conversation_id": id }))
        .expect(200)
        .json();
    assert_eq!(asked["confirmation"]["tool"], "delete_task", "{asked}");
    bob.post("/api/v1/chat", &json!({ "message": "yes", "confirm": true, "conversation_id": id }))
        .expect(404);
    let page = alice.get("/api/v1/tasks").expect(200).json();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}
