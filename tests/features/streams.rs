//! What a provider streams, by the names that the scenarios have for it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::scripted_model::{Piece, Reply, call_piece, end, event, words};

/// More than any answer has.
const FLOOD_BYTES: usize = 10 * 1024 * 1024;
const HELLO: &str = "Hello, Pia.";

fn bytes(text: impl Into<String>) -> Piece {
    Piece::Bytes(text.into())
}

fn ending(pieces: Vec<Piece>, reason: &str) -> Reply {
    Reply::Stream(pieces.into_iter().chain(end(reason)).collect())
}

/// A whole answer that is not streamed.
fn whole(message: &Value) -> Reply {
    let body = json!({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1, "completion_tokens": 1}});
    Reply::Status(200, vec![], body.to_string())
}

fn delta(delta: &Value) -> String {
    json!({"choices": [{"index": 0, "delta": delta}]}).to_string()
}

/// The pieces of one event after another, sent again and again up to so many bytes.
fn flood(piece: &str) -> Vec<Piece> {
    let block = piece.repeat(64 * 1024 / piece.len() + 1);
    vec![bytes(block.clone()); FLOOD_BYTES / block.len() + 1]
}

/// A stream by its name.
pub fn named(name: &str) -> Reply {
    let so = || words("So ");
    let call = |name: Option<&str>, arguments: &str| call_piece(0, Some("c"), name, arguments);
    match name {
        "a page of HTML" => Reply::Stream(vec![bytes("<html>hello</html>")]),
        "words, then broken JSON" => Reply::Stream(vec![so(), bytes("data: {\"choices\": [oops\n\n")]),
        "words, then a list" => Reply::Stream(vec![so(), bytes("data: [1, 2]\n\n")]),
        "an end without words" => ending(vec![], "stop"),
        "an end by the content filter" => ending(vec![], "content_filter"),
        "words, then an error" => {
            Reply::Stream(vec![so(), event(&json!({"error": {"message": "down", "code": 500}}))])
        }
        "words, then a broken connection" => Reply::Stream(vec![so(), Piece::Cut]),
        "words, then an early end" => Reply::Stream(vec![so()]),
        "a call without a name" => ending(vec![call(None, "{}")], "tool_calls"),
        "a call with half of its arguments" => {
            ending(vec![call(Some("add_task"), "{\"title\": \"mi")], "tool_calls")
        }
        "a call with a list as arguments" => ending(vec![call(Some("add_task"), "[1]")], "tool_calls"),
        "a call that is cut by the limit" => ending(vec![call(Some("add_task"), "{}")], "length"),
        "129 calls" => ending(
            (0..129).map(|n| call_piece(n, Some(&format!("c{n}")), Some("overview"), "{}")).collect(),
            "tool_calls",
        ),
        "a delta of 10 MB" => ending(vec![words(&"a".repeat(FLOOD_BYTES))], "stop"),
        "10 MB in small deltas" => {
            ending(flood(&format!("data: {}\n\n", delta(&json!({"content": "more and more "})))), "stop")
        }
        "10 MB of one line without an end" => {
            let first = bytes("data: {\"choices\": [{\"delta\": {\"content\": \"");
            Reply::Stream(std::iter::once(first).chain(flood("aaaaaaaa")).collect())
        }
        "10 MB of comments" => ending(flood(": still thinking\n\n"), "stop"),
        "10 MB of arguments" => {
            let more = flood(&format!(
                "data: {}\n\n",
                delta(&json!({"tool_calls": [{"index": 0, "function": {"arguments": "aaaaaaaaaaaaaaaa"}}]}))
            ));
            let first = call(Some("add_task"), "{\"title\": \"");
            ending(std::iter::once(first).chain(more).collect(), "tool_calls")
        }
        _ => tolerated(name),
    }
}

/// Words that are understood, however they come.
fn tolerated(name: &str) -> Reply {
    let content = |text: &str| delta(&json!({"content": text}));
    match name {
        "words by the letter" => {
            let stream = format!("data: {}\n\ndata: [DONE]\n\n", content(HELLO));
            ending(stream.chars().map(bytes).collect(), "stop")
        }
        "words with carriage returns" => {
            Reply::Stream(vec![bytes(format!("data: {}\r\n\r\ndata: [DONE]\r\n\r\n", content(HELLO)))])
        }
        "words with comments in between" => ending(
            vec![bytes(": wait\n\n"), words("Hello, "), bytes(": still\n: here\n\n"), words("Pia.")],
            "stop",
        ),
        "words with names of events" => ending(
            vec![bytes(format!("event: completion\nid: 7\nretry: 100\ndata: {}\n\n", content(HELLO)))],
            "stop",
        ),
        "words without a space behind the data" => {
            Reply::Stream(vec![bytes(format!("data:{}\n\ndata:[DONE]\n\n", content(HELLO)))])
        }
        "words without a marker at the end" => Reply::Stream(vec![
            words(HELLO),
            event(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})),
        ]),
        "words without a reason at the end" => Reply::Stream(vec![words(HELLO), bytes("data: [DONE]\n\n")]),
        "words without a cost" => Reply::Stream(vec![
            words(HELLO),
            event(&json!({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": null})),
            bytes("data: [DONE]\n\n"),
        ]),
        "words as parts" => {
            let parts = json!({"content": [{"type": "text", "text": "Hello, "}, {"type": "thinking"}, {"type": "text", "text": "Pia."}]});
            ending(vec![bytes(format!("data: {}\n\n", delta(&parts)))], "stop")
        }
        "words as a refusal" => {
            ending(vec![bytes(format!("data: {}\n\n", delta(&json!({"refusal": HELLO}))))], "stop")
        }
        "words with members nobody knows" => {
            let strange = json!({"content": HELLO, "reasoning_content": "Hm.", "x": {"y": [1]}});
            ending(vec![bytes(format!("data: {}\n\n", delta(&strange)))], "stop")
        }
        "words with empty pieces" => {
            let empty = [
                json!({}),
                json!({"choices": []}),
                json!({"choices": null}),
                json!({"choices": [{"delta": null}]}),
                json!({"choices": [{"delta": {"role": "assistant", "content": null, "tool_calls": null}}]}),
            ];
            ending(empty.iter().map(event).chain([words(HELLO)]).collect(), "stop")
        }
        "words in one piece, not streamed" => whole(&json!({"role": "assistant", "content": HELLO})),
        "words after two seconds of silence" => {
            ending(vec![Piece::Pause(Duration::from_secs(2)), words(HELLO)], "stop")
        }
        _ => panic!("there is no stream of this name: {name}"),
    }
}

/// A call of `add_task` in a form of this name.
pub fn call_of_add_task(form: &str) -> Reply {
    const ARGUMENTS: &str = "{\"title\":\"Water the \\u00fc plants\"}";
    let tool = Some("add_task");
    let function = json!({"name": "add_task", "arguments": ARGUMENTS});
    let piece = |call: Value| bytes(format!("data: {}\n\n", delta(&json!({"tool_calls": [call]}))));
    match form {
        "by the letter" => {
            let first = call_piece(0, Some("c"), tool, "");
            let rest = ARGUMENTS.chars().map(|letter| call_piece(0, None, None, &letter.to_string()));
            ending(std::iter::once(first).chain(rest).collect(), "tool_calls")
        }
        "with arguments as objects" => {
            let function = json!({"name": "add_task", "arguments": {"title": "Water the ü plants"}});
            ending(vec![piece(json!({"index": 0, "id": "c", "function": function}))], "tool_calls")
        }
        "without an id" => ending(vec![call_piece(0, None, tool, ARGUMENTS)], "tool_calls"),
        "without an index" => ending(vec![piece(json!({"id": "c", "function": function}))], "tool_calls"),
        "with its name repeated" => {
            let (half, rest) = ARGUMENTS.split_at(10);
            ending(vec![call_piece(0, Some("c"), tool, half), call_piece(0, Some("c"), tool, rest)], "stop")
        }
        "after words" => {
            ending(vec![words("Let me see. "), call_piece(0, Some("c"), tool, ARGUMENTS)], "tool_calls")
        }
        "in one piece, not streamed" => whole(
            &json!({"role": "assistant", "content": null, "tool_calls": [{"id": "c", "type": "function", "function": function}]}),
        ),
        _ => panic!("there is no form of this name: {form}"),
    }
}

/// Two calls that a provider gives the same id, apart by their index.
pub fn two_calls_with_one_id() -> Reply {
    let call = |index, title: &str| {
        call_piece(index, Some("same"), Some("add_task"), &json!({"title": title}).to_string())
    };
    ending(vec![call(0, "one"), call(1, "two")], "tool_calls")
}
