//! The process that answers is killed (SIGKILL): the conversation goes on in another one within five seconds, and says what is known.

use std::thread;
use std::time::{Duration, Instant};

use harness::{App, Caller, EVERY_SCOPE, by_depth};
use serde_json::json;
use uuid::Uuid;

use crate::cancel::slow_call;
use crate::chat_fixture::{ChatFixture, fixture, lines, shared_by_processes, start_with, titles};
use crate::listening::{Listening, conversation_of};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

/// The longest that a conversation is held by nobody.
const RECOVERY_TIMEOUT: Duration = Duration::from_secs(5);

/// Two processes of one app, and somebody who uses both.
fn processes(fixture: &ChatFixture) -> ((App, Caller), (App, Caller)) {
    let shared = shared_by_processes(&fixture.model);
    let id = Uuid::new_v4();
    let process = || {
        let app = start_with(&fixture.model.origin, &[], shared.clone());
        let caller = app.known_user(id, EVERY_SCOPE, 900);
        (app, caller)
    };
    (process(), process())
}

/// Says something until it is taken, which has to be in time.
fn say_again(fixture: &ChatFixture, caller: &Caller, conversation: &str, killed: Instant) {
    loop {
        let word = fixture.model.script([says(&["Here."])]);
        let body = json!({"message": word, "conversation_id": conversation});
        let answer = caller.post("/api/v1/chat", &body);
        assert!(killed.elapsed() < RECOVERY_TIMEOUT, "{:?}: {}", killed.elapsed(), answer.body);
        if answer.status != 409 {
            answer.expect(200);
            break;
        }
        assert_eq!(answer.json()["type"], "/problems/conversation-busy");
        thread::sleep(Duration::from_millis(100));
    }
}

/// Says something until it is taken, and answers when that was sent: how long its answer takes is not the killed process's fault.
fn say_until_taken(fixture: &ChatFixture, caller: &Caller, conversation: &str, killed: Instant) -> Duration {
    loop {
        let word = fixture.model.script([says(&["Here."])]);
        let body = json!({"message": word, "conversation_id": conversation});
        let sent = killed.elapsed();
        let answer = caller.post("/api/v1/chat", &body);
        if answer.status != 409 {
            answer.expect(200);
            return sent;
        }
        assert_eq!(answer.json()["type"], "/problems/conversation-busy");
        assert!(sent < RECOVERY_TIMEOUT, "still held after {sent:?}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn after_a_call_the_answer_says_that_it_was_cut_off() {
    let fixture = fixture();
    let ((here, at_here), (_there, at_there)) = processes(fixture);
    let word = fixture.model.script([
        calls(&[("add_task", json!({"title": "milk"}))]),
        slow_call(Duration::from_secs(30), "bread"),
    ]);
    let mut stream = Listening::to(&here, &at_here, &json!({"message": word}), &[]);
    let id = conversation_of(&stream.until("conversation"));
    stream.until("tool_result");
    // Time to store it.
    thread::sleep(Duration::from_millis(700));
    let killed = Instant::now();
    here.kill();
    say_again(fixture, &at_there, &id, killed);
    let said = lines(&at_there, &id);
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said[1].1.contains("cut off") && said[1].1.contains("stays"), "{}", said[1].1);
    assert_eq!(titles(&at_there), ["milk"]);
}

#[test]
fn before_a_call_the_message_stays_alone_and_is_answered_when_it_is_sent_again() {
    let fixture = fixture();
    let ((here, at_here), (_there, at_there)) = processes(fixture);
    let silence = Reply::Stream(
        [words("So "), Piece::Pause(Duration::from_secs(30))].into_iter().chain(end("stop")).collect(),
    );
    let word = fixture.model.script([silence, says(&["Here it is."])]);
    let body = json!({"message": word});
    let mut stream = Listening::to(&here, &at_here, &body, &[("idempotency-key", "k")]);
    let id = conversation_of(&stream.until("conversation"));
    stream.until("delta");
    let killed = Instant::now();
    here.kill();
    // Who follows hears that there is no answer, from the process that is left.
    let path = format!("/api/v1/conversations/{id}/events");
    let told = at_there.request("GET", &path).send().expect(200).events();
    assert!(killed.elapsed() < RECOVERY_TIMEOUT, "{:?}", killed.elapsed());
    assert_eq!(told.last().unwrap().name, "error");
    assert_eq!(told.last().unwrap().data["type"], "/problems/unavailable");
    assert_eq!(lines(&at_there, &id).len(), 1);
    let again = at_there.request("POST", "/api/v1/chat").json(&body).header("idempotency-key", "k").send();
    assert_eq!(again.expect(200).json()["reply"], "Here it is.");
    assert_eq!(lines(&at_there, &id).len(), 2);
}

#[test]
fn whoever_reads_the_conversation_ends_it_too() {
    let fixture = fixture();
    let ((here, at_here), (_there, at_there)) = processes(fixture);
    let word = fixture
        .model
        .script([slow_call(Duration::from_millis(300), "milk"), slow_call(Duration::from_secs(30), "x")]);
    let mut stream = Listening::to(&here, &at_here, &json!({"message": word}), &[]);
    let id = conversation_of(&stream.until("conversation"));
    stream.until("tool_result");
    here.kill();
    let killed = Instant::now();
    while lines(&at_there, &id).len() < 2 {
        assert!(killed.elapsed() < RECOVERY_TIMEOUT, "nobody has ended it");
        thread::sleep(Duration::from_millis(100));
    }
    // What was not stored any more is said to be unknown.
    let said = lines(&at_there, &id);
    assert!(said[1].1.contains("cut off"), "{}", said[1].1);
    say_again(fixture, &at_there, &id, killed);
    assert_eq!(titles(&at_there), ["milk"]);
}

#[test]
fn at_whatever_moment_a_process_is_killed_its_conversation_goes_on_and_nothing_is_done_twice() {
    /// An answer that nobody kills takes about as long, in milliseconds.
    const MAX_PAUSE_MILLISECONDS: u64 = 300;
    let fixture = fixture();
    let shared = shared_by_processes(&fixture.model);
    let process = || start_with(&fixture.model.origin, &[], shared.clone());
    let there = process();
    for _ in 0..by_depth(5, 50) {
        let here = process();
        let id = Uuid::new_v4();
        let (at_here, at_there) =
            (here.known_user(id, EVERY_SCOPE, 900), there.known_user(id, EVERY_SCOPE, 900));
        let add = |number| slow_call(Duration::from_millis(40), &format!("task {number}"));
        let word = fixture.model.script((0..4).map(add).chain([says(&["All."])]));
        let mut stream = Listening::to(&here, &at_here, &json!({"message": word}), &[]);
        let conversation = conversation_of(&stream.until("conversation"));
        let moment = Duration::from_millis(fastrand::u64(..MAX_PAUSE_MILLISECONDS));
        thread::sleep(moment);
        let killed = Instant::now();
        here.kill();
        let taken = say_until_taken(fixture, &at_there, &conversation, killed);
        assert!(taken < RECOVERY_TIMEOUT, "{taken:?}");
        let said = lines(&at_there, &conversation);
        let added = titles(&at_there);
        let context = format!("killed after {moment:?}: {said:?}, {added:?}");
        let mut once = added.clone();
        once.dedup();
        assert_eq!(once, added, "{context}");
        assert_eq!(said.last().map(|(_, text)| text.as_str()), Some("Here."), "{context}");
        // Where something was done, an answer says so, whole or cut off.
        let has_answer = said.len() == 4;
        assert!(has_answer || said.len() == 3 && added.is_empty(), "{context}");
        assert!(!has_answer || said[1].1.contains("cut off") || said[1].1 == "All.", "{context}");
    }
}
