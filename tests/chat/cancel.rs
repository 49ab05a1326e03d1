//! An answer is stopped by a request, before its next call, in whatever process it runs.

use std::thread;
use std::time::{Duration, Instant};

use harness::{Caller, EVERY_SCOPE, by_depth};
use serde_json::json;
use uuid::Uuid;

use crate::chat_fixture::{add, conversation, fixture, lines, shared_by_processes, start_with, titles};
use crate::listening::{Listening, conversation_of};
use crate::scripted_model::{Piece, Reply, call_piece, calls, end, says, words};

/// Longer than a loaded machine takes to stop an answer.
const SLOW_CALL_INTERVAL: Duration = Duration::from_secs(6);

/// A provider that takes its time before it asks for a call.
pub fn slow_call(pause: Duration, title: &str) -> Reply {
    let call = call_piece(0, None, Some("add_task"), &json!({"title": title}).to_string());
    Reply::Stream([Piece::Pause(pause), call].into_iter().chain(end("tool_calls")).collect())
}

fn cancel(caller: &Caller, conversation: &str) -> serde_json::Value {
    caller.request("POST", &format!("/api/v1/conversations/{conversation}/cancel")).send().expect(200).json()
}

#[test]
fn a_stopped_answer_says_what_was_done_and_does_no_more() {
    let fixture = fixture();
    let caller = fixture.user();
    let word = fixture.model.script([
        calls(&[("add_task", json!({"title": "milk"}))]),
        slow_call(SLOW_CALL_INTERVAL, "bread"),
        says(&["Both are added."]),
    ]);
    let mut stream = Listening::to(&fixture.app, &caller, &json!({"message": word}), &[]);
    let id = conversation_of(&stream.until("conversation"));
    stream.until("tool_result");
    let begun = Instant::now();
    let stopped = cancel(&caller, &id);
    assert!(begun.elapsed() < SLOW_CALL_INTERVAL, "{:?}", begun.elapsed());
    assert_eq!(stopped["state"], "cancelled");
    let reply = stopped["answer"]["reply"].as_str().unwrap();
    assert!(
        reply.contains("as you asked") && reply.contains("“milk”") && !reply.contains("bread"),
        "{reply}"
    );
    assert_eq!(stopped["answer"]["tool_calls"][0]["result"]["title"], "milk");
    let done = stream.until("done");
    assert_eq!(done.data, stopped["answer"]);
    thread::sleep(SLOW_CALL_INTERVAL);
    assert_eq!(titles(&caller), ["milk"]);
    assert_eq!(lines(&caller, &id)[1], ("assistant".into(), reply.into()));
    // It goes on, and the model knows what was done.
    let next = fixture.send_in(&caller, Some(&id), [says(&["Here."])]);
    assert_eq!(next.ok()["reply"], "Here.");
    let asked = fixture.requests_for(&next)[0]["messages"].to_string();
    assert!(asked.contains("milk") && asked.contains("as you asked"), "{asked}");
}

#[test]
fn what_was_said_until_then_stays_and_nothing_is_asked() {
    let fixture = fixture();
    let caller = fixture.user();
    let task = add(&caller, "milk");
    let slow = [words("Let me see"), Piece::Pause(Duration::from_secs(2))];
    let call = call_piece(0, None, Some("delete_task"), &json!({"id": task}).to_string());
    let reply = Reply::Stream(slow.into_iter().chain([call]).chain(end("tool_calls")).collect());
    let word = fixture.model.script([reply]);
    let mut stream = Listening::to(&fixture.app, &caller, &json!({"message": word}), &[]);
    let id = conversation_of(&stream.until("conversation"));
    stream.until("delta");
    let stopped = cancel(&caller, &id);
    assert_eq!(
        stopped["answer"]["reply"],
        "Let me see\n\nI stopped here, as you asked. Nothing was changed."
    );
    assert_eq!(conversation(&caller, &id)["confirmation"], json!(null));
    assert_eq!(titles(&caller), ["milk"]);
}

#[test]
fn an_answer_is_stopped_from_another_process() {
    let fixture = fixture();
    let shared = shared_by_processes(&fixture.model);
    let process = || start_with(&fixture.model.origin, &[], shared.clone());
    let (here, there) = (process(), process());
    let id = Uuid::new_v4();
    let (at_here, at_there) = (here.known_user(id, EVERY_SCOPE, 900), there.known_user(id, EVERY_SCOPE, 900));
    let word = fixture.model.script([slow_call(Duration::from_secs(3), "milk")]);
    let mut stream = Listening::to(&here, &at_here, &json!({"message": word}), &[]);
    let conversation = conversation_of(&stream.until("conversation"));
    // Its events are told by the other process as well.
    let path = format!("GET /api/v1/conversations/{conversation}/events");
    let mut elsewhere = Listening::request(&there, &at_there, &path, &[], "");
    assert_eq!(conversation_of(&elsewhere.until("conversation")), conversation);
    assert_eq!(cancel(&at_there, &conversation)["state"], "cancelled");
    assert_eq!(stream.until("done"), elsewhere.until("done"));
    thread::sleep(Duration::from_millis(3_200));
    assert_eq!(titles(&at_here), Vec::<String>::new());
}

#[test]
fn at_whatever_moment_it_is_stopped_no_call_begins_after_the_answer() {
    const AT_ONCE: usize = 4;
    /// An answer that nobody stops takes about as long, in milliseconds.
    const MAX_PAUSE_MILLISECONDS: u64 = 180;
    let turns = by_depth(100, 500);
    let fixture = fixture();
    thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            scope.spawn(move || {
                for _ in (lane..turns).step_by(AT_ONCE) {
                    let moment = Duration::from_millis(fastrand::u64(..MAX_PAUSE_MILLISECONDS));
                    let caller = fixture.user();
                    let pause = Duration::from_millis(15);
                    let replies: Vec<Reply> =
                        (0..6).map(|n| slow_call(pause, &format!("task {n}"))).collect();
                    let word = fixture.model.script(replies.into_iter().chain([says(&["All."])]));
                    let mut stream = Listening::to(&fixture.app, &caller, &json!({"message": word}), &[]);
                    let id = conversation_of(&stream.until("conversation"));
                    thread::sleep(moment);
                    let stopped = cancel(&caller, &id);
                    let after = titles(&caller);
                    thread::sleep(Duration::from_millis(120));
                    assert_eq!(titles(&caller), after, "a call began after the stop at {moment:?}");
                    let done = stream.until("done").data;
                    let made =
                        done["tool_calls"].as_array().unwrap().iter().filter(|call| call["failed"] == false);
                    assert_eq!(made.count(), after.len(), "{done}");
                    match stopped["state"].as_str().unwrap() {
                        // It was over before.
                        "idle" => assert_eq!(after.len(), 6),
                        "cancelled" | "answered" => assert_eq!(stopped["answer"], done),
                        _ => panic!("{stopped}"),
                    }
                }
            });
        }
    });
}

#[test]
fn where_nothing_is_answered_there_is_nothing_to_stop() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = fixture.send(&caller, [says(&["Hm."])]).conversation();
    assert_eq!(cancel(&caller, &id), json!({"conversation_id": id, "state": "idle"}));
    assert_eq!(lines(&caller, &id).len(), 2);
    let path = format!("/api/v1/conversations/{id}/cancel");
    fixture.user().request("POST", &path).send().expect(404);
    fixture.app.nobody().request("POST", &path).send().expect(401);
    caller.post(&path, &json!({"reason": "late"})).expect(422);
    assert_eq!(caller.post(&path, &json!({})).expect(200).json()["state"], "idle");
}
