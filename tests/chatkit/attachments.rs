//! Files: announced, uploaded, sent, and their lines added as tasks.

use harness::Answer;
use serde_json::{Value, json};

use crate::client::{Client, fixture, text};

fn announce(client: &Client, name: &str, mime_type: &str, size: usize) -> Value {
    client.json("attachments.create", json!({"name": name, "size": size, "mime_type": mime_type}))
}

fn upload(client: &Client, file: &Value, content: &[u8]) -> Answer {
    let url = text(&file["upload_descriptor"]["url"]);
    let path = url.strip_prefix(&fixture().app.url).expect("an address of the app");
    assert_eq!(file["upload_descriptor"]["method"], "POST");
    client.caller.request("POST", path).header("content-type", "text/plain").body(content).send()
}

fn send(client: &Client, files: &[&Value]) -> Answer {
    let ids: Vec<&Value> = files.iter().map(|file| &file["id"]).collect();
    let input = json!({"content": [], "attachments": ids, "inference_options": {}});
    client.request("threads.create", json!({"input": input}))
}

/// A thread with a file of these lines: the thread and its widget.
fn offered(client: &Client, lines: &str) -> (String, Value) {
    let file = announce(client, "list.txt", "text/plain", lines.len());
    upload(client, &file, lines.as_bytes()).expect(200);
    let stream = crate::client::Stream::read(send(client, &[&file]).expect(200));
    (stream.thread(), stream.done("widget")[0].clone())
}

#[test]
fn a_list_of_tasks_is_offered_and_added_once() {
    let client = Client::new();
    let lines = "- milk\n- [ ] bread\n- [x] done long ago\n";
    let file = announce(&client, "list.txt", "text/plain", lines.len());
    assert_eq!((&file["type"], &file["name"]), (&json!("file"), &json!("list.txt")));
    let uploaded = upload(&client, &file, lines.as_bytes()).expect(200).json();
    assert_eq!((&uploaded["id"], uploaded.get("upload_descriptor")), (&file["id"], None));

    let stream = crate::client::Stream::read(send(&client, &[&file]).expect(200));
    let said = stream.done("user_message")[0];
    assert_eq!(said["attachments"][0]["id"], file["id"]);
    assert_eq!(said["attachments"][0]["thread_id"], json!(stream.thread()));
    assert_eq!(
        stream.done("assistant_message")[0]["content"][0]["text"],
        "“list.txt” has 2 lines that can be tasks."
    );
    let widget = stream.done("widget")[0];
    assert_eq!(widget["widget"]["confirm"]["label"], "Add 2 tasks");
    assert_eq!(client.titles(), Vec::<String>::new(), "nothing is added before the person says so");

    let action = json!({"thread_id": stream.thread(), "item_id": widget["id"],
        "action": {"type": widget["widget"]["confirm"]["action"]["type"], "payload": {}}});
    let added = client.stream("threads.custom_action", action.clone());
    assert_eq!(
        added.kinds(),
        [
            "stream_options",
            "progress_update",
            "progress_update",
            "thread.item.replaced",
            "client_effect",
            "notice"
        ]
    );
    assert_eq!(added.select("notice")[0]["message"], "Added 2 of 2.");
    assert_eq!(client.titles(), ["bread", "milk"]);
    assert_eq!(client.items(&stream.thread())[2], added.select("thread.item.replaced")[0]["item"]);

    for kind in ["threads.custom_action", "threads.sync_custom_action"] {
        let again = client.request(kind, action.clone()).expect(409);
        assert_eq!(again.json()["type"], "/problems/action-done");
    }
    assert_eq!(client.titles(), ["bread", "milk"]);
}

#[test]
fn lines_that_are_put_aside_are_not_added_any_more() {
    let client = Client::new();
    let (thread, widget) = offered(&client, "milk");
    let action = |kind: &str| json!({"thread_id": thread, "item_id": widget["id"], "action": {"type": kind}});
    let answer = client.json("threads.sync_custom_action", action("import.dismiss"));
    assert_eq!(answer["updated_item"]["widget"].get("confirm"), None);
    client.request("threads.custom_action", action("import.add")).expect(409);
    assert_eq!(client.titles(), Vec::<String>::new());
}

#[test]
fn two_windows_add_the_lines_of_a_file_once() {
    let client = Client::new();
    let (thread, widget) = offered(&client, "milk\nbread");
    let action = json!({"thread_id": thread, "item_id": widget["id"], "action": {"type": "import.add"}});
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let windows: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| client.request("threads.sync_custom_action", action.clone()).status))
            .collect();
        windows.into_iter().map(|window| window.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(client.titles(), ["bread", "milk"]);
}

#[test]
fn what_can_not_be_sent_is_refused_and_stores_nothing() {
    let client = Client::new();
    let not_uploaded = announce(&client, "a.txt", "text/plain", 3);
    assert_eq!(send(&client, &[&not_uploaded]).expect(404).json()["type"], "/problems/attachment-not-found");

    let foreign = announce(&Client::new(), "a.txt", "text/plain", 3);
    send(&client, &[&foreign]).expect(404);
    upload(&client, &foreign, b"abc").expect(404);
    client.request("attachments.delete", json!({"attachment_id": foreign["id"]})).expect(404);

    let sent = announce(&client, "a.txt", "text/plain", 3);
    upload(&client, &sent, b"abc").expect(200);
    send(&client, &[&sent]).expect(200);
    send(&client, &[&sent]).expect(404);
    upload(&client, &sent, b"xyz").expect(404);
    assert_eq!(client.json("threads.list", json!({}))["data"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_too_large_or_no_text_is_refused() {
    let client = Client::new();
    let file = announce(&client, "a.txt", "text/plain; charset=utf-8", 65_536);
    upload(&client, &file, &vec![b'a'; 65_537]).expect(413);
    upload(&client, &file, b"\xff\xfe").expect(415);
    upload(&client, &file, b"a\0b").expect(415);
    upload(&client, &file, &vec![b'a'; 65_536]).expect(200);
    for (size, mime_type, status) in
        [(65_537, "text/plain", 413), (3, "image/png", 415), (0, "text/plain", 400), (-1, "text/plain", 400)]
    {
        let params = json!({"name": "a", "size": size, "mime_type": mime_type});
        client.request("attachments.create", params).expect(status);
    }
}

#[test]
fn a_file_is_erased_and_those_that_wait_do_not_pile_up() {
    let client = Client::new();
    let file = announce(&client, "a.txt", "text/plain", 3);
    assert_eq!(client.json("attachments.delete", json!({"attachment_id": file["id"]})), json!({}));
    client.request("attachments.delete", json!({"attachment_id": file["id"]})).expect(404);
    for _ in 0..25 {
        announce(&client, "a.txt", "text/plain", 3);
    }
    let sql = format!("SELECT count(*) FROM todo.attachments WHERE user_id = '{}'", client.caller.id);
    assert_eq!(fixture().app.sql(&sql).unwrap().trim(), "20");
}
