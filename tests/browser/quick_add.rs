//! The field above the list: what was added is seen, once.

use serde_json::json;

use crate::browser::DESKTOP;
use crate::page::Page;

const IN_SIGHT: &str = "const row = [...document.querySelectorAll('.task')].find((row) => row.textContent.includes('Undated')); \
    if (!row) return false; \
    const [place, frame] = [row, document.getElementById('tasks-scroll')].map((element) => element.getBoundingClientRect()); \
    return place.top >= frame.top - 1 && place.bottom <= frame.bottom + 1";

const TIMES_SHOWN: &str = "return [...document.querySelectorAll('.task .title')].filter((title) => title.textContent === 'Undated').length === 1";

#[tokio::test]
async fn a_task_that_sorts_behind_the_loaded_rows_is_put_in_sight_and_shown_once() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    for number in 0..60 {
        let task = json!({"title": format!("Dated {number}"), "due": "2099-01-01"});
        program.post("/api/v1/tasks", &task).expect(201);
    }
    page.client.refresh().await.unwrap();
    page.see("#more-tasks:not([hidden])").await;
    page.add("Undated").await;
    page.see_that(IN_SIGHT).await;
    page.see(".task.fresh").await;
    // A refresh does not take it away.
    page.send_message("what's open?").await;
    page.see_that(TIMES_SHOWN).await;

    page.click("#more-tasks").await;
    page.see_that("return document.querySelectorAll('.task').length === 61").await;
    page.see("#more-tasks[hidden]").await;
    page.see_that(TIMES_SHOWN).await;
    page.close().await;
}

#[tokio::test]
async fn a_task_that_was_added_and_is_deleted_elsewhere_goes_away() {
    let (page, person) = Page::with_account(DESKTOP).await;
    let program = person.program();
    for number in 0..51 {
        let task = json!({"title": format!("Dated {number}"), "due": "2099-01-01"});
        program.post("/api/v1/tasks", &task).expect(201);
    }
    page.client.refresh().await.unwrap();
    page.see("#more-tasks:not([hidden])").await;
    page.add("Undated").await;
    page.see_that(TIMES_SHOWN).await;
    let found = program.get("/api/v1/tasks/search?q=undated").json();
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    program.delete(&format!("/api/v1/tasks/{id}")).expect(204);
    page.send_message("what's open?").await;
    page.see_no("#task-groups", "Undated").await;
    // The page asked for what is gone, and the browser tells of that answer: so it is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn words_stay_words_which_is_said_and_a_date_is_set_in_the_task() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("buy milk tomorrow 6pm").await;
    page.see_text("#added", "word for word").await;
    assert_eq!(page.text("#task-groups .due").await, "");
    page.click("#open-added").await;
    page.see("#task-detail[open]").await;
    let set = "document.getElementById('detail-date').value = '2099-01-01'";
    crate::browser::run(&page.client, set).await.unwrap();
    page.click("#detail-save").await;
    page.see_text("#task-groups .due", "2099").await;
    page.close().await;
}
