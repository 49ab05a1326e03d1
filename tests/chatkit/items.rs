//! Pages of items, and what people think of them.

use serde_json::{Value, json};

use crate::client::{Client, fixture, kinds, text};
use crate::scripted_model::{calls, says};

#[test]
fn items_come_a_page_at_a_time_in_both_directions() {
    let client = Client::new();
    client.add_task("a");
    let thread = client.create([calls(&[("list_tasks", json!({}))]), says(&["One."])]).thread();
    client.say(&thread, [says(&["Hm."])]);
    let whole = client.items(&thread);
    assert_eq!(whole.len(), 5);
    for order in ["asc", "desc"] {
        let mut seen: Vec<Value> = Vec::new();
        let mut after = Value::Null;
        loop {
            let params = json!({"thread_id": thread, "limit": 2, "order": order, "after": after});
            let page = client.json("items.list", params);
            seen.extend(page["data"].as_array().unwrap().clone());
            after = page["after"].clone();
            if page["has_more"] == false {
                break;
            }
        }
        if order == "desc" {
            seen.reverse();
        }
        assert_eq!(seen, whole, "{order}");
    }
    let latest = client.json("items.list", json!({"thread_id": thread}));
    assert_eq!(latest["data"][0], whole[4], "the latest come first where nothing is said");
}

#[test]
fn feedback_is_kept_and_the_last_word_counts() {
    let client = Client::new();
    client.add_task("a");
    let thread = client.create([calls(&[("list_tasks", json!({}))]), says(&["One."])]).thread();
    let ids: Vec<String> = client.items(&thread).iter().map(|item| text(&item["id"])).collect();
    for kind in ["positive", "negative"] {
        let params = json!({"thread_id": thread, "item_ids": [ids[1], ids[2], ids[1]], "kind": kind});
        assert_eq!(client.json("items.feedback", params), json!({}));
    }
    let kept = || {
        let sql = format!(
            "SELECT kind, count(*) FROM todo.item_feedback WHERE conversation_id = '{thread}' GROUP BY 1"
        );
        fixture().app.sql(&sql).unwrap().trim().to_owned()
    };
    assert_eq!(kept(), "negative|2");
    let strange = json!({"thread_id": thread, "item_ids": [ids[0], thread], "kind": "positive"});
    client.request("items.feedback", strange).expect(404);
    assert_eq!(kept(), "negative|2", "all of it or none");
    client.json("threads.delete", json!({"thread_id": thread}));
    assert_eq!(kept(), "");
}

#[test]
fn items_of_every_kind_are_rows_and_hidden_ones_stay_hidden() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    let answer = text(&client.items(&thread)[1]["id"]);
    let rows = [
        (
            "client_tool_call",
            json!({"call_id": "c", "name": "n", "arguments": {}, "status": "completed", "output": {"a": 1}}),
        ),
        ("generated_image", json!({"image": {"id": "i", "url": "https://todo.example/i.png"}})),
        (
            "workflow",
            json!({"workflow": {"type": "custom", "tasks": [{"type": "thought", "content": "Hm"}], "expanded": false}}),
        ),
        ("task", json!({"task": {"type": "custom", "title": "Looking", "status_indicator": "complete"}})),
        ("hidden_context_item", json!({"content": "secret"})),
        ("sdk_hidden_context", json!({"content": "secret"})),
        ("end_of_turn", json!({})),
    ];
    for (place, (kind, content)) in rows.iter().enumerate() {
        let sql = format!(
            "INSERT INTO todo.thread_items (id, conversation_id, user_id, message_id, sequence, place, kind, content)
             SELECT gen_random_uuid(), conversation_id, user_id, id, sequence, {}, '{kind}', '{content}'
             FROM todo.messages WHERE id = '{answer}'",
            place + 1
        );
        fixture().app.sql(&sql).unwrap();
    }
    let items = client.items(&thread);
    assert_eq!(
        kinds(&items),
        [
            "user_message",
            "assistant_message",
            "client_tool_call",
            "generated_image",
            "workflow",
            "task",
            "end_of_turn"
        ]
    );
    assert_eq!(items[2]["output"], json!({"a": 1}));
    assert!(!json!(items).to_string().contains("secret"));
}
