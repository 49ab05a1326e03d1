//! Lists on the page: one is added, shown alone, and a task moves by its dialog.

use serde_json::json;

use crate::browser::{DESKTOP, screenshot};
use crate::page::Page;

#[tokio::test]
async fn a_list_is_added_takes_new_tasks_and_is_shown_alone() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    program.post("/api/v1/tasks", &json!({"title": "Loose"})).expect(201);
    page.click("#list-new").await;
    page.see_that("return document.activeElement.id === 'list-name'").await;
    page.fill("#list-name", "Groceries").await;
    page.click("#list-form button").await;
    page.see_that(
        "return document.getElementById('list-shown').selectedOptions[0].textContent === 'Groceries'",
    )
    .await;
    page.see("#list-form[hidden]").await;
    page.fill("#quick-title", "Milk").await;
    page.click("#quick-add button").await;
    page.see_text("#task-groups", "Milk").await;
    page.see_that("return !document.getElementById('task-groups').textContent.includes('Loose')").await;
    page.see_text("#list-shown", "Groceries (1)").await;
    page.see("#list-shown").await.select_by_value("inbox").await.unwrap();
    page.see_text("#task-groups", "Loose").await;
    page.see_that("return !document.getElementById('task-groups').textContent.includes('Milk')").await;
    page.see("#list-shown").await.select_by_value("").await.unwrap();
    page.see_text(".in-list", "Groceries").await;
    screenshot(&page.client, "desktop-lists").await;
    let lists = program.get("/api/v1/lists").expect(200).json();
    assert_eq!((&lists["items"][0]["open_count"], &lists["inbox_open_count"]), (&json!(1), &json!(1)));
    page.close().await;
}

#[tokio::test]
async fn a_task_moves_to_another_list_and_back_to_the_inbox_by_its_dialog() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    let list = program.post("/api/v1/lists", &json!({"name": "Work"})).expect(201).json();
    let id = program.post("/api/v1/tasks", &json!({"title": "Report"})).expect(201).json()["id"].clone();
    let path = format!("/api/v1/tasks/{}", id.as_str().unwrap());
    page.client.refresh().await.unwrap();
    page.click(".task .title").await;
    page.see("#detail-list").await.select_by_value(list["id"].as_str().unwrap()).await.unwrap();
    page.click("#detail-save").await;
    page.see_text(".in-list", "Work").await;
    assert_eq!(program.get(&path).expect(200).json()["list_id"], list["id"]);
    page.click(".task .title").await;
    page.see("#detail-list").await.select_by_value("").await.unwrap();
    page.click("#detail-save").await;
    page.see_that("return document.querySelector('.in-list') === null").await;
    assert!(program.get(&path).expect(200).json()["list_id"].is_null());
    page.close().await;
}
