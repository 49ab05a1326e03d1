//! No request is so large that it uses up what others share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use harness::{App, Caller};
use serde_json::{Value, json};

const BOTH: &str = "application/json, text/event-stream";

fn send(caller: &Caller, body: &str) -> (u16, Value) {
    let request = caller.request("POST", "/mcp").header("content-type", "application/json");
    let answer = request.header("accept", BOTH).body(body).send();
    let json = answer.json();
    (answer.status, json)
}

/// Runs something again and again while a neighbour reads their tasks; every answer to the neighbour must be one.
fn beside_a_neighbour(attack: impl Fn() + Sync) {
    let neighbour = App::shared().user();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let attackers: Vec<_> = (0..4).map(|_| scope.spawn(|| (0..4).for_each(|_| attack()))).collect();
        let watching = scope.spawn(|| {
            let mut statuses = Vec::new();
            while !is_over.load(Ordering::Relaxed) || statuses.len() < 10 {
                let list = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks"}}"#;
                statuses.push(send(&neighbour, list).0);
                // Slowly enough for the budget of calls a minute.
                std::thread::sleep(Duration::from_millis(150));
            }
            statuses
        });
        let attacked: Vec<_> = attackers.into_iter().map(|attacker| attacker.join()).collect();
        // Before any of them fails the test: the neighbour goes on until then.
        is_over.store(true, Ordering::Relaxed);
        for outcome in attacked {
            outcome.unwrap();
        }
        let statuses = watching.join().unwrap();
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    });
}

#[test]
fn arguments_that_would_fill_the_memory_harm_nobody() {
    let deep = format!("{}{}", "[".repeat(56), "]".repeat(56));
    let call = format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"delete_tasks","arguments":{{"filter":[{}]}}}}}}"#,
        vec![deep.as_str(); 9_000].join(",")
    );
    assert!(call.len() < 1_048_576, "{}", call.len());
    let attacker = App::shared().user();
    beside_a_neighbour(|| {
        let (status, answer) = send(&attacker, &call);
        assert_eq!(status, 413, "{answer}");
        assert_eq!(answer["error"]["code"], -32600, "{answer}");
    });
}

#[test]
fn a_batch_of_long_answers_is_cut_short_and_harms_nobody() {
    let user = App::shared().user();
    let notes = "\"".repeat(10_000);
    for number in 0..120 {
        user.post("/api/v1/tasks", &json!({"title": format!("task {number}"), "notes": notes})).expect(201);
    }
    let export = |id: u32| {
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
               "params": {"name": "export_tasks", "arguments": {"format": "json"}}})
    };
    let batch = Value::from((0..10).map(export).collect::<Vec<_>>()).to_string();
    beside_a_neighbour(|| {
        let (status, answers) = send(&user, &batch);
        assert_eq!(status, 200, "{answers}");
        let answers = answers.as_array().unwrap();
        assert_eq!(answers.len(), 10);
        assert!(answers[0]["result"].is_object());
        for (id, answer) in answers.iter().enumerate().skip(1) {
            assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(id), &json!(-32600)), "{answer}");
        }
    });
}
