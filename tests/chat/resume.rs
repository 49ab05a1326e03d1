//! A client that lost its stream reads on from the last event.

use std::time::Duration;

use harness::Caller;
use serde_json::json;

use crate::chat_fixture::fixture;
use crate::listening::{Listening, Told, conversation_of};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

fn read_on(caller: &Caller, conversation: &str, last: Option<&str>) -> Vec<Told> {
    let headers: Vec<_> = last.map(|id| ("last-event-id".to_owned(), id.to_owned())).into_iter().collect();
    let path = format!("GET /api/v1/conversations/{conversation}/events");
    Listening::request(&fixture().app, caller, &path, &headers, "").rest()
}

#[test]
fn wherever_a_stream_is_cut_what_follows_is_the_rest_of_it() {
    let fixture = fixture();
    let caller = fixture.user();
    let said = ["One ", "two ", "three ", "four."];
    let paused = said.iter().flat_map(|text| [words(text), Piece::Pause(Duration::from_millis(120))]);
    let word = fixture.model.script([
        calls(&[("add_task", json!({"title": "milk"}))]),
        Reply::Stream(paused.chain(end("stop")).collect()),
    ]);
    let mut stream = Listening::to(&fixture.app, &caller, &json!({"message": word}), &[]);
    let mut told = vec![stream.until("conversation")];
    let id = conversation_of(&told[0]);
    told.push(stream.until("tool_call"));
    told.push(stream.until("tool_result"));
    told.push(stream.next().unwrap());
    // The network breaks; the answer goes on.
    drop(stream);
    let rest = read_on(&caller, &id, Some(&told[3].id));
    told.extend(rest);
    let words: String = told.iter().filter_map(|told| told.data["text"].as_str()).collect();
    assert_eq!(words, said.concat());
    assert_eq!(told.last().unwrap().name, "done");
    assert_eq!(told.last().unwrap().data["reply"], said.concat());
    let mut ids: Vec<&str> = told.iter().map(|told| told.id.as_str()).collect();
    ids.dedup();
    assert_eq!(ids.len(), told.len());
    // Afterwards it can be read from everywhere.
    for (place, from) in told.iter().enumerate().take(told.len() - 1) {
        assert_eq!(read_on(&caller, &id, Some(&from.id)), told[place + 1..]);
    }
    assert_eq!(read_on(&caller, &id, None), told);
    // After the last one there is nothing, and who reconnects by itself is told so.
    let path = format!("/api/v1/conversations/{id}/events");
    let last = &told.last().unwrap().id;
    caller.request("GET", &path).header("last-event-id", last).send().expect(204);
}

#[test]
fn what_is_no_event_of_this_conversation_is_not_told() {
    let fixture = fixture();
    let (caller, other) = (fixture.user(), fixture.user());
    let send = |caller: &Caller| {
        let word = fixture.model.script([says(&["Hm."])]);
        let told = Listening::to(&fixture.app, caller, &json!({"message": word}), &[]).rest();
        (conversation_of(&told[0]), told[0].id.clone())
    };
    let ((mine, _), (theirs, their_event)) = (send(&caller), send(&other));
    let get = |path: &str, last: &str| {
        caller.request("GET", path).header("accept", "text/event-stream").header("last-event-id", last).send()
    };
    let path = |id: &str| format!("/api/v1/conversations/{id}/events");
    let refused = get(&path(&mine), &their_event).expect(404).json();
    assert_eq!(refused["type"], "/problems/turn-not-found");
    let refused = get(&path(&theirs), &their_event).expect(404).json();
    assert_eq!(refused["type"], "/problems/conversation-not-found");
    for bad in ["", "1", "x.1", "0193a5c28a117d018c2d5e6f70819203.", "0193a5c28a117d018c2d5e6f70819203.-1"] {
        assert_eq!(get(&path(&mine), bad).expect(400).json()["type"], "/problems/invalid-header", "{bad}");
    }
    caller.request("GET", &path(&mine)).header("accept", "application/json").send().expect(406);
    // What was said is kept for an hour.
    let sql = format!(
        "UPDATE todo.turn_events SET created_at = now() - interval '61 minutes' WHERE user_id = '{}'",
        caller.id
    );
    fixture.app.sql(&sql).unwrap();
    fixture.send(&caller, [says(&["Hm."])]).ok();
    caller.get(&path(&mine)).expect(204);
}
