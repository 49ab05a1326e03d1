//! Buttons say what a yes does and to how many tasks; what is done to many is told in one line.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, screenshot};
use crate::network::{answer_by_hand, begin, end, send_event};
use crate::page::Page;

#[tokio::test]
async fn what_is_done_to_many_is_told_in_one_line_and_the_question_after_it_has_buttons() {
    let (page, _) = Page::with_account(DESKTOP).await;
    answer_by_hand(&page).await;
    page.fill("#message", "delete what is old and complete the rest").await;
    page.see("#message").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    for call in 0..25 {
        let doing =
            json!({"type": "progress_update", "text": format!("Deleting “Old {call}”"), "icon": "sparkle"});
        send_event(&page, &doing).await;
    }
    page.see_text(".progress", "Deleting “Old 24”").await;
    assert_eq!(page.text(".progress").await, "Deleting “Old 24”", "the last one, and no heap");
    begin(&page).await;
    end(&page, "Deleted 23 tasks, 2 failed.", Some(["Complete 12 tasks", "Leave them open"])).await;
    page.see_text(".question .choice:first-child", "Complete 12 tasks").await;
    page.see_text(".question .choice:last-child", "Leave them open").await;
    page.see(".question .choice.primary:first-child").await;
    page.see(".progress[hidden]").await;
    page.see_that("return shadow.activeElement === $('.question .choice:last-child')").await;
    page.close().await;
}

#[tokio::test]
async fn deleting_several_tasks_counts_them_in_the_button() {
    let (page, _) = Page::with_account(DESKTOP).await;
    for title in ["Old receipt one", "Old receipt two"] {
        page.add(title).await;
    }
    page.send_message("delete all tasks").await;
    page.see_text(".question .choice:first-child", "Delete 2 tasks").await;
    page.see_text(".question .choice:last-child", "Keep them").await;
    // The one that deletes looks like it, and is not where the hand is.
    page.see(".question .choice.removing:first-child").await;
    page.see_that("return shadow.activeElement === $('.question .choice:last-child')").await;
    screenshot(&page.client, "question-destructive").await;
    page.click(".question .choice:first-child").await;
    page.answer().await;
    page.see_no("#task-groups", "Old receipt").await;
    page.close().await;
}
