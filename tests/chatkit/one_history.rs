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

#[test]
fn threads_are_found_by_words_of_their_titles_and_messages() {
    let client = Client::new();
    let ask = |metadata: Value, params: Value| {
        let body = json!({"type": "threads.list", "params": params, "metadata": metadata});
        client.caller.post("/chatkit", &body)
    };
    let oven = client.create([says(&["The OVEN needs 100 % of its heat."])]).thread();
    let bread = client.create([says(&["Bread comes out of the oven."])]).thread();
    client.create([says(&["Hm."])]);
    client.json("threads.update", json!({"thread_id": bread, "title": "Sunday baking"}));
    let found = |text: &str| -> Vec<String> {
        let page = ask(json!({"text": text}), json!({})).expect(200).json();
        page["data"].as_array().expect("threads").iter().map(|thread| self::text(&thread["id"])).collect()
    };
    assert_eq!(found("oven"), [bread.clone(), oven.clone()]);
    assert_eq!(
        found(" SUNDAY oven "),
        std::slice::from_ref(&bread),
        "a word of the title and one of a message"
    );
    assert_eq!(found("100 %"), std::slice::from_ref(&oven));
    assert_eq!(found("o_en"), Vec::<String>::new());
    // A page at a time, as without words.
    let first = ask(json!({"text": "oven"}), json!({"limit": 1})).expect(200).json();
    assert_eq!((&first["has_more"], &first["data"][0]["id"]), (&json!(true), &json!(bread)));
    let rest = ask(json!({"text": "oven"}), json!({"limit": 1, "after": first["after"]})).expect(200).json();
    assert_eq!((&rest["has_more"], &rest["data"][0]["id"]), (&json!(false), &json!(oven)));
    // What others said is found by nobody else.
    let stranger = Client::new();
    let body = json!({"type": "threads.list", "params": {}, "metadata": {"text": "oven"}});
    assert_eq!(stranger.caller.post("/chatkit", &body).expect(200).json()["data"], json!([]));
    for text in [json!(""), json!(7), json!("a\u{0}b"), json!("a ".repeat(11)), json!("a".repeat(201))] {
        let refused = ask(json!({"text": text}), json!({})).expect(400).json();
        assert_eq!(refused["type"], "/problems/invalid-request", "{text}");
        assert_eq!(refused["errors"][0]["pointer"], "/metadata/text", "{text}");
    }
    let all = ask(json!({"text": null, "trace": 7}), json!({})).expect(200).json();
    assert_eq!(all["data"].as_array().map(Vec::len), Some(3));
}
