//! Calls that run as tasks, and what is said on the way.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use test_server::{CALLER, body, next_message, run, stateless, test_server};

fn takes_tasks() -> Value {
    json!({"extensions": {"io.modelcontextprotocol/tasks": {}}})
}

fn call() -> Value {
    json!({"id": 1, "method": "tools/call", "params": {"name": "long"}})
}

async fn about(method: &str, id: &str) -> Value {
    let message = json!({"id": 2, "method": method, "params": {"taskId": id}});
    body(stateless(CALLER, takes_tasks(), message).await)
}

async fn created() -> String {
    let answer = body(stateless(CALLER, takes_tasks(), call()).await);
    assert_eq!(answer["result"]["resultType"], "task", "{answer}");
    answer["result"]["taskId"].as_str().unwrap().to_owned()
}

#[test]
fn a_long_call_goes_on_after_its_answer() {
    run(async {
        let id = created().await;
        assert_eq!(about("tasks/get", &id).await["result"]["status"], "working");
        tokio::time::sleep(Duration::from_secs(5)).await;
        let done = about("tasks/get", &id).await["result"].clone();
        assert_eq!((&done["resultType"], &done["status"]), (&json!("complete"), &json!("completed")));
        assert_eq!(done["result"]["structuredContent"], json!({"slept": 3}));
    });
}

#[test]
fn a_client_that_knows_no_tasks_waits_for_its_answer() {
    run(async {
        let answer = body(stateless(CALLER, json!({}), call()).await);
        assert_eq!(answer["result"]["structuredContent"], json!({"slept": 3}));
        let refused = body(
            stateless(CALLER, json!({}), json!({"id": 1, "method": "tasks/get", "params": {"taskId": "x"}}))
                .await,
        );
        assert_eq!(refused["error"]["code"], -32021);
    });
}

#[test]
fn a_task_whose_worker_is_gone_is_taken_over_by_whoever_looks() {
    run(async {
        let id = created().await;
        test_server().memory().abandon(id.parse().unwrap());
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(about("tasks/get", &id).await["result"]["status"], "working");
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(about("tasks/get", &id).await["result"]["status"], "completed");
    });
}

#[test]
fn a_task_that_is_given_up_stays_given_up() {
    run(async {
        let id = created().await;
        assert_eq!(about("tasks/cancel", &id).await["result"]["resultType"], "complete");
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(about("tasks/get", &id).await["result"]["status"], "cancelled");
        assert!(about("tasks/cancel", &id).await["result"].is_object());
        for unknown in ["nonsense", "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(about("tasks/get", unknown).await["error"]["code"], -32602);
        }
    });
}

#[test]
fn progress_is_told_before_the_answer_to_those_who_ask_for_it() {
    run(async {
        let mut message = call();
        message["params"]["_meta"] = json!({"progressToken": "p"});
        let mut reply = stateless(CALLER, json!({}), message).await;
        for step in 1..=3 {
            let told = next_message(&mut reply).await.unwrap();
            assert_eq!(told["method"], "notifications/progress");
            assert_eq!(
                told["params"],
                json!({"progressToken": "p", "progress": f64::from(step), "total": 3.0})
            );
        }
        assert_eq!(
            next_message(&mut reply).await.unwrap()["result"]["structuredContent"],
            json!({"slept": 3})
        );
        assert_eq!(next_message(&mut reply).await, None);
    });
}

#[test]
fn a_client_that_leaves_is_not_worked_for() {
    run(async {
        let linger = json!({"id": 1, "method": "tools/call", "params": {
            "name": "linger", "_meta": {"progressToken": "p"},
        }});
        for (stays, finished) in [(false, 0), (true, 1)] {
            let mut reply = stateless(CALLER, json!({}), linger.clone()).await;
            next_message(&mut reply).await.unwrap();
            let reply = stays.then_some(reply);
            tokio::time::sleep(Duration::from_secs(10)).await;
            assert_eq!(test_server().lingered.load(Ordering::Relaxed), finished);
            drop(reply);
        }
    });
}

#[test]
fn a_listener_hears_how_its_task_ends() {
    run(async {
        let id = created().await;
        let listen = json!({"id": 9, "method": "subscriptions/listen", "params": {"notifications": {"taskIds": [id]}}});
        let mut stream = stateless(CALLER, takes_tasks(), listen).await;
        let acknowledged = next_message(&mut stream).await.unwrap();
        assert_eq!(acknowledged["method"], "notifications/subscriptions/acknowledged");
        assert_eq!(acknowledged["params"]["notifications"]["taskIds"], json!([id]));
        let told = next_message(&mut stream).await.unwrap();
        assert_eq!(
            (&told["method"], &told["params"]["status"]),
            (&json!("notifications/tasks"), &json!("completed"))
        );
        assert_eq!(told["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], 9);
    });
}

#[test]
fn who_calls_too_often_learns_when_to_come_back() {
    run(async {
        let reply = stateless(
            CALLER,
            json!({}),
            json!({"id": 1, "method": "tools/call", "params": {"name": "busy"}}),
        )
        .await;
        assert_eq!(reply.status(), 429);
        assert_eq!(reply.headers()["retry-after"], "7");
        assert_eq!(reply.headers()["ratelimit"], "\"calls\";r=0;t=7");
        assert_eq!(body(reply)["error"]["data"]["retryAfterSeconds"], 7);
    });
}
