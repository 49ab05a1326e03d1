//! What another user did is not listed, taken back or done again, through whichever endpoint.

use harness::App;
use serde_json::json;

const ACTIONS: &str = "/api/v1/actions";

#[test]
fn what_another_user_did_is_not_found_and_stays_done() {
    let app = App::shared();
    let (alice, bob) = (app.user(), app.user());
    alice.post("/api/v1/tasks", &json!({ "title": "secret" })).expect(201);
    alice.post("/api/v1/tasks", &json!({ "title": "undone" })).expect(201);
    let undone = alice.post(&format!("{ACTIONS}/undo"), &json!({})).expect(200).json();
    let before = alice.get(ACTIONS).expect(200).json();
    let done = &before["items"][1];
    for (way, action) in [("undo", done), ("redo", &undone)] {
        let named = json!({ "id": action["id"] });
        let answer = bob.post(&format!("{ACTIONS}/{way}"), &named).expect(404).json();
        assert_eq!(answer["type"], "/problems/action-not-found");
        let result = bob.call_tool(&format!("{way}_action"), &named);
        assert!(result["isError"] == true && result.to_string().contains("action-not-found"), "{result}");
        bob.post(&format!("{ACTIONS}/{way}"), &json!({})).expect(404);
    }
    assert_eq!(bob.get(ACTIONS).expect(200).json()["items"], json!([]));
    assert_eq!(alice.get(ACTIONS).expect(200).json(), before);
}
