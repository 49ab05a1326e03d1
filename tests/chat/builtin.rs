//! The built-in model behind the same endpoint.

use harness::App;
use serde_json::json;

use crate::chat_fixture::titles;

#[test]
fn everyday_words_become_tasks_without_network_or_key() {
    let caller = App::shared().user();
    let said = |conversation: Option<&str>, message: &str| {
        let mut body = json!({"message": message});
        if let Some(id) = conversation {
            body["conversation_id"] = json!(id);
        }
        caller.post("/api/v1/chat", &body).expect(200).json()
    };
    let added = said(None, "add buy milk tomorrow 6pm");
    let conversation = added["conversation_id"].as_str().unwrap();
    // It looks first whether the list has the like.
    let called: Vec<_> = added["tool_calls"].as_array().unwrap().iter().map(|call| &call["name"]).collect();
    assert_eq!(called, ["search_tasks", "add_task"], "{added}");
    assert_eq!(titles(&caller).len(), 1);

    let asked = said(Some(conversation), "delete the milk");
    assert_eq!(asked["confirmation"]["tool"], "delete_task", "{asked}");
    assert_eq!(titles(&caller).len(), 1);
    let kept = said(Some(conversation), "no");
    assert!(kept["reply"].as_str().is_some_and(|reply| !reply.is_empty()), "{kept}");
    assert_eq!(titles(&caller).len(), 1);

    said(Some(conversation), "delete the milk");
    let deleted = said(Some(conversation), "yes");
    assert_eq!(deleted["tool_calls"][0]["failed"], false, "{deleted}");
    assert!(titles(&caller).is_empty(), "{deleted}");
}

#[test]
fn many_are_deleted_by_one_yes_and_brought_back_by_one_undo() {
    let caller = App::shared().user();
    for number in 0..61 {
        caller.post("/api/v1/tasks", &json!({"title": format!("Item {number:02}")})).expect(201);
    }
    let all = titles(&caller);
    let mut conversation = None;
    let mut say = |message: &str| {
        let mut body = json!({"message": message});
        if let Some(id) = &conversation {
            body["conversation_id"] = json!(id);
        }
        let answer = caller.post("/api/v1/chat", &body).expect(200).json();
        conversation = answer["conversation_id"].as_str().map(str::to_owned);
        answer
    };
    let asked = say("delete all tasks");
    assert_eq!(
        (&asked["confirmation"]["action"], &asked["confirmation"]["count"]),
        (&json!("delete_tasks"), &json!(61))
    );
    assert_eq!(say("no")["reply"], "OK, I left everything as it is.");
    assert_eq!(titles(&caller), all);

    say("delete all tasks");
    let deleted = say("yes");
    assert_eq!(deleted["tool_calls"].as_array().map(Vec::len), Some(1), "{deleted}");
    assert!(
        deleted["reply"].as_str().is_some_and(|reply| reply.starts_with("Deleted 61 tasks.")),
        "{deleted}"
    );
    assert!(titles(&caller).is_empty());
    let undone = say("undo");
    assert_eq!(undone["reply"], "61 tasks are back.", "{undone}");
    assert_eq!(titles(&caller), all);

    let asked = say("complete all tasks");
    assert_eq!(
        (&asked["confirmation"]["action"], &asked["confirmation"]["count"]),
        (&json!("complete_tasks"), &json!(61))
    );
    say("yes");
    let undone = say("undo");
    assert_eq!(undone["reply"], "61 tasks are open again.", "{undone}");
}
