//! Earlier conversations, and what one thinks of an answer.

use fantoccini::key::Key;
use harness::App;

use crate::browser::{DESKTOP, PHONE, screenshot};
use crate::page::Page;

#[tokio::test]
async fn earlier_conversations_are_opened_renamed_and_deleted() {
    let (page, person) = Page::with_account(PHONE).await;
    page.send_message("add water the plants").await;
    page.click("#new-chat").await;
    page.send_message("what can you do?").await;
    page.fill("#message", "half a thought").await;
    page.click("#history-open").await;
    page.see(".thread + .thread").await;
    screenshot(&page.client, "history").await;

    page.click(".thread .write").await;
    page.fill(".rename input", "Questions").await;
    page.see(".rename input").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text(".thread .open", "Questions").await;
    page.see_text("#title", "Questions").await;

    page.click(".thread + .thread .trash").await;
    page.see_that("return shadow.activeElement.textContent === 'Keep it'").await;
    page.click(".thread .removing").await;
    page.see_that("return $$('.thread').length === 1").await;
    let kept = person.program().get("/api/v1/conversations").json();
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(kept["items"][0]["title"], "Questions");

    // Escape leads back, and what was half written is still there.
    page.see("#history-close").await.send_keys(&Key::Escape.to_string()).await.unwrap();
    page.see("#history[hidden]").await;
    let field = page.see("#message").await;
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some("half a thought"));
    page.see_text("#messages", "what can you do?").await;

    // The one that is shown can be deleted as well.
    page.click("#history-open").await;
    page.click(".thread .trash").await;
    page.click(".thread .removing").await;
    page.click("#history-close").await;
    page.see("#chat-empty:not([hidden])").await;
    page.close().await;
}

#[tokio::test]
async fn earlier_conversations_are_found_by_their_words() {
    let (page, _) = Page::with_account(DESKTOP).await;
    for said in ["add water the plants", "add buy bread", "add bake a cake"] {
        page.click("#new-chat").await;
        page.send_message(said).await;
    }
    page.click("#history-open").await;
    page.see_that("return $$('.thread').length === 3").await;
    page.fill("#history-search", "BREAD").await;
    page.see_that("return $$('.thread').length === 1").await;
    page.see_text(".thread .open", "buy bread").await;
    page.see_text(".history [role=status]", "1 chat found").await;
    screenshot(&page.client, "history-search").await;
    page.fill("#history-search", "nobody said this").await;
    page.see_text(".history .nothing", "No chat has these words.").await;
    // Escape takes the words away first, and leads back then.
    let field = page.see("#history-search").await;
    field.send_keys(&Key::Escape.to_string()).await.unwrap();
    page.see_that("return $$('.thread').length === 3").await;
    field.send_keys(&Key::Escape.to_string()).await.unwrap();
    page.see("#history[hidden]").await;
    page.close().await;
}

#[tokio::test]
async fn what_one_thinks_of_an_answer_is_kept() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.send_message("what can you do?").await;
    page.click(".tool.thumb-up").await;
    page.see(".tool.thumb-up[aria-pressed=true]").await;
    page.click(".tool.thumb-down").await;
    page.see(".tool.thumb-down[aria-pressed=true]").await;
    page.see(".tool.thumb-up[aria-pressed=false]").await;
    let conversation = person.program().get("/api/v1/conversations").json()["items"][0]["id"].clone();
    let kinds = format!(
        "SELECT string_agg(kind, ',') FROM todo.item_feedback WHERE conversation_id = '{}'",
        conversation.as_str().unwrap()
    );
    page.wait_for("the last word", async || App::shared().sql(&kinds).unwrap().trim() == "negative").await;
    page.close().await;
}

#[tokio::test]
async fn an_answer_is_given_again_in_the_place_of_the_first() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.send_message("what's open?").await;
    page.run("window.first = $('.message.assistant').dataset.item").await.unwrap();
    page.click(".tool.reload").await;
    page.answer().await;
    page.see_that("return $$('.message.user').length === 1 && $$('.message.assistant').length === 1").await;
    page.see_that("return $('.message.assistant').dataset.item !== window.first").await;
    page.close().await;
}

#[tokio::test]
async fn a_locked_conversation_says_why_and_takes_nothing_more() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.send_message("what can you do?").await;
    let conversation = person.program().get("/api/v1/conversations").json()["items"][0]["id"].clone();
    let lock = format!(
        "UPDATE todo.conversations SET status = 'locked', status_reason = 'Under review.' WHERE id = '{}'",
        conversation.as_str().unwrap()
    );
    App::shared().sql(&lock).unwrap();
    page.client.refresh().await.unwrap();
    page.see_text(".closed", "This chat is locked. Under review.").await;
    page.see("#composer[hidden]").await;
    page.click("#new-chat").await;
    page.see("#composer:not([hidden])").await;
    page.close().await;
}
