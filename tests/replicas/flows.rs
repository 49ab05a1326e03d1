//! Every flow of the handshake revisions in which one request depends on another, many times in a row.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use harness::{Caller, by_depth};
use serde_json::{Value, json};

use crate::client::Client;
use crate::pair::Pair;

/// How often each flow is played.
fn times() -> usize {
    by_depth(100, 1_000)
}

/// Plays a flow so often, by several clients at once, and tells how far it is.
fn play(name: &str, threads: usize, flow: impl Fn(&Caller, &Client) + Sync) {
    let (played, times) = (AtomicUsize::new(0), times());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let user = Pair::shared().user();
                let client = Client::new(user.token.as_deref().unwrap());
                loop {
                    let number = played.fetch_add(1, Ordering::Relaxed);
                    if number >= times {
                        return;
                    }
                    flow(&user, &client);
                    if number % 250 == 249 {
                        println!("{name}: {} of {times}", number + 1);
                    }
                }
            });
        }
    });
}

/// A task to delete.
fn task(client: &Client) -> String {
    let added = client.request("tools/call", &json!({"name": "add_task", "arguments": {"title": "Report"}}));
    added["result"]["structuredContent"]["id"].as_str().unwrap().to_owned()
}

fn is_there(client: &Client, id: &str) -> bool {
    let found = client.request("tools/call", &json!({"name": "get_task", "arguments": {"id": id}}));
    found["result"]["isError"] != true
}

fn yes() -> Value {
    json!({"action": "accept", "content": {"confirm": true}})
}

#[test]
fn a_question_of_one_process_is_answered_at_the_other() {
    play("answered elsewhere", 8, |_, client| {
        let id = task(client);
        let mut events = client.call("delete_task", &json!({"id": id}));
        let question = events.next().unwrap();
        assert_eq!(question["method"], "elicitation/create");
        assert_eq!(client.answer(&question, &yes()), 202);
        let done = events.next().unwrap();
        assert_eq!((&done["id"], &done["result"]["structuredContent"]["id"]), (&json!(7), &json!(id)));
        assert_eq!(events.next(), None);
        assert!(!is_there(client, &id));
    });
}

#[test]
fn a_stream_that_broke_off_at_one_process_goes_on_at_the_other() {
    play("resumed elsewhere", 8, |_, client| {
        let id = task(client);
        let mut events = client.call("delete_task", &json!({"id": id}));
        let question = events.next().unwrap();
        let last = events.last_id.clone();
        drop(events);
        let mut rest = client.listen(Some(&last));
        assert_eq!(client.answer(&question, &yes()), 202);
        let done = rest.next().unwrap();
        assert_eq!(done["result"]["structuredContent"]["id"], json!(id));
        assert_eq!(rest.next(), None);
        // Whoever comes back once more finds the same.
        assert_eq!(client.listen(Some(&last)).next().unwrap(), done);
        assert!(!is_there(client, &id));
    });
}

#[test]
fn a_change_made_at_one_process_is_heard_of_at_the_other() {
    play("heard of elsewhere", 24, |user, client| {
        let id = task(client);
        let uri = format!("todo://tasks/{id}");
        client.request("resources/subscribe", &json!({"uri": uri}));
        let mut events = client.listen(None);
        client.request("tools/call", &json!({"name": "complete_task", "arguments": {"id": id}}));
        let heard = loop {
            let heard = events.next().unwrap();
            if heard["method"] == "notifications/resources/updated" {
                break heard;
            }
        };
        assert_eq!(heard["params"]["uri"], uri, "{}", user.id);
        client.request("resources/unsubscribe", &json!({"uri": uri}));
    });
}
