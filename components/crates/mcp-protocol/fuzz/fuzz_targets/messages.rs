//! Whatever bytes come as method, headers and body: no panic, a well-formed answer, no fault of the server.
//!
//! An input looks like the start of an HTTP request: the method on a line, a header field on each of the next, an empty
//! line, the body. `SESSION` in a header and `STATE` in the body stand for a session id and a request state that are
//! good, which no input can hold: both say when they end.

#![no_main]

#[path = "../../tests/toy/mod.rs"]
mod toy;

use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use libfuzzer_sys::fuzz_target;
use mcp_protocol::{Body, Reply, answer};
use serde_json::{Value, json};
use toy::{GUEST, USUAL, body, posted, stateless, toy};

/// How long a stream is listened to, in a time that passes as fast as it can.
const LISTENING: Duration = Duration::from_secs(20);

fuzz_target!(|input: &[u8]| toy::run(exchange(input)));

async fn exchange(input: &[u8]) {
    let (head, content) = split(input);
    let Ok(head) = str::from_utf8(head) else { return };
    let mut lines = head.lines();
    let Ok(method) = Method::try_from(lines.next().unwrap_or_default()) else { return };
    let mut headers: HeaderMap = USUAL
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        add(&mut headers, name, &with_session(value.trim()).await);
    }
    check(answer(toy(), GUEST, &method, headers, with_state(content).await).await).await;
}

/// Head and body.
fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.windows(2).position(|two| two == b"\n\n");
    end.map_or((input, b""), |end| (&input[..end], &input[end + 2..]))
}

/// Adds a header field, if it is one that HTTP lets through. The usual ones are there already: the first word on them
/// replaces those.
fn add(headers: &mut HeaderMap, name: &str, value: &str) {
    let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else { return };
    let is_usual = |(usual, as_usual): &(&str, &str)| name == *usual && headers.get(*usual) == as_usual_value(as_usual);
    if USUAL.iter().any(is_usual) {
        headers.insert(name, value);
    } else {
        headers.append(name, value);
    }
}
