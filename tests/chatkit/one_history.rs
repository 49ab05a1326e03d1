//! A thread is a conversation, whoever reads it.

use serde_json::{Value, json};

use crate::client::{Client, fixture, kinds, text};
use crate::scripted_model::{calls, says};

#[test]
fn a_thread_of_chatkit_is_a_conversation_of_rest_and_the_other_way_round() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    let read = client.caller.get(&format!("/api/v1/conversations/{thread}")).expect(200).json();
    assert_eq!(read["messages"][1]["text"], "Hm.");

    let id = client.add_task("milk");
    let word = fixture().model.script([calls(&[("delete_task", json!({"id": id}))])]);
    let asked = client.caller.post("/api/v1/chat", &json!({"message": word})).expect(200).json();
    let thread = text(&asked["conversation_id"]);
    let items = client.items(&thread);
    assert_eq!(kinds(&items), ["user_message", "assistant_message", "structured_input"]);
    assert_eq!(
        (&items[2]["status"], &items[2]["inputs"][0]["question"]),
        (&json!("pending"), &asked["reply"])
    );

    fixture().model.script([says(&["Gone."])]);
    client.caller.post("/api/v1/chat", &json!({"confirm": false, "conversation_id": thread}));
    let items = client.items(&thread);
    assert_eq!(items[2]["status"], "answered");
    assert_eq!(items[2]["inputs"][0]["answer"], json!({"values": ["Keep it"], "skipped": false}));
}

#[test]
fn threads_are_listed_renamed_and_erased_for_every_client() {
    let client = Client::new();
    let mut threads: Vec<String> = (0..5).map(|_| client.create([says(&["Hm."])]).thread()).collect();
    threads.reverse();
    let pages = |order: &str| {
        let mut seen = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = client.json("threads.list", json!({"limit": 2, "order": order, "after": after}));
            seen.extend(page["data"].as_array().unwrap().iter().map(|thread| text(&thread["id"])));
            after = page["after"].clone();
            if page["has_more"] == false {
                assert_eq!(page.get("after"), None);
                return seen;
            }
        }
    };
    assert_eq!(pages("desc"), threads);
    threads.reverse();
    assert_eq!(pages("asc"), threads);

    let updated = client.json("threads.update", json!({"thread_id": threads[0], "title": " Groceries "}));
    assert_eq!((&updated["title"], &updated["items"]["data"]), (&json!("Groceries"), &json!([])));
    let path = format!("/api/v1/conversations/{}", threads[0]);
    assert_eq!(client.caller.get(&path).expect(200).json()["title"], "Groceries");

    assert_eq!(client.json("threads.delete", json!({"thread_id": threads[0]})), json!({}));
    client.caller.get(&path).expect(404);
    let gone = client.request("threads.get_by_id", json!({"thread_id": threads[0]})).expect(404);
    assert_eq!(gone.json()["type"], "/problems/conversation-not-found");
}
