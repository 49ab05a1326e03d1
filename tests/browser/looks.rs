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
