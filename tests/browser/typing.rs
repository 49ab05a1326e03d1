//! Keys and clicks that are not meant for the page.

use serde_json::json;

use crate::browser::DESKTOP;
use crate::page::Page;

#[tokio::test]
async fn enter_that_takes_over_a_composed_character_does_not_send() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#message", "add buy bread").await;
    let press = "const field = $('#message'); \
        for (const keys of [{ isComposing: true }, { keyCode: 229 }]) { \
          field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...keys })); } \
        return [field.value, $$('.message').length]";
    assert_eq!(page.run(press).await.unwrap(), json!(["add buy bread", 0]));
    // The next one is a plain Enter.
    let press = "$('#message').dispatchEvent( \
        new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }))";
    page.run(press).await.unwrap();
    page.see_text("#task-groups", "buy bread").await;
    page.answer().await;
    page.close().await;
}

#[tokio::test]
async fn a_double_click_on_send_does_not_stop_the_answer() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#message", "add buy bread").await;
    let clicks = "const send = $('#send'); \
        for (const detail of [1, 2]) { \
          send.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true })); } \
        return send.classList.contains('busy')";
    assert_eq!(page.run(clicks).await.unwrap(), json!(true));
    let answer = page.answer().await;
    assert!(answer.to_lowercase().contains("buy bread"), "{answer}");
    page.close().await;
}

#[tokio::test]
async fn a_single_click_on_stop_stops() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#message", "add buy bread").await;
    let clicks = "const send = $('#send'); \
        for (const detail of [1, 1]) { \
          send.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true })); }";
    page.run(clicks).await.unwrap();
    page.see_that("return !$('#send').classList.contains('busy')").await;
    page.see_that("return $('.message.assistant:not([aria-busy])') !== null").await;
    page.close().await;
}
