//! Keys and clicks that are not meant for the page.

use serde_json::json;

use crate::browser::{DESKTOP, run};
use crate::page::Page;

#[tokio::test]
async fn enter_that_takes_over_a_composed_character_does_not_send() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#message", "add buy bread").await;
    let press = "const field = document.getElementById('message'); \
        for (const keys of [{ isComposing: true }, { keyCode: 229 }]) { \
          field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...keys })); } \
        return [field.value, document.querySelectorAll('.message').length]";
    assert_eq!(run(&page.client, press).await.unwrap(), json!(["add buy bread", 0]));
    // The next one is a plain Enter.
    let press = "document.getElementById('message').dispatchEvent( \
        new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }))";
    run(&page.client, press).await.unwrap();
    page.see_text("#task-groups", "buy bread").await;
    page.answer().await;
    page.close().await;
}

#[tokio::test]
async fn a_double_click_on_send_does_not_stop_the_answer() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#message", "add buy bread").await;
    let clicks = "const send = document.getElementById('send'); \
        for (const detail of [1, 2]) { \
          send.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true })); } \
        return send.classList.contains('busy')";
    assert_eq!(run(&page.client, clicks).await.unwrap(), json!(true));
    let answer = page.answer().await;
    assert!(answer.to_lowercase().contains("buy bread"), "{answer}");
    page.close().await;
}

#[tokio::test]
async fn a_single_click_on_stop_stops() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#message", "add buy bread").await;
    let clicks = "const send = document.getElementById('send'); \
        for (const detail of [1, 1]) { \
          send.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true })); }";
    run(&page.client, clicks).await.unwrap();
    page.see_that("return !document.getElementById('send').classList.contains('busy')").await;
    page.see_that("return document.querySelector('.message.assistant:not([aria-busy])') !== null").await;
    page.close().await;
}
