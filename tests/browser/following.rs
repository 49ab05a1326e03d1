//! The end of the conversation stays in sight while it grows, unless a person has scrolled up to read.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, PHONE, Screen};
use crate::network::{answer_by_hand, begin, end, send_words};
use crate::page::Page;

const AT_THE_END: &str = "const scroll = $('#chat-scroll'); \
    return scroll.scrollHeight > scroll.clientHeight \
      && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 2";

/// A piece of an answer that is taller than what counts as near the end.
fn tall(name: &str) -> String {
    (0..30).map(|line| format!("- {name} {line}\n")).collect()
}

async fn ask(page: &Page) {
    answer_by_hand(page).await;
    page.fill("#message", "show my tasks").await;
    page.see("#message").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    begin(page).await;
}

async fn follows(screen: Screen) {
    let (page, _) = Page::with_account(screen).await;
    ask(&page).await;
    let mut reply = String::new();
    for name in ["first", "second", "third"] {
        let piece = tall(name);
        reply.push_str(&piece);
        send_words(&page, &piece).await;
        page.see_text(".reply", &format!("{name} 29")).await;
        page.see_that(AT_THE_END).await;
    }
    end(&page, &reply, Some(["Delete 61 tasks", "Keep them"])).await;
    page.see(".question .choice:last-child").await;
    page.see_that(AT_THE_END).await;
    let in_sight = "const frame = $('#chat-scroll').getBoundingClientRect(); \
        return $$('.question button').every((button) => { \
          const place = button.getBoundingClientRect(); \
          return place.top >= frame.top && place.bottom <= frame.bottom; })";
    page.see_that(in_sight).await;
    page.see("#jump[hidden]").await;
    page.close().await;
}

#[tokio::test]
async fn an_answer_and_its_question_are_in_sight_on_a_desk() {
    follows(DESKTOP).await;
}

#[tokio::test]
async fn an_answer_and_its_question_are_in_sight_on_a_telephone() {
    follows(PHONE).await;
}

#[tokio::test]
async fn whoever_has_scrolled_up_is_left_there_and_jumps_to_the_latest_by_a_button() {
    let (page, _) = Page::with_account(DESKTOP).await;
    ask(&page).await;
    send_words(&page, &tall("first")).await;
    send_words(&page, &tall("second")).await;
    page.see_text(".reply", "second 29").await;
    page.see_that(AT_THE_END).await;
    page.run("$('#chat-scroll').scrollTop = 0").await.unwrap();
    page.see("#jump:not([hidden])").await;

    send_words(&page, &tall("third")).await;
    page.see_text(".reply", "third 29").await;
    let top = page.run("return $('#chat-scroll').scrollTop").await.unwrap();
    assert_eq!(top, json!(0), "what is read stays where it is");

    page.click("#jump").await;
    page.see_that(AT_THE_END).await;
    page.see("#jump[hidden]").await;
    send_words(&page, &tall("fourth")).await;
    page.see_text(".reply", "fourth 29").await;
    page.see_that(AT_THE_END).await;
    end(&page, "Done.", None).await;
    page.close().await;
}
