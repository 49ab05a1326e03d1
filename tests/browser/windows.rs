//! Windows of one browser share a session: it ends in all of them at once.

use serde_json::json;

use crate::browser::{DESKTOP, run};
use crate::modules::ask;
use crate::page::Page;

#[tokio::test]
async fn signing_out_ends_the_other_windows_which_forget_everything() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.send_message("what's open?").await;
    let first = page.client.window().await.unwrap();
    let second = page.client.new_window(true).await.unwrap().handle;
    page.client.switch_to_window(second).await.unwrap();
    page.client.goto(&harness::App::shared().url).await.unwrap();
    page.see_that("return document.getElementById('task-groups').textContent.includes('Water the plants')")
        .await;
    page.click("#sign-out").await;
    page.see("#welcome:not([hidden])").await;

    page.client.switch_to_window(first).await.unwrap();
    page.see("#welcome:not([hidden])").await;
    page.see("#app[hidden]").await;
    let left = "return [document.querySelectorAll('openai-chatkit').length, document.querySelectorAll('.task').length]";
    assert_eq!(run(&page.client, left).await.unwrap(), json!([0, 0]));
    // The token was in memory alone, and is gone: a new one is refused.
    let token = "return module.accessToken().then(() => 'a token', (problem) => problem.status)";
    assert_eq!(ask(&page, "access", token).await, json!(401));
    // The refusal is an error in the browser's log, as it should be: so this page is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn whoever_signs_in_in_another_window_is_not_shown_the_person_before() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    let first = page.client.window().await.unwrap();
    // Another person's window tells of itself as the page does.
    let second = page.client.new_window(true).await.unwrap().handle;
    page.client.switch_to_window(second).await.unwrap();
    page.client.goto(&harness::App::shared().url).await.unwrap();
    page.see("#app:not([hidden])").await;
    page.client.delete_all_cookies().await.unwrap();
    page.client.refresh().await.unwrap();
    page.see("#welcome:not([hidden])").await;
    page.sign_up().await;

    page.client.switch_to_window(first).await.unwrap();
    page.see("#welcome:not([hidden])").await;
    page.see_no("#task-groups", "Water the plants").await;
    page.client.close().await.unwrap();
}
