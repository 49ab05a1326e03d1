//! Subtasks in the list beside the chat.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, PHONE, screenshot};
use crate::page::{Page, Person};

/// Opens the page with a task and its subtask.
async fn with_trip(screen: crate::browser::Screen) -> (Page, Person) {
    let (page, person) = Page::with_account(screen).await;
    let program = person.program();
    let trip =
        program.post("/api/v1/tasks", &json!({"title": "Trip", "due": "2099-01-01"})).expect(201).json();
    program.post("/api/v1/tasks", &json!({"title": "Pack", "parent_id": trip["id"]})).expect(201);
    page.client.refresh().await.unwrap();
    page.see("#app:not([hidden])").await;
    (page, person)
}

#[tokio::test]
async fn a_subtask_stands_below_its_parent_which_says_how_far_it_is() {
    let (page, _) = with_trip(PHONE).await;
    page.click("#view-tasks").await;
    page.see_text(".task[data-level='1']", "Trip").await;
    page.see_text(".task[data-level='1'] + .task[data-level='2']", "Pack").await;
    page.see_text(".task[data-level='1'] .progress", "0 of 1 done").await;
    screenshot(&page.client, "phone-subtasks").await;
    page.click(".task[data-level='2'] > input").await;
    page.see_text(".task[data-level='1'] .progress", "1 of 1 done").await;
    page.close().await;
}

#[tokio::test]
async fn subtasks_are_added_in_a_row_with_the_keyboard() {
    let (page, person) = with_trip(DESKTOP).await;
    let add = page.see(".task[data-level='1'] .add-subtask").await;
    assert_eq!(add.attr("aria-label").await.unwrap().as_deref(), Some("Add a subtask to Trip"));
    add.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_that("return document.activeElement.id === 'subtask-title'").await;
    for title in ["Book", "Insure"] {
        let field = page.see("#subtask-title").await;
        field.send_keys(title).await.unwrap();
        field.send_keys(&Key::Enter.to_string()).await.unwrap();
        page.see_text("#task-groups", title).await;
        page.see_that("return document.getElementById('subtask-title').value === ''").await;
    }
    page.see_text(".task[data-level='1'] .progress", "0 of 3 done").await;
    page.see("#subtask-title").await.send_keys(&Key::Escape.to_string()).await.unwrap();
    page.see_that("return document.getElementById('subtask-title') === null").await;
    page.see_that("return document.activeElement.classList.contains('add-subtask')").await;
    let below = person.program().get("/api/v1/tasks?query=subtask").json();
    assert_eq!(below["items"].as_array().unwrap().len(), 3);
    page.close().await;
}

#[tokio::test]
async fn a_parent_is_ticked_off_with_its_subtasks_and_taken_back_with_them() {
    let (page, person) = with_trip(DESKTOP).await;
    page.click(".task[data-level='1'] > input").await;
    page.see_text("#announcer", "its subtask").await;
    page.see_that("return document.querySelectorAll('.task.done').length === 2").await;
    page.click(".task[data-level='1'] > input").await;
    page.see_that("return document.querySelectorAll('.task:not(.done)').length === 2").await;
    let open = person.program().get("/api/v1/tasks?status=open").json();
    assert_eq!(open["items"].as_array().unwrap().len(), 2);
    page.close().await;
}
