//! `POST /api/v1/tasks/{id}/reopen`

use harness::App;

use crate::path_of_new;

#[test]
fn a_done_task_is_open_again_and_an_open_one_stays_as_it_is() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    let reopen = || user.request("POST", &format!("{path}/reopen")).send().expect(200).json();
    assert_eq!(reopen()["version"], 1);
    user.request("POST", &format!("{path}/complete")).send().expect(200);
    let task = reopen();
    assert!(task["completed_at"].is_null());
    assert_eq!(task["version"], 3);
}
