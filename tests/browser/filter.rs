//! The filter above the tasks.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, screenshot};
use crate::page::Page;

/// Writes a query and sends it off.
async fn filter(page: &Page, query: &str) {
    page.fill("#filter-query", &format!("{query}{}", Key::Enter)).await;
}

/// Shows these titles and no others.
async fn see_titles(page: &Page, titles: &[&str]) {
    let titles = serde_json::to_string(titles).unwrap();
    let shown = "[...document.querySelectorAll('#task-groups .title')].map((title) => title.textContent)";
    page.see_that(&format!("return JSON.stringify({shown}) === JSON.stringify({titles})")).await;
}

#[tokio::test]
async fn a_query_shows_the_tasks_of_which_it_holds_until_it_is_emptied() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    for task in [
        json!({"title": "Pay", "labels": ["home"], "priority": "urgent", "due": "2030-01-01"}),
        json!({"title": "Call", "labels": ["home", "waiting"], "due": "2030-01-02"}),
        json!({"title": "Read"}),
    ] {
        program.post("/api/v1/tasks", &task).expect(201);
    }
    page.client.refresh().await.unwrap();
    see_titles(&page, &["Pay", "Call", "Read"]).await;
    filter(&page, "@home & !@waiting | no date").await;
    see_titles(&page, &["Pay", "Read"]).await;
    screenshot(&page.client, "desktop-filter").await;
    filter(&page, "p2").await;
    page.see_text("#tasks-empty", "No task is like that.").await;
    filter(&page, "p1 & colour: red").await;
    page.see_text("#filter-problem", "There is no condition “colour:”").await;
    page.see("#filter-query[aria-invalid=true]").await;
    page.fill("#filter-query", "").await;
    page.see_that("document.getElementById('filter-query').dispatchEvent(new Event('input')); return true")
        .await;
    see_titles(&page, &["Pay", "Call", "Read"]).await;
    page.see("#filter-problem[hidden]").await;
    // The browser complains of the query that was refused.
    page.client.close().await.unwrap();
}
