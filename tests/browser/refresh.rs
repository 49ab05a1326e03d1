//! Reading the list again moves nothing, and its numbers are true.

use serde_json::{Value, json};

use crate::browser::{DESKTOP, PHONE, run};
use crate::page::Page;

const COME_BACK: &str = "document.dispatchEvent(new Event('visibilitychange'))";

#[tokio::test]
async fn what_another_program_does_shows_by_itself() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.see_text("#tasks-empty", "Nothing to do").await;
    let program = person.program();
    let task = program.post("/api/v1/tasks", &json!({"title": "Pay the rent"})).expect(201).json();
    page.see_text("#task-groups", "Pay the rent").await;
    program
        .request("POST", &format!("/api/v1/tasks/{}/complete", task["id"].as_str().unwrap()))
        .send()
        .expect(200);
    page.see_text("#tasks-empty", "Nothing to do").await;
    program.post("/api/v1/actions/undo", &json!({})).expect(200);
    page.see_text("#task-groups", "Pay the rent").await;
    page.close().await;
}

#[tokio::test]
async fn a_refresh_keeps_the_place_and_every_row_that_was_loaded() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    let mut ids = Vec::new();
    for number in 0..120 {
        let task = json!({"title": format!("Task {number:03}"), "due": "2099-01-01"});
        let added = program.post("/api/v1/tasks", &task).expect(201).json();
        ids.push(added["id"].as_str().unwrap().to_owned());
    }
    page.client.refresh().await.unwrap();
    page.see_that("return document.querySelectorAll('.task').length === 50").await;
    page.click("#more-tasks").await;
    page.see_that("return document.querySelectorAll('.task').length === 100").await;
    let scroll = "const scroll = document.getElementById('tasks-scroll'); scroll.scrollTop = 1500; \
        window.row = document.querySelectorAll('.task')[60]; return scroll.scrollTop";
    assert_eq!(run(&page.client, scroll).await.unwrap(), json!(1500));

    let id = &ids[70];
    program.patch(&format!("/api/v1/tasks/{id}"), &json!({"title": "Renamed"})).expect(200);
    run(&page.client, COME_BACK).await.unwrap();
    page.see_that("return document.getElementById('task-groups').textContent.includes('Renamed')").await;
    let after = "return [document.getElementById('tasks-scroll').scrollTop, \
        document.querySelectorAll('.task').length, window.row === document.querySelectorAll('.task')[60]]";
    assert_eq!(run(&page.client, after).await.unwrap(), json!([1500, 100, true]));

    // What goes away leaves the others.
    program.delete(&format!("/api/v1/tasks/{}", ids[99])).expect(204);
    run(&page.client, COME_BACK).await.unwrap();
    page.see_that("return !document.getElementById('task-groups').textContent.includes('Task 099')").await;
    let kept = run(&page.client, "return window.row.isConnected").await.unwrap();
    assert_eq!(kept, Value::Bool(true));
    page.close().await;
}

#[tokio::test]
async fn headings_and_the_tab_count_what_there_is_and_not_what_is_loaded() {
    let (page, person) = Page::with_account(PHONE).await;
    let program = person.program();
    for number in 0..60 {
        let task = json!({"title": format!("Late {number}"), "due": "2020-01-01"});
        program.post("/api/v1/tasks", &task).expect(201);
    }
    for title in ["One day", "Some day"] {
        program.post("/api/v1/tasks", &json!({"title": title})).expect(201);
    }
    page.client.refresh().await.unwrap();
    page.see_text("#view-tasks", "Tasks (62)").await;
    page.click("#view-tasks").await;
    page.see_that("return document.querySelectorAll('.task').length === 50").await;
    page.see_text(".group-title.overdue", "60").await;
    page.see_text("#more-tasks", "12 left").await;
    // One that is ticked does not count, although it still stands there.
    page.click(".task input").await;
    page.see_text(".group-title.overdue", "59").await;
    page.see_text("#view-tasks", "Tasks (61)").await;

    page.click("#view-chat").await;
    page.click("#view-tasks").await;
    page.see_that("return document.querySelectorAll('.task.done').length === 0").await;
    page.click("#more-tasks").await;
    page.see_text(".group-title.someday", "2").await;
    page.see_text(".group-title.overdue", "59").await;
    page.close().await;
}
