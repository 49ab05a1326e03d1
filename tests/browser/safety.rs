//! What people write stays text, and nothing leaves the origin.

use harness::App;
use serde_json::json;

use crate::browser::{DESKTOP, run};
use crate::page::Page;

const MARKUP: &str =
    "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";

#[tokio::test]
async fn markup_in_a_title_or_a_message_is_shown_and_not_run() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add(MARKUP).await;
    page.send_message(&format!("add {MARKUP}")).await;
    page.send_message("what's open?").await;
    assert_eq!(page.client.title().await.unwrap(), "Todo Assistant");
    let made = page.run("return $$('img, script:not([src])').length").await.unwrap();
    assert_eq!(made, json!(0));
    page.close().await;
}

#[tokio::test]
async fn the_page_asks_no_other_origin_and_keeps_no_token() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.send_message("add water the plants").await;
    let asked = "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)";
    let origins = run(&page.client, asked).await.unwrap();
    let origins = origins.as_array().unwrap();
    assert!(origins.len() > 10);
    assert!(origins.iter().all(|origin| *origin == json!(App::shared().url)), "{origins:?}");
    let kept = "return [localStorage.length, sessionStorage.length, document.cookie]";
    assert_eq!(run(&page.client, kept).await.unwrap(), json!([0, 0, ""]));
    page.close().await;
}

#[tokio::test]
async fn inline_code_does_not_run_even_when_it_gets_into_the_page() {
    let page = Page::open(DESKTOP).await;
    let inject = "const script = document.createElement('script'); \
        try { script.text = 'document.title = \"broken\"'; } catch (error) { return error.name; } \
        document.body.append(script); return document.title";
    let outcome = run(&page.client, inject).await.unwrap();
    assert!(outcome == json!("TypeError") || outcome == json!("Todo Assistant"), "{outcome}");
    // The browser complains of it, which is the point.
    page.client.close().await.unwrap();
}
