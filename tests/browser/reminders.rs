//! A person is reminded on the page, and says there of what and how often.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::browser::{DESKTOP, screenshot};
use crate::page::{Page, Person};

/// Opens the page with one task that is due at an instant.
async fn with_task_due_at(due: &str) -> (Page, Person, String) {
    let (page, person) = Page::with_account(DESKTOP).await;
    let task = json!({ "title": "Call Ann", "due": due });
    let added = person.program().post("/api/v1/tasks", &task).expect(201).json();
    page.client.refresh().await.unwrap();
    page.see("#app:not([hidden])").await;
    (page, person, added["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_task_is_given_reminders_that_move_with_it_and_loses_them() {
    let (page, person, id) = with_task_due_at("2099-01-01T18:00:00Z").await;
    page.click(".task .title").await;
    page.see("#reminder-when").await.select_by_value("60").await.unwrap();
    page.click("#reminder-add").await;
    page.see_text("#reminder-list", "1 hour before").await;
    screenshot(&page.client, "reminders-of-a-task").await;
    let path = format!("/api/v1/reminders?task_id={id}");
    let reminders = person.program().get(&path).json();
    assert_eq!(reminders["items"][0]["at"], json!("2099-01-01T17:00:00Z"));
    page.click("#reminder-list button").await;
    page.see_no("#reminder-list", "1 hour before").await;
    assert_eq!(person.program().get(&path).json()["items"], json!([]));
    // An instant of its own is asked for before anything is sent.
    page.see("#reminder-when").await.select_by_value("at").await.unwrap();
    page.click("#reminder-add").await;
    page.see_text("#reminder-problem", "Which day").await;
    page.close().await;
}

#[tokio::test]
async fn what_is_due_shows_while_the_page_is_open_and_is_put_off_or_done() {
    let (page, person, id) = with_task_due_at("2099-01-01T18:00:00Z").await;
    let soon = (Timestamp::now() + SignedDuration::from_secs(3)).to_string();
    person.program().post("/api/v1/reminders", &json!({ "task_id": id, "at": soon })).expect(201);
    page.client.refresh().await.unwrap();
    page.see_text("#reminders-due", "Call Ann").await;
    screenshot(&page.client, "reminder-due").await;
    page.see_that("return document.querySelector('#announcer').textContent.includes('Reminder: Call Ann')")
        .await;
    page.click("#reminders-due button:nth-of-type(2)").await;
    page.see("#reminders[hidden]").await;
    let waiting = person.program().get(&format!("/api/v1/reminders?task_id={id}&state=waiting")).json();
    assert!(!waiting["items"].as_array().unwrap().is_empty(), "{waiting}");
    // What was seen is not shown again.
    page.client.refresh().await.unwrap();
    page.see_text("#task-groups", "Call Ann").await;
    page.see("#reminders[hidden]").await;
    page.close().await;
}

#[tokio::test]
async fn a_task_is_made_to_repeat_and_no_longer() {
    let (page, person, id) = with_task_due_at("2099-01-01T18:00:00Z").await;
    page.click(".task .title").await;
    page.see("#detail-repeat").await.select_by_value("FREQ=DAILY").await.unwrap();
    page.click("#detail-save").await;
    page.see("#task-detail:not([open])").await;
    page.see_text("#task-groups", "every day").await;
    page.click(".task .title").await;
    page.see_that("return document.querySelector('#detail-repeat').value === 'FREQ=DAILY'").await;
    page.see("#detail-repeat").await.select_by_value("").await.unwrap();
    page.click("#detail-save").await;
    page.see("#task-detail:not([open])").await;
    let task = person.program().get(&format!("/api/v1/tasks/{id}")).json();
    assert_eq!(task.get("recurrence").filter(|recurrence| !recurrence.is_null()), None);
    page.close().await;
}

#[tokio::test]
async fn a_task_is_deleted_where_it_is_open_and_comes_back_by_undo() {
    let (page, _, _) = with_task_due_at("2099-01-01T18:00:00Z").await;
    page.click(".task .title").await;
    page.click("#detail-delete").await;
    page.see("#task-detail:not([open])").await;
    page.see_text("#tasks-empty", "Nothing to do").await;
    page.see_text("#undo", "Deleted Call Ann").await;
    page.click("#undo-turn").await;
    page.see_text("#task-groups", "Call Ann").await;
    page.close().await;
}
