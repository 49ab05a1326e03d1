//! Whatever a user does to the reminder of another one, through whichever endpoint: it is not found, and stays as it is.

use harness::App;
use serde_json::json;

const REMINDERS: &str = "/api/v1/reminders";

#[test]
fn the_reminder_of_another_user_is_not_found_and_stays_as_it_is() {
    let app = App::shared();
    let (alice, bob) = (app.user(), app.user());
    let task = alice.post("/api/v1/tasks", &json!({ "title": "secret" })).expect(201).json()["id"].clone();
    let input = json!({ "task_id": task, "at": "2099-01-01T10:00:00Z" });
    let hers = alice.post(REMINDERS, &input).expect(201).json();
    let id = &hers["id"];
    let before = alice.get(REMINDERS).expect(200).json();

    let answer = bob.delete(&format!("{REMINDERS}/{}", id.as_str().unwrap())).expect(404).json();
    assert_eq!(answer["type"], "/problems/reminder-not-found");
    assert_eq!(bob.post(REMINDERS, &input).expect(404).json()["type"], "/problems/task-not-found");
    let result = bob.call_tool("cancel_reminder", &json!({ "id": id }));
    assert!(result["isError"] == true && result.to_string().contains("reminder-not-found"), "{result}");
    let result = bob.call_tool("add_reminder", &input);
    assert!(result["isError"] == true && result.to_string().contains("task-not-found"), "{result}");
    for path in [REMINDERS.to_owned(), format!("{REMINDERS}?task_id={}", task.as_str().unwrap())] {
        assert_eq!(bob.get(&path).expect(200).json()["items"], json!([]));
    }
    assert_eq!(alice.get(REMINDERS).expect(200).json(), before);
}
