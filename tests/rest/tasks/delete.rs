//! `DELETE /api/v1/tasks/{id}`

use harness::App;
use serde_json::json;

use crate::{TASKS, path_of_new, titles};

#[test]
fn a_deleted_task_is_gone_everywhere() {
    let user = App::shared().user();
    let path = path_of_new(&user, "gone");
    let answer = user.delete(&path).expect(204);
    assert_eq!(answer.body, "");
    user.get(&path).expect(404);
    user.delete(&path).expect(404);
    user.patch(&path, &json!({ "title": "back" })).expect(404);
    for list in [format!("{TASKS}?status=all"), format!("{TASKS}/search?q=gone&status=all")] {
        assert!(titles(&user.get(&list).expect(200).json()).is_empty(), "{list}");
    }
}

#[test]
fn a_version_that_is_not_current_is_kept() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    user.patch(&path, &json!({ "title": "y" })).expect(200);
    user.request("DELETE", &path).header("if-match", "\"1\"").send().expect(412);
    user.get(&path).expect(200);
    user.request("DELETE", &path).header("if-match", "\"2\"").send().expect(204);
}
