//! How the page looks on a desk and on a telephone, by day and by night; the pictures are for people to judge.

use fantoccini::Locator;
use serde_json::json;

use crate::browser::{DARK, DESKTOP, PHONE, run, screenshot};
use crate::page::Page;

/// Whether anything sticks out at the side.
const OVERFLOW: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

#[tokio::test]
async fn nothing_sticks_out_on_a_telephone_and_both_views_are_one_tap_away() {
    let welcome = Page::open(PHONE).await;
    assert_eq!(run(&welcome.client, OVERFLOW).await.unwrap(), json!(0));
    screenshot(&welcome.client, "phone-welcome").await;
    welcome.close().await;

    let (page, _) = Page::with_account(PHONE).await;
    page.send_message("add buy milk tomorrow 6pm").await;
    assert_eq!(run(&page.client, OVERFLOW).await.unwrap(), json!(0));
    screenshot(&page.client, "phone-chat").await;
    assert!(!page.client.find(Locator::Css("#tasks")).await.unwrap().is_displayed().await.unwrap());
    page.click("#view-tasks").await;
    page.see_text("#task-groups", "buy milk").await;
    assert_eq!(run(&page.client, OVERFLOW).await.unwrap(), json!(0));
    screenshot(&page.client, "phone-tasks").await;
    page.close().await;
}

#[tokio::test]
async fn the_page_follows_the_systems_light_and_dark() {
    let ground = "return getComputedStyle(document.body).backgroundColor";
    let light = Page::open(DESKTOP).await;
    assert_eq!(run(&light.client, ground).await.unwrap(), json!("rgb(245, 244, 240)"));
    screenshot(&light.client, "welcome").await;
    light.close().await;
    let (dark, _) = Page::with_account(DARK).await;
    assert_eq!(run(&dark.client, ground).await.unwrap(), json!("rgb(20, 22, 27)"));
    dark.send_message("add buy milk tomorrow 6pm, urgent #shop").await;
    dark.see_text("#task-groups", "buy milk").await;
    screenshot(&dark.client, "dark").await;
    dark.close().await;
}

/// WCAG 2.2, success criterion 1.4.11: what a person fills in can be told from its ground.
#[tokio::test]
async fn the_edges_of_fields_can_be_seen_by_day_and_by_night() {
    for screen in [DESKTOP, DARK] {
        let page = Page::open(screen).await;
        let contrast = "const light = (colour) => { \
              const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255) \
                .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)); \
              return 0.2126 * r + 0.7152 * g + 0.0722 * b; }; \
            const style = getComputedStyle(document.getElementById('email')); \
            const [low, high] = [light(style.borderTopColor), light(style.backgroundColor)].sort((a, b) => a - b); \
            return (high + 0.05) / (low + 0.05)";
        let contrast = run(&page.client, contrast).await.unwrap().as_f64().unwrap();
        assert!(contrast >= 3.0, "{contrast}");
        page.close().await;
    }
}

#[tokio::test]
async fn what_is_written_from_right_to_left_is_shown_so() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("לקנות חלב").await;
    page.send_message("what's open?").await;
    let directions = "return ['.task .title', '.message.user .words', '#message'] \
        .map((place) => getComputedStyle($(place)).direction)";
    assert_eq!(page.run(directions).await.unwrap(), json!(["rtl", "ltr", "ltr"]));
    page.fill("#message", "לקנות לחם").await;
    page.see_that("return getComputedStyle($('#message')).direction === 'rtl'").await;
    page.close().await;
}

/// The picture in README.md: copy `tests/artifacts/page.png` to `docs/page.png` when the page looks different.
#[tokio::test]
async fn a_day_of_somebody_who_uses_it_fits_on_one_page() {
    let (page, _) = Page::with_account(DESKTOP).await;
    for said in [
        "add call the dentist today 4pm, high priority #health",
        "add buy milk and bread tomorrow 6pm #shop",
        "add send the invoice to Maria on Friday, urgent #work",
        "add book the train to Hamburg next week #travel",
        "add water the plants on Saturday",
    ] {
        page.send_message(said).await;
    }
    page.click("#new-chat").await;
    page.send_message("what do I have to do today?").await;
    page.send_message("I called the dentist").await;
    page.send_message("add renew the passport by 12 January, high priority").await;
    page.see_text("#task-groups", "passport").await;
    assert_eq!(run(&page.client, OVERFLOW).await.unwrap(), json!(0));
    screenshot(&page.client, "page").await;
    page.close().await;
}
