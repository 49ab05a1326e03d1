//! Buttons say what a yes does and to how many tasks; what was done to many is told once.

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::DESKTOP;
use crate::modules::ask;
use crate::network::{answer_by_hand, end, send_event};
use crate::page::Page;

#[tokio::test]
async fn the_buttons_say_what_a_yes_does_and_to_how_many_tasks() {
    let page = Page::open(DESKTOP).await;
    for (confirmation, yes, no) in [
        (
            json!({"tool": "delete_tasks", "action": "delete_tasks", "count": 61}),
            "Delete 61 tasks",
            "Keep them",
        ),
        (json!({"tool": "delete_task", "action": "delete_tasks", "count": 2}), "Delete 2 tasks", "Keep them"),
        (json!({"tool": "delete_task", "action": "delete_tasks", "count": 1}), "Delete", "Keep it"),
        (
            json!({"tool": "complete_tasks", "action": "complete_tasks", "count": 1200}),
            "Complete 1,200 tasks",
            "Leave them open",
        ),
        (
            json!({"tool": "complete_task", "action": "complete_tasks", "count": 1}),
            "Complete",
            "Leave it open",
        ),
        (
            json!({"tool": "update_task", "action": "update_tasks", "count": 3}),
            "Change 3 tasks",
            "Leave them",
        ),
        // A server of the release before says neither.
        (json!({"tool": "delete_task"}), "Yes, delete", "No, keep it"),
        (json!({"tool": "delete_tasks"}), "Yes, delete", "No, keep them"),
        (json!({"tool": "complete_tasks"}), "Yes, do it", "No, don’t"),
        (json!({"tool": "delete_task", "action": "run_tools", "count": 2}), "Yes, do it", "No, don’t"),
        (json!({"tool": "empty_trash", "action": "run_tools", "count": 0}), "Yes, do it", "No, don’t"),
    ] {
        let words = ask(&page, "question", &format!("return module.answerWords({confirmation})")).await;
        assert_eq!(words, json!([yes, no]), "{confirmation}");
    }
    page.close().await;
}

#[tokio::test]
async fn completing_many_has_buttons_and_what_was_done_to_many_is_one_chip() {
    let (page, _) = Page::with_account(DESKTOP).await;
    answer_by_hand(&page).await;
    page.fill("#message", "delete what is old and complete the rest").await;
    page.see("#message").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    let called = |id: &str, name: &str, wording: Value| json!({"id": id, "name": name, "wording": wording, "arguments": {}});
    let delete = json!({"verb": "delete", "running": "Deleting {tasks}", "done": "Deleted {tasks}"});
    let complete = json!({"verb": "complete", "running": "Completing {tasks}", "done": "Completed {tasks}"});
    for call in 0..25 {
        send_event(&page, "tool_call", &called(&format!("d{call}"), "delete_task", delete.clone())).await;
    }
    page.see_text(".step.running", "Deleting 25 tasks").await;
    for call in 0..25 {
        let failed = call >= 23;
        let id = format!("d{call}");
        send_event(
            &page,
            "tool_result",
            &json!({"id": id, "name": "delete_task", "failed": failed, "content": {}}),
        )
        .await;
    }
    send_event(&page, "tool_call", &called("c", "complete_tasks", complete)).await;
    let outcome = json!({"dry_run": false, "count": 61, "remaining": 0});
    send_event(
        &page,
        "tool_result",
        &json!({"id": "c", "name": "complete_tasks", "failed": false, "content": outcome}),
    )
    .await;
    send_event(&page, "tool_call", &called("t", "delete_tasks", delete)).await;
    let tried = json!({"dry_run": true, "count": 7, "remaining": 0});
    send_event(
        &page,
        "tool_result",
        &json!({"id": "t", "name": "delete_tasks", "failed": false, "content": tried}),
    )
    .await;
    let question = json!({"tool": "complete_tasks", "action": "complete_tasks", "count": 12, "calls": []});
    end(&page, "Do you want to complete 12 tasks?", Some(question)).await;
    page.see_text(".question .yes", "Complete 12 tasks").await;
    page.see_text(".question .no", "Leave them open").await;

    let mut chips = Vec::new();
    for chip in page.client.find_all(Locator::Css(".step")).await.unwrap() {
        chips.push(chip.text().await.unwrap());
    }
    assert_eq!(
        chips,
        ["Deleted 23 tasks", "Deleting 2 tasks failed", "Completed 61 tasks", "Looked at your tasks"]
    );
    page.close().await;
}

#[tokio::test]
async fn deleting_several_tasks_counts_them_in_the_button() {
    let (page, _) = Page::with_account(DESKTOP).await;
    for title in ["Old receipt one", "Old receipt two"] {
        page.add(title).await;
    }
    page.send_message("delete all tasks").await;
    page.see_text(".question .yes", "Delete 2 tasks").await;
    page.see_text(".question .no", "Keep them").await;
    page.click(".question .yes").await;
    page.answer().await;
    page.see_no("#task-groups", "Old receipt").await;
    page.close().await;
}
