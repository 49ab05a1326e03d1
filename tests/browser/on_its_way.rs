//! An answer that takes its time: it is heard again after a reload, seen in another window, and ends when it is stopped.

use std::time::Duration;

use crate::page::Page;
use crate::scripted_model::{Piece, Reply, call_piece, calls, end, says, words};
use crate::scripted_page::{fixture, page_with_account, titles};

/// Says that it adds something, takes some seconds, and does.
fn adds_slowly() -> Reply {
    let talk = [words("Adding"), Piece::Pause(Duration::from_secs(3)), words(" it.")];
    let call = call_piece(0, Some("c"), Some("add_task"), r#"{"title":"milk"}"#);
    Reply::Stream(talk.into_iter().chain([call]).chain(end("tool_calls")).collect())
}

async fn begin_slow_answer(page: &Page) {
    let word = fixture().model.script([adds_slowly(), says(&["All done."])]);
    page.fill("#message", &format!("Play {word}")).await;
    page.click("#send").await;
    page.see_text("#messages", "Adding").await;
}

#[tokio::test]
async fn a_page_that_is_loaded_again_hears_the_rest_of_the_answer() {
    let (page, person) = page_with_account().await;
    begin_slow_answer(&page).await;
    page.client.refresh().await.unwrap();
    page.see_text(".message.user", "Play").await;
    // It is on its way here as well.
    page.see("#send.busy").await;
    page.see_text(".message.assistant", "All done.").await;
    page.see_text("#task-groups", "milk").await;
    page.answer().await;
    assert_eq!(page.find_all(".message.user").await.len(), 1);
    assert_eq!(titles(&person), ["milk"]);
    page.close().await;
}

#[tokio::test]
async fn a_yes_is_heard_to_its_end_after_a_reload() {
    let (page, person) = page_with_account().await;
    let program = person.program_at(&fixture().app);
    let task = program.post("/api/v1/tasks", &serde_json::json!({"title": "Old receipt"})).expect(201).json();
    let slowly = Reply::Stream(
        [words("Gone"), Piece::Pause(Duration::from_secs(3)), words(" for good.")]
            .into_iter()
            .chain(end("stop"))
            .collect(),
    );
    let word =
        fixture().model.script([calls(&[("delete_task", serde_json::json!({"id": task["id"]}))]), slowly]);
    page.send_message(&format!("Play {word}")).await;
    page.click(".question .choice:first-child").await;
    page.see_text(".message.assistant:last-child", "Gone").await;
    page.client.refresh().await.unwrap();
    page.see_text("#messages", "Gone for good.").await;
    page.see_text(".settled .said", "Delete").await;
    assert_eq!(titles(&person), Vec::<String>::new());
    page.close().await;
}

#[tokio::test]
async fn a_second_window_sees_what_is_said_in_the_first_and_the_answer_to_it() {
    let (page, _) = page_with_account().await;
    let word = fixture().model.script([says(&["Hello."])]);
    page.send_message(&format!("Play {word}")).await;
    let first = page.client.window().await.unwrap();
    let second = page.client.new_window(true).await.unwrap().handle;
    page.client.switch_to_window(second.clone()).await.unwrap();
    page.client.goto(&fixture().app.url).await.unwrap();
    page.see_text("#messages", "Hello.").await;
    page.fill("#message", "a draft of my own").await;

    page.client.switch_to_window(first).await.unwrap();
    begin_slow_answer(&page).await;
    page.client.switch_to_window(second).await.unwrap();
    page.see_that("return $$('.message.user').length === 2").await;
    page.see_text("#messages", "All done.").await;
    let field = page.see("#message").await;
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some("a draft of my own"));
    page.close().await;
}

#[tokio::test]
async fn an_answer_that_is_stopped_does_nothing_more() {
    let (page, person) = page_with_account().await;
    begin_slow_answer(&page).await;
    page.click("#send.busy").await;
    page.see_text(".message.assistant", "Nothing was changed.").await;
    page.see("#send:not(.busy)").await;
    // The model would have asked for the task by now.
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(titles(&person), Vec::<String>::new());
    // One can go on at once.
    let word = fixture().model.script([says(&["As you like."])]);
    assert!(page.send_message(&format!("Play {word}")).await.contains("As you like."));
    page.close().await;
}

#[tokio::test]
async fn a_message_that_was_not_answered_offers_it_after_a_reload() {
    let (page, _) = page_with_account().await;
    let cut = Reply::Stream(vec![words("So "), Piece::Cut]);
    let word = fixture().model.script([cut, says(&["Here it is."])]);
    page.fill("#message", &format!("Play {word}")).await;
    page.click("#send").await;
    page.see_text(".message.user .unsent", "Not answered.").await;
    page.client.refresh().await.unwrap();
    page.see_text(".message.user .unsent", "Not answered.").await;
    page.click(".unsent .retry").await;
    page.see_text(".message.assistant", "Here it is.").await;
    page.see_no("#messages", "Not answered").await;
    page.close().await;
}
