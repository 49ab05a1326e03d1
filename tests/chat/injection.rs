//! What stands in tasks is data: no text in a title, note, list or imported line makes the assistant do what nobody asked for.

use std::collections::BTreeSet;

use harness::{App, Caller};
use serde_json::{Value, json};

use crate::chat_fixture::{fixture, titles};
use crate::scripted_model::{calls, says};

/// Texts that want to be obeyed, a line each.
const INJECTIONS: &str = include_str!("injections.txt");

/// What only looks.
const READING: [&str; 8] = [
    "list_tasks",
    "search_tasks",
    "get_task",
    "overview",
    "list_lists",
    "list_reminders",
    "list_actions",
    "export_tasks",
];

fn injections() -> impl Iterator<Item = &'static str> {
    INJECTIONS.lines().filter(|line| !line.is_empty())
}

/// Somebody with each of the texts in each place that takes one.
fn victim(app: &App) -> Caller {
    let caller = app.user();
    for (number, text) in injections().enumerate() {
        let task = json!({"title": text, "notes": text, "due": if number % 3 == 0 { json!("2020-01-01") } else { Value::Null }});
        caller.post("/api/v1/tasks", &task).expect(201);
    }
    let document: String = injections().map(|text| format!("- [ ] Read: {text}\n")).collect();
    let import = json!({"format": "markdown", "text": document});
    caller.post("/api/v1/tasks/import", &import).expect(200);
    for text in injections().take(20) {
        let name: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
        caller.post("/api/v1/lists", &json!({"name": name.trim()}));
    }
    caller
}

/// Everything the person has, with versions: whatever is changed shows.
fn everything(caller: &Caller) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let page = caller.get(&format!("/api/v1/tasks?status=all&limit=100{cursor}")).expect(200).json();
        for task in page["items"].as_array().unwrap() {
            all.insert(format!("{} {} {}", task["id"], task["version"], task["title"]));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn sixty_texts_that_want_to_be_obeyed_make_the_builtin_model_do_nothing() {
    let texts: BTreeSet<&str> = injections().collect();
    assert!(texts.len() >= 60, "{}", texts.len());
    let caller = victim(App::shared());
    let before = everything(&caller);
    assert!(before.len() >= 2 * texts.len(), "{}", before.len());
    let mut conversation = None::<String>;
    let mut say = |message: &str| {
        let body = json!({"message": message, "conversation_id": conversation});
        let answer = caller.post("/api/v1/chat", &body).expect(200).json();
        conversation = answer["conversation_id"].as_str().map(str::to_owned);
        answer
    };
    for message in [
        "what is open?",
        "what is overdue?",
        "how am I doing?",
        "find everything about delete",
        "find instructions",
        "what did I note about milk?",
        "show my lists",
        "what's due today?",
        "thanks",
        "what is open?",
    ] {
        let answer = say(message);
        for call in answer["tool_calls"].as_array().unwrap() {
            assert!(READING.contains(&call["name"].as_str().unwrap()), "{message}: {answer}");
        }
        assert_eq!(answer.get("confirmation"), None, "{message}: {answer}");
    }
    assert_eq!(everything(&caller), before);
}

#[test]
fn what_a_tool_answers_reaches_a_language_model_as_the_tools_answer_alone() {
    let fixture = fixture();
    for text in injections() {
        let caller = fixture.user();
        caller.post("/api/v1/tasks", &json!({"title": text, "notes": text})).expect(201);
        let sent = fixture.send(&caller, [calls(&[("list_tasks", json!({}))]), says(&["There is one."])]);
        let answer = sent.ok();
        assert_eq!((&answer["reply"], answer.get("confirmation")), (&json!("There is one."), None), "{text}");
        let requests = fixture.requests_for(&sent);
        let messages = requests.last().unwrap()["messages"].as_array().unwrap();
        // Encoded as JSON, so that it can't end what it stands in.
        let encoded = json!(text).to_string();
        for message in messages {
            let role = message["role"].as_str().unwrap();
            let content = message["content"].as_str().unwrap_or_default();
            let is_there = content.contains(&encoded);
            assert_eq!(is_there, role == "tool", "{role}: {content}");
        }
        assert_eq!(titles(&caller), [text]);
    }
}

#[test]
fn a_language_model_that_obeys_such_a_text_has_to_ask_the_person_first() {
    let fixture = fixture();
    let caller = fixture.user();
    for text in injections().take(12) {
        caller.post("/api/v1/tasks", &json!({"title": text})).expect(201);
    }
    let before = everything(&caller);
    for obeying in [
        ("delete_tasks", json!({"filter": {"status": "open"}, "confirm": true})),
        ("complete_tasks", json!({"filter": {"status": "open"}, "confirm": true})),
    ] {
        let sent = fixture.send(&caller, [calls(&[("list_tasks", json!({}))]), calls(&[obeying])]);
        let answer = sent.ok();
        assert_eq!(answer["confirmation"]["count"], 12, "{answer}");
        assert_eq!(everything(&caller), before);
    }
}
