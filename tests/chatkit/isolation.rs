//! Nobody sees or changes another's threads, whatever they ask for.

use serde_json::json;

use crate::client::{Client, input, kinds};
use crate::scripted_model::{calls, says};

#[test]
fn a_strangers_thread_does_not_exist_for_any_request() {
    let (alice, bob) = (Client::new(), Client::new());
    let task = alice.add_task("milk");
    let stream = alice.create([calls(&[("list_tasks", json!({}))]), says(&["One."])]);
    let thread = stream.thread();
    let (said, widget) =
        (stream.done("user_message")[0]["id"].clone(), stream.done("widget")[0]["id"].clone());
    let action = json!({"type": "task.complete", "payload": {"id": task}});
    for (kind, params) in [
        ("threads.get_by_id", json!({"thread_id": thread})),
        ("threads.update", json!({"thread_id": thread, "title": "mine"})),
        ("threads.delete", json!({"thread_id": thread})),
        ("threads.list", json!({"after": thread})),
        ("threads.add_user_message", json!({"thread_id": thread, "input": input("hi")})),
        ("threads.retry_after_item", json!({"thread_id": thread, "item_id": said})),
        ("threads.add_structured_input", json!({"thread_id": thread, "item_id": widget, "input": {}})),
        ("threads.add_client_tool_output", json!({"thread_id": thread, "result": 1})),
        ("threads.custom_action", json!({"thread_id": thread, "item_id": widget, "action": action})),
        ("threads.sync_custom_action", json!({"thread_id": thread, "item_id": widget, "action": action})),
        ("items.list", json!({"thread_id": thread})),
        ("items.feedback", json!({"thread_id": thread, "item_ids": [said], "kind": "positive"})),
    ] {
        let refused = bob.request(kind, params).expect(404);
        assert_eq!(refused.json()["type"], "/problems/conversation-not-found", "{kind}");
    }
    let own = bob.create([says(&["Hm."])]).thread();
    for (kind, params) in [
        ("items.list", json!({"thread_id": own, "after": said})),
        ("items.feedback", json!({"thread_id": own, "item_ids": [said], "kind": "positive"})),
        ("threads.custom_action", json!({"thread_id": own, "item_id": widget, "action": action})),
        ("threads.retry_after_item", json!({"thread_id": own, "item_id": said})),
    ] {
        assert_eq!(
            bob.request(kind, params).expect(404).json()["type"],
            "/problems/item-not-found",
            "{kind}"
        );
    }
    let foreign = json!({"thread_id": own, "action": action});
    assert_eq!(
        bob.request("threads.custom_action", foreign).expect(404).json()["type"],
        "/problems/task-not-found"
    );
    assert_eq!(kinds(&alice.items(&thread)), ["user_message", "assistant_message", "widget"]);
    assert!(alice.task(&task)["completed_at"].is_null());
}
