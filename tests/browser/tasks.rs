//! The list beside the chat.

use crate::browser::DESKTOP;
use crate::page::Page;

#[tokio::test]
async fn a_task_is_added_in_the_field_ticked_off_and_taken_back() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.see_text("#tasks-empty", "Nothing to do").await;
    page.add("Water the plants").await;
    page.see_text(".group-title", "No date").await;
    page.click(".task input").await;
    page.see(".task.done").await;
    page.see_text("#announcer", "").await;
    page.click(".task input").await;
    page.see(".task:not(.done)").await;
    page.click(".task input").await;
    page.see(".task.done").await;
    page.click("#show-done").await;
    page.see_text("#task-groups", "Water the plants").await;
    page.click("#show-open").await;
    page.see_text("#tasks-empty", "Nothing to do").await;
    page.close().await;
}

#[tokio::test]
async fn what_another_program_adds_shows_after_the_next_answer() {
    let (page, person) = Page::with_account(DESKTOP).await;
    person.program().post("/api/v1/tasks", &serde_json::json!({"title": "Pay the rent"})).expect(201);
    page.send_message("what's open?").await;
    page.see_text("#task-groups", "Pay the rent").await;
    page.close().await;
}

#[tokio::test]
async fn what_was_ticked_off_is_taken_back_by_the_button_and_by_keys() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.click(".task input").await;
    page.see_text("#undo", "Completed Water the plants").await;
    page.click("#undo-turn").await;
    page.see_text("#undo", "Undone: Completed Water the plants").await;
    page.see(".task:not(.done)").await;
    // The focus is on the box: no text is typed there.
    page.click("#show-open").await;
    page.see("#show-open").await.send_keys("Z").await.unwrap();
    page.see_text("#undo", "Redone: Completed Water the plants").await;
    page.see("#show-open").await.send_keys("z").await.unwrap();
    page.see_text("#undo", "Undone: Completed Water the plants").await;
    page.see(".task:not(.done)").await;
    let open = person.program().get("/api/v1/tasks?status=open").json();
    assert_eq!(open["items"].as_array().unwrap().len(), 1);
    page.close().await;
}
