//! A click on a title opens the task; only the box completes it.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DESKTOP, PHONE, screenshot};
use crate::page::{Page, Person};

/// Opens the page with one task that has everything.
async fn with_task(screen: crate::browser::Screen) -> (Page, Person, String) {
    let (page, person) = Page::with_account(screen).await;
    let task = json!({
        "title": "Call Ann", "notes": "About the trip", "due": "2099-01-01", "priority": "high", "labels": ["family"],
    });
    let added = person.program().post("/api/v1/tasks", &task).expect(201).json();
    page.client.refresh().await.unwrap();
    page.see("#app:not([hidden])").await;
    (page, person, added["id"].as_str().unwrap().to_owned())
}

async fn value(page: &Page, selector: &str) -> String {
    page.see(selector).await.prop("value").await.unwrap().unwrap_or_default()
}

#[tokio::test]
async fn a_click_on_a_title_opens_the_task_with_its_notes_and_completes_nothing() {
    let (page, _, _) = with_task(PHONE).await;
    page.click("#view-tasks").await;
    page.click(".task .title").await;
    page.see("#task-detail[open]").await;
    for (field, expected) in [
        ("#detail-title", "Call Ann"),
        ("#detail-notes", "About the trip"),
        ("#detail-date", "2099-01-01"),
        ("#detail-time", ""),
        ("#detail-priority", "high"),
        ("#detail-labels", "family"),
    ] {
        assert_eq!(value(&page, field).await, expected, "{field}");
    }
    screenshot(&page.client, "phone-task").await;
    page.click("#detail-close").await;
    page.see("#task-detail:not([open])").await;
    page.see(".task:not(.done)").await;
    page.click(".task input").await;
    page.see(".task.done").await;
    page.close().await;
}

#[tokio::test]
async fn a_task_is_opened_and_closed_with_the_keyboard_which_stays_where_it_was() {
    let (page, _, id) = with_task(DESKTOP).await;
    page.see(".task .title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see("#task-detail[open]").await;
    page.see_that("return document.activeElement.id === 'detail-heading'").await;
    page.see("#detail-title").await.send_keys(&Key::Escape.to_string()).await.unwrap();
    page.see("#task-detail:not([open])").await;
    let focused = page.client.active_element().await.unwrap();
    assert_eq!(focused.attr("id").await.unwrap(), Some(format!("title-{id}")));
    page.close().await;
}

#[tokio::test]
async fn what_is_changed_in_the_task_is_stored_and_the_rest_stays() {
    let (page, person, id) = with_task(DESKTOP).await;
    page.click(".task .title").await;
    page.fill("#detail-title", "Call Ann and Bob").await;
    page.fill("#detail-labels", "family, Travel #trip").await;
    page.see("#detail-priority").await.select_by_value("urgent").await.unwrap();
    page.click("#detail-save").await;
    page.see("#task-detail:not([open])").await;
    page.see_text("#task-groups", "Call Ann and Bob").await;
    page.see_text(".priority.urgent", "urgent").await;
    let task = person.program().get(&format!("/api/v1/tasks/{id}")).json();
    assert_eq!(task["title"], json!("Call Ann and Bob"));
    assert_eq!(task["labels"], json!(["family", "travel", "trip"]));
    assert_eq!(task["priority"], json!("urgent"));
    assert_eq!((&task["notes"], &task["due"]), (&json!("About the trip"), &json!("2099-01-01")));
    page.close().await;
}

#[tokio::test]
async fn a_change_made_elsewhere_meanwhile_is_not_overwritten_and_can_be_seen() {
    let (page, person, id) = with_task(DESKTOP).await;
    page.click(".task .title").await;
    page.see("#task-detail[open]").await;
    let program = person.program();
    program.patch(&format!("/api/v1/tasks/{id}"), &json!({"title": "Call Bob"})).expect(200);
    page.fill("#detail-notes", "About the party").await;
    page.click("#detail-save").await;
    page.see_text("#detail-problem", "changed elsewhere").await;
    assert_eq!(value(&page, "#detail-notes").await, "About the party", "what was typed stays");
    page.click("#detail-reload").await;
    page.see_that("return document.getElementById('detail-title').value === 'Call Bob'").await;
    page.fill("#detail-notes", "About the party").await;
    page.click("#detail-save").await;
    page.see("#task-detail:not([open])").await;
    let task = program.get(&format!("/api/v1/tasks/{id}")).json();
    assert_eq!((&task["title"], &task["notes"]), (&json!("Call Bob"), &json!("About the party")));
    // The refusal is an error in the browser's log, as it should be: so this page is not asked for complaints.
    page.client.close().await.unwrap();
}
