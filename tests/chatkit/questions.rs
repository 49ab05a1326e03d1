//! Questions that are answered by a form.

use serde_json::{Value, json};

use crate::client::{Client, Stream, kinds, text};
use crate::scripted_model::{calls, says};

/// Has somebody asked whether a task shall be deleted: the thread and the question. Then the model plays what is given.
fn asked(client: &Client, task: &str, after: &str) -> (String, Value) {
    let stream = client.create([calls(&[("delete_task", json!({"id": task}))]), says(&[after])]);
    let question = stream.done("structured_input")[0].clone();
    assert_eq!(question["status"], "pending");
    (stream.thread(), question)
}

fn answer(client: &Client, thread: &str, item: &Value, submission: Value) -> Stream {
    let params = json!({"thread_id": thread, "item_id": item["id"], "input": submission});
    client.stream("threads.add_structured_input", params)
}

fn yes() -> Value {
    json!({"status": "answered", "answers": {"confirm": {"values": ["Yes"]}}})
}

#[test]
fn a_yes_runs_what_was_asked_about_and_is_shown_in_the_question_alone() {
    let client = Client::new();
    let id = client.add_task("milk");
    let (thread, question) = asked(&client, &id, "Gone.");
    assert_eq!(question["inputs"][0]["question"], "Do you want to delete the task “milk”?");
    assert_eq!(question["inputs"][0]["id"], "confirm_destructive", "a client can warn");
    assert_eq!(question["inputs"][0]["options"], json!([{"value": "Delete"}, {"value": "Keep it"}]));
    assert_eq!(client.titles(), ["milk"], "nothing is done before the yes");

    let stream = answer(&client, &thread, &question, yes());
    assert_eq!(stream.kinds()[..2], ["stream_options", "thread.item.replaced"]);
    let replaced = &stream.events[1]["item"];
    assert_eq!((&replaced["id"], &replaced["status"]), (&question["id"], &json!("answered")));
    assert_eq!(replaced["inputs"][0]["answer"], json!({"values": ["Delete"], "skipped": false}));
    assert_eq!(replaced["created_at"], question["created_at"]);
    assert_eq!(stream.words(), "Gone.");
    assert_eq!(stream.select("client_effect")[0]["data"]["ids"], json!([id]));
    assert_eq!(client.titles(), Vec::<String>::new());

    let items = client.items(&thread);
    assert_eq!(kinds(&items), ["user_message", "assistant_message", "structured_input", "assistant_message"]);
    assert_eq!(items[2], *replaced);
}

#[test]
fn a_no_and_a_skip_do_nothing_and_are_remembered_as_what_they_were() {
    for (submission, status, answered) in [
        (
            json!({"answers": {"confirm": {"values": ["No"]}}}),
            "answered",
            json!({"values": ["Keep it"], "skipped": false}),
        ),
        (
            json!({"answers": {"confirm": {"values": ["Keep it"]}}}),
            "answered",
            json!({"values": ["Keep it"], "skipped": false}),
        ),
        (json!({"status": "skipped"}), "skipped", json!({"values": [], "skipped": true})),
        (
            json!({"answers": {"other": {"values": ["Yes"]}}}),
            "skipped",
            json!({"values": [], "skipped": true}),
        ),
    ] {
        let client = Client::new();
        let id = client.add_task("milk");
        let (thread, question) = asked(&client, &id, "Kept.");
        let stream = answer(&client, &thread, &question, submission);
        assert_eq!(stream.select("thread.item.replaced")[0]["item"]["status"], status);
        assert_eq!(client.titles(), ["milk"]);
        let items = client.items(&thread);
        assert_eq!((&items[2]["status"], &items[2]["inputs"][0]["answer"]), (&json!(status), &answered));
    }
}

#[test]
fn an_answer_that_is_none_of_the_values_is_refused_and_can_be_given_again() {
    let client = Client::new();
    let id = client.add_task("milk");
    let (thread, question) = asked(&client, &id, "Gone.");
    let submission = json!({"answers": {"confirm": {"values": ["Maybe"]}}});
    let params = json!({"thread_id": thread, "item_id": question["id"], "input": submission});
    let refused = client.request("threads.add_structured_input", params).expect(400).json();
    assert_eq!(refused["type"], "/problems/invalid-request");
    assert_eq!(refused["errors"][0]["pointer"], "/params/input/answers/confirm/values/0");
    assert_eq!(refused["errors"][0]["detail"], "It has to be “Delete” or “Keep it”.");
    answer(&client, &thread, &question, yes());
    assert_eq!(client.titles(), Vec::<String>::new());
}

#[test]
fn a_question_is_answered_once() {
    let client = Client::new();
    let id = client.add_task("milk");
    let (thread, question) = asked(&client, &id, "Gone.");
    answer(&client, &thread, &question, yes());
    let params = json!({"thread_id": thread, "item_id": question["id"], "input": yes()});
    let again = client.request("threads.add_structured_input", params).expect(409);
    assert_eq!(again.json()["type"], "/problems/nothing-to-confirm");
}

#[test]
fn an_old_question_does_not_answer_a_new_one() {
    let client = Client::new();
    let (first, second) = (client.add_task("milk"), client.add_task("bread"));
    let (thread, question) = asked(&client, &first, "Gone.");
    let newer = client.say(&thread, [calls(&[("delete_task", json!({"id": second}))])]);
    assert_eq!(newer.done("structured_input").len(), 1);
    let params = json!({"thread_id": thread, "item_id": question["id"], "input": yes()});
    client.request("threads.add_structured_input", params).expect(409);
    assert_eq!(client.titles(), ["bread", "milk"]);
    let items = client.items(&thread);
    assert_eq!(items[2]["status"], "skipped", "it was passed over");
}

#[test]
fn a_yes_that_fails_can_be_given_again() {
    let client = Client::new();
    let id = client.add_task("milk");
    let stream = client.create([calls(&[("delete_task", json!({"id": id}))])]);
    let thread = stream.thread();
    let question = stream.done("structured_input")[0].clone();
    // The script is over: the model fails once the task is deleted, so the answer says so.
    let after = answer(&client, &thread, &question, yes());
    assert_eq!(client.titles(), Vec::<String>::new());
    assert!(after.words().contains("What was done so far stays"), "{}", after.words());
    assert_eq!(text(&client.items(&thread)[2]["status"]), "answered");
}

#[test]
fn an_answer_says_what_it_does_and_to_how_many_tasks() {
    let client = Client::new();
    let ids = [client.add_task("milk"), client.add_task("bread")];
    let deletions = ids.each_ref().map(|id| ("delete_task", json!({"id": id})));
    let stream = client.create([calls(&deletions), says(&["Gone."])]);
    let question = stream.done("structured_input")[0].clone();
    assert_eq!(
        question["inputs"][0]["options"],
        json!([{"value": "Delete 2 tasks"}, {"value": "Keep them"}])
    );
    let submission = json!({"answers": {"confirm_destructive": {"values": ["Delete 2 tasks"]}}});
    let after = answer(&client, &stream.thread(), &question, submission);
    assert_eq!(after.words(), "Gone.");
    assert_eq!(client.titles(), Vec::<String>::new());
}

#[test]
fn a_question_whose_yes_deletes_nothing_warns_of_nothing() {
    let client = Client::new();
    for title in ["milk", "bread"] {
        client.add_task(title);
    }
    let complete = ("complete_tasks", json!({"filter": {"status": "open"}}));
    let stream = client.create([calls(&[complete]), says(&["Done."])]);
    let question = stream.done("structured_input")[0].clone();
    assert_eq!(question["inputs"][0]["id"], "confirm");
    assert_eq!(question["inputs"][0]["options"][0], json!({"value": "Complete 2 tasks"}));
    assert_eq!(answer(&client, &stream.thread(), &question, yes()).words(), "Done.");
}

#[test]
fn an_answer_with_a_key_is_safe_to_send_again() {
    let client = Client::new();
    let id = client.add_task("milk");
    let (thread, question) = asked(&client, &id, "Gone.");
    let send = |submission: Value| {
        let params = json!({"thread_id": thread, "item_id": question["id"], "input": submission});
        let body = json!({"type": "threads.add_structured_input", "params": params});
        client.caller.request("POST", "/chatkit").json(&body).header("idempotency-key", "yes").send()
    };
    let first = Stream::read(send(yes()).expect(200));
    let again = Stream::read(send(yes()).expect(200));
    for stream in [&first, &again] {
        assert_eq!(stream.kinds()[..2], ["stream_options", "thread.item.replaced"]);
        assert_eq!(stream.words(), "Gone.");
    }
    assert_eq!(first.done("assistant_message"), again.done("assistant_message"));
    assert_eq!(client.titles(), Vec::<String>::new());
    assert_eq!(client.items(&thread).len(), 4);
    let other = send(json!({"status": "skipped"})).expect(400);
    assert_eq!(other.json()["type"], "/problems/invalid-request");
}
