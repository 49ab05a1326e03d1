//! Everybody can use the page: axe (Deque) finds nothing, and each complaint that people who use screen readers have of OpenAI's element
//! (openai/chatkit-js, issue 114) is a check of ours.

use harness::repository;
use serde_json::{Value, json};

use crate::browser::{DARK, DESKTOP, PHONE, Screen};
use crate::network::{Loss, lose, restore};
use crate::page::Page;

/// What axe finds, a line each.
async fn violations(page: &Page) -> Vec<String> {
    let axe = repository().join("tests/page/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core: npm ci --prefix tests/page");
    page.client.execute(&format!("{axe}; window.axe = axe;"), vec![]).await.unwrap();
    let script = "const done = arguments[0]; axe.run(document).then(({ violations, passes }) => done([passes.length, \
        violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id}: ${help}: ${target.flat()} ${any[0]?.message ?? ''}`))]), \
        (error) => done([0, [String(error)]]))";
    let found = page.client.execute_async(script, vec![]).await.unwrap();
    assert!(found[0].as_u64().unwrap() > 20 || found[1] != json!([]), "{found}");
    serde_json::from_value(found[1].clone()).unwrap()
}

async fn nothing_is_found(screen: Screen) {
    let (page, _) = Page::with_account(screen).await;
    page.see("#chat-empty:not([hidden])").await;
    assert_eq!(violations(&page).await, Vec::<String>::new(), "nothing said yet");
    page.send_message("add buy milk tomorrow 6pm, urgent").await;
    page.send_message("add water the plants").await;
    page.send_message("list my tasks").await;
    page.send_message("give me an overview").await;
    page.send_message("delete all tasks").await;
    page.see(".question").await;
    assert_eq!(violations(&page).await, Vec::<String>::new(), "a conversation with widgets and a question");
    lose(&page, Loss::Request, "POST", "/chatkit").await;
    page.fill("#message", "add buy stamps").await;
    page.click("#send").await;
    page.see(".message.user .unsent").await;
    assert_eq!(violations(&page).await, Vec::<String>::new(), "a message that was not sent");
    restore(&page).await;
    page.click("#history-open").await;
    page.see(".thread").await;
    assert_eq!(violations(&page).await, Vec::<String>::new(), "earlier conversations");
    page.click(".thread .trash").await;
    assert_eq!(violations(&page).await, Vec::<String>::new(), "a question before one is deleted");
    page.close().await;
}

#[tokio::test]
async fn axe_finds_nothing_on_a_desk() {
    nothing_is_found(DESKTOP).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_dark() {
    nothing_is_found(DARK).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_a_telephone() {
    nothing_is_found(PHONE).await;
}

#[tokio::test]
async fn every_button_says_what_it_does_and_every_field_what_it_is_for() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.send_message("add buy milk tomorrow 6pm").await;
    page.see(".message.widget input").await;
    page.click("#history-open").await;
    page.see(".thread").await;
    let nameless = "const named = (element) => Boolean(element.getAttribute('aria-label') || element.textContent.trim() || element.labels?.length); \
        return [...shadow.querySelectorAll('button, input, select, textarea, a')].filter((element) => !named(element)).map((element) => element.outerHTML)";
    assert_eq!(page.run(nameless).await.unwrap(), json!([]));
    // Those of which people complain.
    let labels = "return ['.copy', '.attach', '#send'].map((place) => $(place).getAttribute('aria-label'))";
    assert_eq!(page.run(labels).await.unwrap(), json!(["Copy this answer", "Attach a file", "Send"]));
    page.close().await;
}

#[tokio::test]
async fn headings_lead_through_the_conversation_level_by_level_and_its_title_is_one() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.send_message("give me an overview").await;
    page.see(".message.widget h3").await;
    assert_eq!(page.run("return $('#title').tagName").await.unwrap(), json!("H2"));
    page.see_text("#title", "give me an overview").await;
    let levels = "return [...document.querySelectorAll('main:not([hidden]) h1'), ...shadow.querySelectorAll('h1, h2, h3, h4')] \
        .filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]))";
    let levels = page.run(levels).await.unwrap();
    let levels: Vec<u64> = levels.as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    page.close().await;
}

#[tokio::test]
async fn a_screen_reader_is_told_what_happens() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.send_message("what can you do?").await;
    let told = "return [$('#messages').parentElement.getAttribute('role'), $('.progress').getAttribute('role'), \
        $('.message.assistant .unseen').textContent, $('.message.user .unseen').textContent]";
    assert_eq!(page.run(told).await.unwrap(), json!(["log", "status", "Assistant: ", "You: "]));
    page.close().await;
}
