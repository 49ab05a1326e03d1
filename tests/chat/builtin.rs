//! The built-in model behind the same door.

use harness::App;
use serde_json::json;

use crate::stage::titles;

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
    assert_eq!(added["tool_calls"][0]["name"], "add_task", "{added}");
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
