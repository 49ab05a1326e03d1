//! Widgets of the conversation: what is ticked, filled in and pressed there is done, and the list beside it follows.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, screenshot};
use crate::page::Page;
use crate::scripted_model::{calls, says};
use crate::scripted_page::{fixture, page_with_account};

#[tokio::test]
async fn a_box_that_is_ticked_in_the_conversation_completes_the_task_and_the_list_follows() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.add("Buy bread").await;
    page.send_message("list my tasks").await;
    page.see(".message.widget .list-item + .list-item").await;
    screenshot(&page.client, "widget-list").await;
    let ticked = "return $$('.message.widget .ticked').map((words) => words.textContent)";
    page.see(".message.widget input[type=checkbox]").await.send_keys(" ").await.unwrap();
    page.see(".message.widget .ticked").await;
    assert_eq!(page.run(ticked).await.unwrap().as_array().map(Vec::len), Some(1));
    // Who uses the keyboard is still at the box.
    page.see_that("return shadow.activeElement === $('.message.widget input[type=checkbox]')").await;
    page.see_that("return document.querySelectorAll('.task:not(.done)').length === 1").await;
    let done = person.program().get("/api/v1/tasks?status=done").json();
    assert_eq!(done["items"].as_array().map(Vec::len), Some(1));
    // And back again.
    page.see(".message.widget input[type=checkbox]").await.send_keys(" ").await.unwrap();
    page.see_that("return $('.message.widget .ticked') === null").await;
    page.see_that("return document.querySelectorAll('.task:not(.done)').length === 2").await;
    page.close().await;
}

#[tokio::test]
async fn a_card_is_a_form_whose_changes_the_list_shows() {
    let (page, person) = page_with_account().await;
    let program = person.program_at(&fixture().app);
    let word =
        fixture().model.script([calls(&[("add_task", json!({"title": "Buy milk"}))]), says(&["Added."])]);
    page.send_message(&format!("Play {word}")).await;
    page.see(".message.widget form").await;
    // Its fields are called what their labels say.
    page.see_that("return [...$('.message.widget form').elements].filter((field) => field.name === 'title')[0].labels[0].textContent === 'Title'").await;
    page.fill(".message.widget input[name=title]", "Buy oat milk").await;
    page.see(".message.widget select[name=priority]").await.select_by_value("high").await.unwrap();
    page.see(".message.widget input[name=title]").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#task-groups", "Buy oat milk").await;
    page.see_text(".priority.high", "high priority").await;
    let task = program.get("/api/v1/tasks").json()["items"][0].clone();
    assert_eq!((&task["title"], &task["priority"]), (&json!("Buy oat milk"), &json!("high")));

    // What was changed elsewhere meanwhile is not overwritten, and that is said.
    let id = task["id"].as_str().unwrap();
    program.patch(&format!("/api/v1/tasks/{id}"), &json!({"title": "Buy soy milk"})).expect(200);
    page.click(".message.widget form .primary").await;
    page.see(".message.widget .unsent").await;
    let task = program.get("/api/v1/tasks").json()["items"][0].clone();
    assert_eq!(task["title"], "Buy soy milk");
    // The browser tells of the refusal as well: so it is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn where_one_stands_is_a_chart_and_a_table() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.send_message("give me an overview").await;
    page.see(".message.widget .chart svg").await;
    page.see_that(
        "return [...$('.message.widget .chart table').rows].some((row) => row.textContent === 'Open1')",
    )
    .await;
    screenshot(&page.client, "widget-chart").await;
    page.close().await;
}

#[tokio::test]
async fn a_list_in_a_file_is_sent_and_added_by_its_button() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let folder = scratch_postgres::Folder::new("list").unwrap();
    let file = folder.path().join("list.txt");
    std::fs::write(&file, "- milk\n- bread\n").unwrap();
    page.see("#files").await.send_keys(&file.to_string_lossy()).await.unwrap();
    page.see_text(".composer .file", "list.txt").await;
    page.see(".composer .file:not([aria-busy])").await;
    // One that is taken back is not sent.
    let other = folder.path().join("other.md");
    std::fs::write(&other, "- never\n").unwrap();
    page.see("#files").await.send_keys(&other.to_string_lossy()).await.unwrap();
    page.see(".composer .file + .file:not([aria-busy])").await;
    page.click(".composer .file + .file button").await;
    page.see_that("return $$('.composer .file').length === 1").await;
    page.click("#send").await;
    page.answer().await;
    page.see_text(".message.user .file", "list.txt").await;
    page.see_text(".message.widget .primary", "Add 2 tasks").await;
    screenshot(&page.client, "widget-import").await;
    page.click(".message.widget .primary").await;
    page.see_text(".message.widget", "Added 2 of 2").await;
    page.see_text("#task-groups", "bread").await;
    let tasks = person.program().get("/api/v1/tasks").json();
    assert_eq!(tasks["items"].as_array().map(Vec::len), Some(2));

    // What can't be sent is refused before anybody is asked.
    let picture = folder.path().join("picture.png");
    std::fs::write(&picture, [0; 10]).unwrap();
    page.see("#files").await.send_keys(&picture.to_string_lossy()).await.unwrap();
    page.see_text(".composer .unsent", "not of a kind").await;
    page.close().await;
}
