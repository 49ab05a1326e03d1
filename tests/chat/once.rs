//! A message with an `Idempotency-Key` is safe to send again.

use std::thread;
use std::time::Duration;

use harness::{Answer, Caller};
use serde_json::{Value, json};

use crate::chat_fixture::{fixture, lines, titles};
use crate::listening::{Listening, Told};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

fn send(caller: &Caller, key: &str, body: &Value) -> Answer {
    caller.request("POST", "/api/v1/chat").json(body).header("idempotency-key", key).send()
}

fn conversations(caller: &Caller) -> usize {
    caller.get("/api/v1/conversations").expect(200).json()["items"].as_array().unwrap().len()
}

fn adds_milk() -> [Reply; 2] {
    [calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added ", "milk."])]
}

#[test]
fn the_same_message_sent_again_is_answered_once() {
    let fixture = fixture();
    let caller = fixture.user();
    let word = fixture.model.script(adds_milk());
    let body = json!({"message": word});
    let first = send(&caller, "key-1", &body).expect(200).json();
    for key in ["key-1", "\"key-1\""] {
        assert_eq!(send(&caller, key, &json!({"message": format!(" {word}\n")})).expect(200).json(), first);
    }
    assert_eq!((titles(&caller), conversations(&caller)), (vec!["milk".to_owned()], 1));
    assert_eq!(fixture.model.requests(&word).len(), 2);
    let id = first["conversation_id"].as_str().unwrap();
    assert_eq!(lines(&caller, id).len(), 2);
}

#[test]
fn sent_by_five_at_once_it_is_one_turn() {
    let fixture = fixture();
    let caller = fixture.user();
    let word = fixture.model.script(adds_milk());
    let body = json!({"message": word});
    let answers: Vec<Value> = thread::scope(|scope| {
        let all: Vec<_> =
            (0..5).map(|_| scope.spawn(|| send(&caller, "k", &body).expect(200).json())).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    assert_eq!((titles(&caller), conversations(&caller)), (vec!["milk".to_owned()], 1));
    // In a conversation that is there as well, where it is not refused for being busy with itself.
    let word = fixture.model.script(adds_milk());
    let body = json!({"message": word, "conversation_id": answers[0]["conversation_id"]});
    thread::scope(|scope| {
        let all: Vec<_> =
            (0..5).map(|_| scope.spawn(|| send(&caller, "l", &body).expect(200).json())).collect();
        all.into_iter().for_each(|one| assert_eq!(one.join().unwrap()["reply"], "Added milk."));
    });
    assert_eq!(titles(&caller), ["milk", "milk"]);
}

#[test]
fn the_same_key_with_another_message_is_refused_and_with_another_person_is_another() {
    let fixture = fixture();
    let (caller, other) = (fixture.user(), fixture.user());
    let word = fixture.model.script([says(&["Hm."]), says(&["Hm?"])]);
    let first = send(&caller, "key", &json!({"message": word})).expect(200).json();
    for body in [
        json!({"message": format!("{word}!")}),
        json!({"message": word, "conversation_id": first["conversation_id"]}),
    ] {
        let problem = send(&caller, "key", &body).expect(422).json();
        assert_eq!(problem["type"], "/problems/invalid-input");
        assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("another message"), "{problem}");
    }
    assert_eq!(lines(&caller, first["conversation_id"].as_str().unwrap()).len(), 2);
    let theirs = send(&other, "key", &json!({"message": word})).expect(200).json();
    assert_eq!(theirs["reply"], "Hm?");
    for bad in ["", "a b", "\"a"] {
        let problem = send(&caller, bad, &json!({"message": word})).expect(400).json();
        assert_eq!(problem["type"], "/problems/invalid-header", "{bad}");
    }
}

#[test]
fn a_stream_is_told_again_event_for_event_while_it_runs_and_afterwards() {
    let fixture = fixture();
    let caller = fixture.user();
    let pieces = [words("One "), Piece::Pause(Duration::from_millis(900)), words("two.")];
    let word = fixture.model.script([
        calls(&[("add_task", json!({"title": "milk"}))]),
        Reply::Stream(pieces.into_iter().chain(end("stop")).collect()),
    ]);
    let body = json!({"message": word});
    let listen = || Listening::to(&fixture.app, &caller, &body, &[("idempotency-key", "k")]);
    let mut first = listen();
    let mut told = vec![first.until("conversation")];
    let running = thread::scope(|scope| {
        let running = scope.spawn(|| listen().rest());
        told.extend(first.rest());
        running.join().unwrap()
    });
    let names: Vec<&str> = told.iter().map(|told| told.name.as_str()).collect();
    assert_eq!(names, ["conversation", "tool_call", "tool_result", "delta", "delta", "done"]);
    assert_eq!(running, told);
    assert_eq!(listen().rest(), told);
    // In one piece as well.
    assert_eq!(send(&caller, "k", &body).expect(200).json(), told[5].data);
    // And when what was said on the way is no longer kept.
    let sql = format!("DELETE FROM todo.turn_events WHERE user_id = '{}'", caller.id);
    fixture.app.sql(&sql).unwrap();
    let kept: Vec<Told> = listen().rest();
    assert_eq!((&kept[0].data, &kept[1].data, kept.len()), (&told[0].data, &told[5].data, 2));
    assert_eq!(titles(&caller), ["milk"]);
}

#[test]
fn a_message_without_an_answer_is_answered_when_it_is_sent_again() {
    let fixture = fixture();
    let caller = fixture.user();
    let cut = || Reply::Stream(vec![words("So "), Piece::Cut]);
    let word = fixture.model.script([cut(), says(&["Here it is."]), says(&["Later."])]);
    let body = json!({"message": word});
    let failed = send(&caller, "k", &body);
    assert_eq!(failed.status, 503);
    let answered = send(&caller, "k", &body).expect(200).json();
    assert_eq!(answered["reply"], "Here it is.");
    assert_eq!(send(&caller, "k", &body).expect(200).json(), answered);
    // It stands there once.
    let id = answered["conversation_id"].as_str().unwrap();
    assert_eq!(lines(&caller, id).len(), 2);
    assert_eq!(conversations(&caller), 1);
}

#[test]
fn a_message_after_which_others_came_is_a_new_one_when_it_is_sent_again() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = fixture.send(&caller, [says(&["Hm."])]).conversation();
    let word = fixture.model.script([Reply::Status(500, vec![], "{}".into()), says(&["Now."])]);
    let body = json!({"message": word, "conversation_id": id});
    assert_eq!(send(&caller, "k", &body).status, 503);
    fixture.send_in(&caller, Some(&id), [says(&["Between."])]).ok();
    assert_eq!(send(&caller, "k", &body).expect(200).json()["reply"], "Now.");
    assert_eq!(send(&caller, "k", &body).expect(200).json()["reply"], "Now.");
    let said: Vec<String> = lines(&caller, &id).into_iter().map(|(_, text)| text).collect();
    assert_eq!((said.len(), said.last().unwrap().as_str()), (7, "Now."));
}
