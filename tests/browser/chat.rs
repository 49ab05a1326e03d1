//! Talking to the assistant.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, run, screenshot};
use crate::network::{THREAD, answer_by_hand, begin, end, restore, send_words};
use crate::page::Page;

#[tokio::test]
async fn a_task_is_added_seen_and_completed_by_saying_so() {
    let (page, _) = Page::with_account(DESKTOP).await;
    let answer = page.send_message("add buy milk tomorrow 6pm").await;
    assert!(answer.to_lowercase().contains("buy milk"), "{answer}");
    page.see_text("#task-groups", "buy milk").await;
    page.see_text(".due", "tomorrow").await;
    page.send_message("add call the dentist next friday, high priority #health").await;
    page.see_text(".priority.high", "high priority").await;
    page.see_text(".label", "#health").await;
    let overview = page.send_message("what's open?").await;
    assert!(overview.to_lowercase().contains("dentist"), "{overview}");
    screenshot(&page.client, "chat").await;

    page.send_message("i bought the milk").await;
    page.see_no("#task-groups", "buy milk").await;
    page.click("#show-done").await;
    page.see_text("#task-groups", "buy milk").await;
    page.close().await;
}

#[tokio::test]
async fn deleting_asks_first_with_two_buttons() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Old receipt").await;
    page.send_message("delete old receipt").await;
    page.see(".question .choice:first-child").await;
    screenshot(&page.client, "confirmation").await;
    page.see_text("#task-groups", "Old receipt").await;
    page.click(".question .choice:last-child").await;
    page.answer().await;
    page.see_text("#task-groups", "Old receipt").await;

    page.send_message("delete old receipt").await;
    // Still asked after a reload.
    page.client.refresh().await.unwrap();
    page.click(".question .choice:first-child").await;
    page.answer().await;
    page.see_no("#task-groups", "Old receipt").await;
    page.close().await;
}

#[tokio::test]
async fn a_conversation_goes_on_after_a_reload_and_another_one_can_be_started() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.send_message("add water the plants").await;
    page.client.refresh().await.unwrap();
    page.see_text("#messages", "add water the plants").await;
    page.click("#new-chat").await;
    page.see_no("#messages", "add water the plants").await;
    page.send_message("what can you do?").await;
    page.see_no("#title", "New chat").await;
    page.click("#history-open").await;
    page.see(".thread + .thread").await;
    assert_eq!(page.find_all(".thread").await.len(), 2);
    page.click(".thread + .thread .open").await;
    page.see_text("#messages", "add water the plants").await;
    page.close().await;
}

#[tokio::test]
async fn the_chat_is_used_without_a_mouse() {
    let (page, _) = Page::with_account(DESKTOP).await;
    // The message has the focus from the start; a new line takes Shift.
    page.wait_for("the focus", async || page.focused().await == "message").await;
    let keys = format!("add buy bread{}", Key::Enter);
    page.see("#message").await.send_keys(&keys).await.unwrap();
    page.answer().await;
    page.see_text("#task-groups", "buy bread").await;
    page.see("#task-groups input").await.send_keys(" ").await.unwrap();
    page.see(".task.done").await;
    page.see("#show-done").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#task-groups", "buy bread").await;
    // A slash goes back to the message.
    page.see("#show-done").await.send_keys("/").await.unwrap();
    page.wait_for("the focus", async || page.focused().await == "message").await;
    page.close().await;
}

#[tokio::test]
async fn an_answer_is_stopped_by_its_button_and_by_a_key() {
    let (page, _) = Page::with_account(DESKTOP).await;
    for by_key in [false, true] {
        answer_by_hand(&page).await;
        page.fill("#message", "add a lot").await;
        page.click("#send").await;
        begin(&page).await;
        send_words(&page, "One moment.").await;
        page.see_text(".message.assistant", "One moment.").await;
        let script = "const real = window.fetch; window.realFetch = real; window.stopped = []; \
            window.fetch = async (path, options) => { \
              if (!String(path).endsWith('/cancel')) return real(path, options); \
              window.stopped.push(`${options.method} ${path}`); \
              return Response.json({ state: 'cancelled' }); }";
        run(&page.client, script).await.unwrap();
        let button = page.see("#send.busy").await;
        assert_eq!(button.attr("aria-label").await.unwrap().as_deref(), Some("Stop"));
        if by_key {
            page.see("#message").await.send_keys(&Key::Escape.to_string()).await.unwrap();
        } else {
            button.send_keys(&Key::Enter.to_string()).await.unwrap();
        }
        let path = format!("POST {}/api/v1/conversations/{THREAD}/cancel", harness::App::shared().url);
        page.see_that(&format!(
            "return window.stopped.length === 1 && window.stopped[0] === {}",
            json!(path)
        ))
        .await;
        end(&page, "One moment.\n\nI stopped here, as you asked.", None).await;
        page.see_text(".message.assistant", "I stopped here").await;
        page.see("#send:not(.busy)").await;
        restore(&page).await;
        page.click("#new-chat").await;
    }
    page.close().await;
}
