//! What did not get through is not lost, and is not done twice.

use std::time::Duration;

use harness::Caller;
use serde_json::{Value, json};

use crate::browser::{DESKTOP, PHONE};
use crate::network::{Loss, hold, lose, release, restore};
use crate::page::Page;

fn titles(program: &Caller) -> Vec<String> {
    let page = program.get("/api/v1/tasks?limit=100").json();
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|task| task["title"].as_str().map(str::to_lowercase)).collect()
}

/// Whether the only conversation ends with an answer.
fn is_answered(program: &Caller) -> bool {
    let page = program.get("/api/v1/conversations").json();
    let Some(id) = page["items"][0]["id"].as_str() else { return false };
    let conversation = program.get(&format!("/api/v1/conversations/{id}")).json();
    conversation["messages"].as_array().and_then(|messages| messages.last()).map(|last| &last["role"])
        == Some(&Value::from("assistant"))
}

#[tokio::test]
async fn a_message_that_did_not_get_through_keeps_its_words_and_can_be_sent_again() {
    let (page, person) = Page::with_account(DESKTOP).await;
    lose(&page, Loss::Request, "POST", "/chatkit").await;
    page.fill("#message", "add buy stamps").await;
    page.click("#send").await;
    page.see_text(".message.user .unsent", "Not sent").await;
    page.see_text(".message.user", "add buy stamps").await;
    // It fails once more: still there.
    page.click(".unsent .retry").await;
    page.see_text(".message.user .unsent", "Not sent").await;

    restore(&page).await;
    page.click(".unsent .retry").await;
    page.see_text(".message.assistant", "stamps").await;
    page.see_no("#messages", "Not sent").await;
    page.see_text("#task-groups", "buy stamps").await;
    assert_eq!(titles(&person.program()), ["buy stamps"]);
    page.close().await;
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_looked_for_and_not_done_twice() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    lose(&page, Loss::Answer, "POST", "/chatkit").await;
    page.fill("#message", "add buy stamps").await;
    page.click("#send").await;
    page.see_text(".message.user .unsent", "Not sent").await;
    page.wait_for("an answer that is stored", async || is_answered(&program)).await;

    restore(&page).await;
    page.click(".unsent .retry").await;
    page.see_text(".message.assistant", "Added").await;
    page.see_no("#messages", "Not sent").await;
    assert_eq!(titles(&program), ["buy stamps"]);
    page.close().await;
}

#[tokio::test]
async fn a_yes_that_did_not_get_through_can_be_given_again() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Old receipt").await;
    page.send_message("delete old receipt").await;
    page.see(".question").await;
    lose(&page, Loss::Request, "POST", "/chatkit").await;
    page.click(".question .choice:first-child").await;
    page.see_text(".message.asking .unsent", "Not sent").await;
    page.see(".question:not([hidden]) .choice:last-child").await;

    restore(&page).await;
    page.click(".question:not([hidden]) .choice:first-child").await;
    page.see_no("#task-groups", "Old receipt").await;
    page.answer().await;
    page.see_no("#messages", "Not sent").await;
    page.see_that("return $('.question') === null").await;
    page.close().await;
}

#[tokio::test]
async fn a_list_that_can_not_be_read_is_read_again_by_itself() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    lose(&page, Loss::Request, "GET", "/api/v1/tasks").await;
    page.click("#show-done").await;
    page.see_text("#tasks-problem", "can’t be reached").await;
    restore(&page).await;
    page.see_that("return document.getElementById('tasks-problem').hidden").await;
    page.see_text("#tasks-empty", "Nothing done yet").await;
    page.close().await;
}

#[tokio::test]
async fn a_tick_that_did_not_get_through_is_taken_back_and_can_be_tried_again() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    lose(&page, Loss::Request, "POST", "/api/v1/tasks/").await;
    page.click(".task input").await;
    page.see_text("#tasks-problem", "can’t be reached").await;
    page.see(".task:not(.done)").await;
    restore(&page).await;
    page.click("#tasks-problem .retry").await;
    page.see(".task.done").await;
    page.see_that("return document.getElementById('tasks-problem').hidden").await;
    let done = person.program().get("/api/v1/tasks?status=done").json();
    assert_eq!(done["items"].as_array().map(Vec::len), Some(1));
    page.close().await;
}

#[tokio::test]
async fn a_tick_that_failed_is_still_told_when_what_was_begun_before_it_ends_well() {
    let page = Page::with_account(DESKTOP).await.0;
    hold(&page, "/api/v1/tasks?").await;
    // In sight before the list is read again.
    page.add("Water the plants").await;
    lose(&page, Loss::Request, "POST", "/api/v1/tasks/").await;
    page.click(".task input").await;
    page.see_text("#tasks-problem", "can’t be reached").await;
    release(&page).await;
    // What the page makes of the answer takes it a moment.
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(page.text("#tasks-problem").await.contains("can’t be reached"));
    restore(&page).await;
    page.click("#tasks-problem .retry").await;
    page.see(".task.done").await;
    page.close().await;
}

#[tokio::test]
async fn a_task_of_the_field_whose_answer_was_lost_is_added_once() {
    let (page, person) = Page::with_account(DESKTOP).await;
    lose(&page, Loss::Answer, "POST", "/api/v1/tasks").await;
    page.fill("#quick-title", "Water the plants").await;
    page.click("#quick-add button").await;
    page.see_text("#tasks-problem", "can’t be reached").await;
    let kept = page.see("#quick-title").await.prop("value").await.unwrap();
    assert_eq!(kept.as_deref(), Some("Water the plants"));
    restore(&page).await;
    page.click("#tasks-problem .retry").await;
    page.see_text("#added", "Water the plants").await;
    assert_eq!(titles(&person.program()), ["water the plants"]);
    page.close().await;
}

#[tokio::test]
async fn a_sign_out_that_failed_is_said_on_a_telephone_too() {
    let (page, _) = Page::with_account(PHONE).await;
    lose(&page, Loss::Request, "POST", "/api/auth/sign-out").await;
    page.click("#sign-out").await;
    page.see_text("#page-problem", "You are still signed in").await;
    page.see("#app:not([hidden])").await;
    restore(&page).await;
    page.click("#sign-out").await;
    page.see("#welcome:not([hidden])").await;
    assert_eq!(page.text("#page-problem").await, "");
    page.close().await;
}

#[tokio::test]
async fn an_answer_that_the_server_could_not_give_says_so_at_the_message() {
    let (page, _) = Page::with_account(DESKTOP).await;
    crate::network::answer_by_hand(&page).await;
    page.fill("#message", "add buy stamps").await;
    page.click("#send").await;
    let problem =
        json!({"type": "error", "code": "custom", "message": "The model is busy.", "allow_retry": true});
    crate::network::send_event(&page, &problem).await;
    page.see_text(".unsent", "Not answered. The model is busy.").await;
    page.click(".unsent .retry").await;
    page.see_text("#task-groups", "buy stamps").await;
    page.close().await;
}
