//! Another answer to a message.

use serde_json::{Value, json};

use crate::client::{Client, fixture, input, kinds, text};
use crate::scripted_model::{Piece, Reply, calls, says, words};

fn retry(client: &Client, thread: &str, item: &Value) -> crate::client::Stream {
    client.stream("threads.retry_after_item", json!({"thread_id": thread, "item_id": item["id"]}))
}

#[test]
fn a_message_whose_answer_failed_is_answered_by_a_retry() {
    let client = Client::new();
    let cut = Reply::Stream(vec![words("So "), Piece::Cut]);
    let failed = client.create([cut, says(&["Here it is."])]);
    assert_eq!(failed.kinds().last(), Some(&"error"));
    let said = failed.done("user_message")[0];
    let stream = retry(&client, &failed.thread(), said);
    assert_eq!(stream.kinds()[0], "stream_options");
    assert_eq!(stream.words(), "Here it is.");
    let items = client.items(&failed.thread());
    assert_eq!(kinds(&items), ["user_message", "assistant_message"]);
}

#[test]
fn another_answer_stands_in_the_place_of_all_that_came_after_the_message() {
    let client = Client::new();
    client.add_task("milk");
    let word =
        fixture().model.script([calls(&[("list_tasks", json!({}))]), says(&["First."]), says(&["Second."])]);
    let first = client.stream("threads.create", json!({"input": input(&word)}));
    let thread = first.thread();
    client.say(&thread, [says(&["Later."])]);
    assert_eq!(client.items(&thread).len(), 5);
    let stream = retry(&client, &thread, first.done("user_message")[0]);
    assert_eq!(stream.words(), "Second.");
    let items = client.items(&thread);
    assert_eq!(kinds(&items), ["user_message", "assistant_message"]);
    assert_eq!(items[1]["content"][0]["text"], "Second.");
    // What was taken back is unknown to the model, too.
    let asked = fixture().model.requests(&word)[2].to_string();
    assert!(!asked.contains("First.") && !asked.contains("Later."), "{asked}");
    client.say(&thread, [says(&["Goes on."])]);
    assert_eq!(client.items(&thread).len(), 4);
}

#[test]
fn what_has_changed_tasks_is_told_again_and_not_done_again() {
    let client = Client::new();
    let stream = client.create([calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added."])]);
    let thread = stream.thread();
    for _ in 0..3 {
        let again = retry(&client, &thread, stream.done("user_message")[0]);
        assert_eq!(again.kinds(), ["stream_options", "thread.item.done", "thread.item.done"]);
        assert_eq!(again.done("assistant_message"), stream.done("assistant_message"));
    }
    assert_eq!(client.titles(), ["milk"]);
    assert_eq!(client.items(&thread).len(), 3);
}

#[test]
fn a_question_that_is_retried_is_asked_anew_and_answered_once() {
    let client = Client::new();
    let id = client.add_task("milk");
    let deletion = || calls(&[("delete_task", json!({"id": id}))]);
    let word = fixture().model.script([deletion(), deletion(), says(&["Gone."])]);
    let first = client.stream("threads.create", json!({"input": input(&word)}));
    let thread = first.thread();
    let again = retry(&client, &thread, first.done("user_message")[0]);
    let yes = |item: &Value| {
        let submission = json!({"answers": {"confirm": {"values": ["Yes"]}}});
        client.request(
            "threads.add_structured_input",
            json!({"thread_id": thread, "item_id": item["id"], "input": submission}),
        )
    };
    yes(first.done("structured_input")[0]).expect(404);
    yes(again.done("structured_input")[0]).expect(200);
    assert_eq!(client.titles(), Vec::<String>::new());
}

#[test]
fn only_a_message_of_the_person_is_answered() {
    let client = Client::new();
    client.add_task("milk");
    let stream = client.create([calls(&[("list_tasks", json!({}))]), says(&["One."])]);
    for item in [stream.done("assistant_message")[0], stream.done("widget")[0]] {
        let params = json!({"thread_id": stream.thread(), "item_id": item["id"]});
        let refused = client.request("threads.retry_after_item", params).expect(409);
        assert_eq!(refused.json()["type"], "/problems/wrong-item-kind");
    }
    let params = json!({"thread_id": stream.thread(), "item_id": stream.thread()});
    client.request("threads.retry_after_item", params).expect(404);
    assert_eq!(text(&client.items(&stream.thread())[1]["type"]), "assistant_message");
}
