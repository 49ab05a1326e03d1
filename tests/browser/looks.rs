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
    page.say("add buy milk tomorrow 6pm").await;
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
    dark.say("add buy milk tomorrow 6pm, urgent #shop").await;
    dark.see_text("#task-groups", "buy milk").await;
    screenshot(&dark.client, "dark").await;
    dark.close().await;
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
        page.say(said).await;
    }
    page.click("#new-chat").await;
    page.say("what do I have to do today?").await;
    page.say("I called the dentist").await;
    page.say("add renew the passport by 12 January, high priority").await;
    page.see_text("#task-groups", "passport").await;
    assert_eq!(run(&page.client, OVERFLOW).await.unwrap(), json!(0));
    screenshot(&page.client, "page").await;
    page.close().await;
}
