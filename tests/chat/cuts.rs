//! Streams that are cut at random moments, on the client's side or on the provider's, and messages that are sent again by their key until
//! they are answered: nothing is lost, and nothing is done twice.

use std::thread;
use std::time::{Duration, Instant};

use harness::{Caller, by_depth};
use serde_json::{Value, json};

use crate::chat_fixture::{ChatFixture, fixture, lines, titles};
use crate::listening::{Listening, Told};
use crate::scripted_model::{Piece, Reply, call_piece, end, says, words};

/// As many messages are on their way at once.
const AT_ONCE: usize = 4;
/// A cut comes within this time, in milliseconds: an uncut answer takes about as long.
const MAX_CUT_MILLISECONDS: u64 = 90;
/// Longer than anybody has to send a message again.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);
/// Between pieces of what the provider sends.
const PIECE_INTERVAL: Duration = Duration::from_millis(6);
const SAID: [&str; 5] = ["The ", "milk ", "is ", "on ", "it."];

/// The provider's pieces, with time between them to be cut in.
fn paced(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    pieces.into_iter().flat_map(|piece| [Piece::Pause(PIECE_INTERVAL), piece]).collect()
}

/// Asks for a task in four pieces.
fn call() -> Vec<Piece> {
    let rest = ["{\"title\":", "\"mi", "lk\"}"].map(|part| call_piece(0, None, None, part));
    let pieces = std::iter::once(call_piece(0, Some("c"), Some("add_task"), "")).chain(rest);
    paced(pieces.chain(end("tool_calls")))
}

fn reply() -> Vec<Piece> {
    paced(SAID.map(words).into_iter().chain(end("stop")))
}

/// The first of these pieces, and then the connection breaks.
fn broken(pieces: Vec<Piece>, random: &mut fastrand::Rng) -> Reply {
    let kept = random.usize(..pieces.len());
    Reply::Stream(pieces.into_iter().take(kept).chain([Piece::Cut]).collect())
}

/// Sends a message by its key until it is answered; each try but the last is cut at a random moment. Answers what was told last, from
/// the first event on.
fn send_until_answered(caller: &Caller, word: &str, random: &mut fastrand::Rng) -> Vec<Told> {
    let fixture = fixture();
    let begun = Instant::now();
    let mut cuts = random.usize(1..4);
    loop {
        assert!(begun.elapsed() < ANSWER_TIMEOUT, "not answered in {:?}", begun.elapsed());
        let body = json!({"message": format!("Play {word}")});
        let mut stream = Listening::to(&fixture.app, caller, &body, &[("idempotency-key", "cut")]);
        if cuts > 0 {
            cuts -= 1;
            // What came until then was read or not: the client is gone.
            thread::sleep(Duration::from_millis(random.u64(..MAX_CUT_MILLISECONDS)));
            drop(stream);
            continue;
        }
        let told = stream.rest();
        match told.last() {
            Some(last) if last.name == "done" => return told,
            // A provider that broke off before anything was done: that is said, and the message is sent again.
            Some(last) if last.name == "error" => {
                let problem = last.data["type"].as_str().unwrap_or_default();
                assert!(["/problems/model-unavailable"].contains(&problem), "{}", last.data);
            }
            // Refused before the first event: a cut try is still being taken.
            _ => thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// What has to hold once a message was answered, however often it was cut.
fn check(fixture: &ChatFixture, caller: &Caller, word: &str, told: &[Told], seed: u64) {
    let done = &told.last().expect("an end").data;
    let context = || format!("seed {seed}: {told:?}");
    assert_eq!(titles(caller), ["milk"], "{}", context());
    let id = done["conversation_id"].as_str().expect("a conversation");
    let said = lines(caller, id);
    assert_eq!(said.len(), 2, "{said:?} {}", context());
    assert_eq!(Some(said[1].1.as_str()), done["reply"].as_str(), "{}", context());
    let added: Vec<&Value> = done["tool_calls"].as_array().expect("calls").iter().collect();
    assert_eq!(added.len(), 1, "{}", context());
    let page = caller.get("/api/v1/conversations").expect(200).json();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1), "{}", context());
    // The whole answer is in the stream, once.
    let words: String = told.iter().filter_map(|told| told.data["text"].as_str()).collect();
    assert_eq!(Some(words.as_str()), done["reply"].as_str(), "{}", context());
    assert!(fixture.model.requests(word).len() <= 5, "{}", context());
}

fn cut_once(seed: u64) {
    let fixture = fixture();
    let mut random = fastrand::Rng::with_seed(seed);
    let caller = fixture.user();
    let mut replies = Vec::new();
    match random.u8(..3) {
        // The client's connection alone.
        0 => replies.extend([Reply::Stream(call()), Reply::Stream(reply())]),
        // And the provider's, before anything was done: up to twice.
        1 => {
            replies.extend((0..random.usize(1..3)).map(|_| broken(call(), &mut random.clone())));
            replies.extend([Reply::Stream(call()), Reply::Stream(reply())]);
        }
        // And the provider's, after a task was added: the answer says what is missing.
        _ => replies.extend([Reply::Stream(call()), broken(reply(), &mut random)]),
    }
    replies.extend(std::iter::repeat_n(says(&["Never asked for."]), 4));
    let word = fixture.model.script(replies);
    let told = send_until_answered(&caller, &word, &mut random);
    check(fixture, &caller, &word, &told, seed);
}

#[test]
fn wherever_a_stream_is_cut_a_message_that_is_sent_again_is_done_once() {
    let cuts = by_depth(100, 1_000);
    let first = fastrand::u64(..1 << 32);
    println!("seeds from {first}");
    thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            scope.spawn(move || {
                (lane..cuts).step_by(AT_ONCE).for_each(|number| cut_once(first + number as u64));
            });
        }
    });
}
