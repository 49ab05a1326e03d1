//! Finding tasks by words.

use serde_json::json;

use crate::tool_harness::{ToolHarness, User};

fn found(user: &User<'_>, query: &str) -> Vec<String> {
    user.titles("search-tasks", json!({ "query": query }))
}

#[test]
fn every_word_must_begin_a_word_of_the_task() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.ok("add-task", json!({ "title": "Buy milk", "notes": "from the market", "labels": ["home"] }));
    user.add("Buy bread");
    assert_eq!(found(&user, "mil"), ["Buy milk"]);
    assert_eq!(found(&user, "MARK buy hom"), ["Buy milk"]);
    assert_eq!(found(&user, "buy").len(), 2);
    assert!(found(&user, "ilk").is_empty());
    assert!(found(&user, "milk bread").is_empty());
}

#[test]
fn case_accents_and_scripts_do_not_stand_in_the_way() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.add("Café-Termin für Zoë");
    user.add("牛乳を買う");
    user.add("Купить МОЛОКО");
    assert_eq!(found(&user, "cafe zoe"), ["Café-Termin für Zoë"]);
    assert_eq!(found(&user, "TERMIN FÜR"), ["Café-Termin für Zoë"]);
    assert_eq!(found(&user, "乳"), ["牛乳を買う"]);
    assert_eq!(found(&user, "моло"), ["Купить МОЛОКО"]);
}

#[test]
fn titles_come_first_then_labels_then_notes_and_whole_words_before_beginnings() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.ok("add-task", json!({ "title": "b", "notes": "tax" }));
    user.ok("add-task", json!({ "title": "a", "labels": ["tax"] }));
    user.ok("add-task", json!({ "title": "taxi" }));
    user.ok("add-task", json!({ "title": "tax" }));
    assert_eq!(found(&user, "tax"), ["tax", "taxi", "a", "b"]);
}

#[test]
fn the_newest_comes_first_among_equals() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for (second, number) in (1..=3).enumerate() {
        user.later(i64::try_from(second).unwrap()).add(&format!("call {number}"));
    }
    assert_eq!(found(&user, "call"), ["call 3", "call 2", "call 1"]);
}

#[test]
fn open_tasks_are_meant_unless_said_otherwise() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let done = user.add("milk done");
    user.ok("complete-task", json!({ "id": done["id"] }));
    user.add("milk open");
    let by = |status: &str| user.titles("search-tasks", json!({ "query": "milk", "status": status }));
    assert_eq!(found(&user, "milk"), ["milk open"]);
    assert_eq!(by("done"), ["milk done"]);
    assert_eq!(by("all").len(), 2);
}

#[test]
fn the_limit_holds() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for _ in 0..12 {
        user.add("same");
    }
    assert_eq!(found(&user, "same").len(), 10);
    assert_eq!(user.titles("search-tasks", json!({ "query": "same", "limit": 3 })).len(), 3);
    assert_eq!(user.pointers("search-tasks", json!({ "query": "?", "limit": 51 })), ["/query", "/limit"]);
    assert_eq!(user.pointers("search-tasks", json!({ "query": "x".repeat(201) })), ["/query"]);
}

#[test]
fn signs_of_the_query_language_are_only_text() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.add("rock & roll!");
    for query in
        ["rock & roll", "rock | nothing", "'rock':*", "rock <-> roll", "!rock", "(rock", "rock\\", "rock:A"]
    {
        user.ok("search-tasks", json!({ "query": query }));
    }
    assert_eq!(found(&user, "rock & roll"), ["rock & roll!"]);
    assert!(found(&user, "rock | nothing").is_empty());
}

#[test]
fn a_strangers_tasks_are_not_found() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    alice.add("secret party");
    assert!(found(&bob, "secret").is_empty());
}
