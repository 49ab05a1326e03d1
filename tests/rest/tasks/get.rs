//! `GET /api/v1/tasks/{id}`

use harness::App;
use serde_json::json;

use crate::{kind, path_of_new};

#[test]
fn a_client_that_has_the_current_version_gets_304() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    let asked = |tag: &str| user.request("GET", &path).header("if-none-match", tag).send();
    let answer = asked("\"1\"").expect(304);
    assert_eq!((answer.body.as_str(), answer.header("etag")), ("", Some("\"1\"")));
    asked("W/\"1\"").expect(304);
    asked("\"0\", \"1\"").expect(304);
    asked("*").expect(304);
    asked("\"2\"").expect(200);
    user.patch(&path, &json!({ "title": "y" })).expect(200);
    asked("\"1\"").expect(200);
}

#[test]
fn another_users_task_is_not_found_like_one_that_never_was() {
    let path = path_of_new(&App::shared().user(), "secret");
    let other = App::shared().user();
    let foreign = other.get(&path).expect(404);
    assert_eq!(kind(&foreign), "task-not-found");
    let unknown = other.get("/api/v1/tasks/0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12").expect(404);
    assert_eq!(foreign.json()["detail"], unknown.json()["detail"]);
}
