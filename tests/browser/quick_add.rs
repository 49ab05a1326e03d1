//! The field above the list: how a line is read is seen while it is typed, and what was added is seen, once.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{DARK, DESKTOP, PHONE, run, screenshot};
use crate::network::{Loss, lose, restore};
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

/// The words of the chips below the field.
const CHIPS: &str =
    "return [...document.querySelectorAll('#quick-chips span')].map((chip) => chip.textContent).join(' | ')";

/// Waits until the chips say this.
async fn see_chips(page: &Page, expected: &str) {
    page.wait_for(expected, async || {
        run(&page.client, CHIPS).await.is_ok_and(|said| said == json!(expected))
    })
    .await;
}

#[tokio::test]
async fn a_line_is_read_while_it_is_typed_and_added_by_enter() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.fill("#quick-title", "Pay rent 2099-03-05 9:00 p1 #home").await;
    see_chips(&page, "due Thu 5 Mar 2099 09:00 | urgent priority | #home").await;
    // Said politely, and not shown as a task yet.
    page.see_text("#quick-reading", "urgent priority").await;
    page.see_that(
        "return document.getElementById('announcer').textContent.includes('due Thu 5 Mar 2099 09:00')",
    )
    .await;
    page.see_that("return document.querySelectorAll('.task').length === 0").await;
    screenshot(&page.client, "desktop-quick-add").await;

    page.see("#quick-title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#task-groups .title", "Pay rent").await;
    page.see_text("#task-groups .due", "2099").await;
    page.see_text("#added", "urgent priority").await;
    page.see("#quick-reading[hidden]").await;
    page.see_that("return document.getElementById('quick-title').value === ''").await;
    let tasks = person.program().get("/api/v1/tasks").expect(200).json();
    let task = &tasks["items"][0];
    assert_eq!((&task["title"], &task["labels"]), (&json!("Pay rent"), &json!(["home"])));

    page.click("#open-added").await;
    page.see("#task-detail[open]").await;
    page.close().await;
}

#[tokio::test]
async fn a_part_is_taken_back_by_its_button_and_stays_in_the_title() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#quick-title", "See Anna friday p2").await;
    page.wait_for("two chips", async || {
        page.client.find_all(Locator::Css("#quick-chips li")).await.is_ok_and(|chips| chips.len() == 2)
    })
    .await;
    // By the keyboard: behind the field come its button and the chips' own.
    for _ in 0..2 {
        page.client.active_element().await.unwrap().send_keys(&Key::Tab.to_string()).await.unwrap();
    }
    let focused = "return document.activeElement.getAttribute('aria-label')";
    assert_eq!(run(&page.client, focused).await.unwrap(), json!("Keep “friday” in the title"));
    page.client.active_element().await.unwrap().send_keys(&Key::Enter.to_string()).await.unwrap();
    see_chips(&page, "high priority").await;
    page.see_that("return document.activeElement.id === 'quick-title'").await;

    page.see("#quick-title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#task-groups .title", "See Anna friday").await;
    assert_eq!(page.text("#task-groups .due").await, "");
    page.close().await;
}

#[tokio::test]
async fn a_list_that_is_not_there_is_said_and_nothing_is_added_before_it_is_taken_back() {
    let (page, _) = Page::with_account(PHONE).await;
    page.click("#view-tasks").await;
    page.fill("#quick-title", "Buy jam +larder tomorrow").await;
    page.see(".chip-read.unknown_list").await;
    page.see_text("#quick-notice", "no list called “larder”").await;
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(run(&page.client, overflow).await.unwrap(), json!(0));
    screenshot(&page.client, "phone-quick-add").await;

    page.see("#quick-title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#tasks-problem", "no list called “larder”").await;
    page.click(".chip-read.unknown_list button").await;
    page.see_that("return document.querySelector('.chip-read.unknown_list') === null && document.querySelectorAll('.chip-read').length === 1").await;
    page.click("#quick-add button").await;
    page.see_text("#task-groups .title", "Buy jam +larder").await;
    page.see_text("#task-groups .due", "tomorrow").await;
    page.see_that("return document.getElementById('tasks-problem').hidden").await;
    // The refusal is an error in the browser's log, as it should be: so this page is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn a_preview_that_is_lost_disturbs_nobody_and_enter_still_adds() {
    let (page, _) = Page::with_account(DESKTOP).await;
    lose(&page, Loss::Request, "POST", "/api/v1/tasks/quick").await;
    page.fill("#quick-title", "Water the plants tomorrow").await;
    // Longer than the page waits before it reads.
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.see("#quick-reading[hidden]").await;
    page.see("#tasks-problem[hidden]").await;
    restore(&page).await;
    page.see("#quick-title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#task-groups .due", "tomorrow").await;
    page.close().await;
}

/// WCAG 2.2, success criteria 1.4.3 and 2.5.8: words that can be read, and buttons that can be hit.
#[tokio::test]
async fn chips_can_be_read_and_hit_by_day_and_by_night() {
    for screen in [DESKTOP, DARK] {
        let (page, _) = Page::with_account(screen).await;
        page.fill("#quick-title", "Buy jam tomorrow +larder").await;
        page.see(".chip-read.unknown_list").await;
        let measured = "const light = (colour) => { \
              const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255) \
                .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)); \
              return 0.2126 * r + 0.7152 * g + 0.0722 * b; }; \
            return [...document.querySelectorAll('.chip-read')].map((chip) => { \
              const style = getComputedStyle(chip); \
              const [low, high] = [light(style.color), light(style.backgroundColor)].sort((a, b) => a - b); \
              const { width, height } = chip.querySelector('button').getBoundingClientRect(); \
              return [(high + 0.05) / (low + 0.05), Math.min(width, height)]; })";
        let measured = run(&page.client, measured).await.unwrap();
        assert_eq!(measured.as_array().map(Vec::len), Some(2));
        for chip in measured.as_array().unwrap() {
            assert!(chip[0].as_f64().unwrap() >= 4.5 && chip[1].as_f64().unwrap() >= 24.0, "{chip}");
        }
        page.close().await;
    }
}
