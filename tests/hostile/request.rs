//! Requests: good messages with the headers they need, most of them damaged somewhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastrand::Rng;
use serde_json::Value;

use crate::hostile_values;
use crate::known_values::{Kind, KnownValues};
use crate::messages::{self, HANDSHAKE, Message, STATELESS, pick};

/// What is sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// The HTTP method.
    pub verb: &'static str,
    /// Path and query.
    pub path: &'static str,
    /// The header fields. `authorization` is only among them where it is not the sender's own.
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Vec<u8>,
    /// The id to cancel, where the answer may be a stream that waits for a person.
    pub waits: Option<Value>,
}

impl Request {
    /// What it says, for people.
    pub fn describe(&self) -> String {
        let headers: Vec<String> =
            self.headers.iter().map(|(name, value)| format!("{name}: {}", value.escape_ascii())).collect();
        let body: String = String::from_utf8_lossy(&self.body).chars().take(2_000).collect();
        format!("{} {}\n{}\n\n{body}", self.verb, self.path, headers.join("\n"))
    }
}

/// Any request.
pub fn any(random: &mut Rng, known: &KnownValues) -> Request {
    let kind = random.u8(..100);
    if (85..90).contains(&kind) {
        return batch(random, known);
    }
    let mut message = messages::good(random, known);
    let mut request = to_request(&message, random, known);
    match kind {
        0..=29 => {
            // A call that asks on its stream holds it until it is answered.
            if message.revision != STATELESS && random.u8(..250) == 0 {
                set(&mut request.headers, "mcp-session-id", known.any(Kind::AskingSession, random));
                request.waits = message.json.get("id").cloned();
            }
        }
        30..=59 => damage_tree(&mut message, &mut request, random),
        60..=69 => hostile_values::damage_bytes(&mut request.body, random),
        70..=84 => damage_headers(&mut request, random, known),
        90..=93 => change_verb(&mut request, random, known),
        94..=95 => change_token(&mut request, random),
        96 => request.body = hostile_values::text(&hostile_values::value(random)),
        97 => request.path = pick_path(random),
        _ => {
            damage_tree(&mut message, &mut request, random);
            damage_headers(&mut request, random, known);
            hostile_values::damage_bytes(&mut request.body, random);
        }
    }
    request
}

fn pick_path(random: &mut Rng) -> &'static str {
    const PATHS: &[&str] = &["/mcp?x=%00&y", "/mcp?", "/.well-known/oauth-protected-resource/mcp", "/mcp#x"];
    random.choice(PATHS).copied().unwrap_or("/mcp")
}

/// The message as a good client sends it.
fn to_request(message: &Message, random: &mut Rng, known: &KnownValues) -> Request {
    let mut headers: Vec<(&'static str, Vec<u8>)> = vec![
        ("content-type", b"application/json".to_vec()),
        ("accept", b"application/json, text/event-stream".to_vec()),
        ("mcp-protocol-version", message.revision.into()),
    ];
    let text = |pointer: &str| message.json.pointer(pointer).and_then(Value::as_str);
    if message.revision == STATELESS {
        headers.push(("mcp-method", text("/method").unwrap_or_default().into()));
        let name = ["/params/name", "/params/uri", "/params/taskId"].iter().find_map(|pointer| text(pointer));
        headers.extend(name.map(|name| ("mcp-name", header_text(name, random))));
    } else if random.u8(..4) != 0 && text("/method") != Some("initialize") {
        headers.push(("mcp-session-id", known.any(Kind::Session, random).into()));
    }
    Request {
        verb: "POST",
        path: "/mcp",
        headers: sendable(headers),
        body: hostile_values::text(&message.json),
        waits: None,
    }
}

/// A text as a header's value: as it is, or encoded where that needs be.
fn header_text(text: &str, random: &mut Rng) -> Vec<u8> {
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && text.trim() == text;
    if is_plain && random.u8(..10) != 0 {
        return text.into();
    }
    format!("=?base64?{}?=", STANDARD.encode(text)).into()
}

/// Only what HTTP and the client here let through.
fn sendable(mut headers: Vec<(&'static str, Vec<u8>)>) -> Vec<(&'static str, Vec<u8>)> {
    for (name, value) in &mut headers {
        let is_ascii_only = matches!(*name, "host" | "authorization");
        value.retain(|byte| match *byte {
            b'\t' | b' '..=b'~' => true,
            byte => byte > 0x7f && !is_ascii_only,
        });
        value.truncate(4_000);
    }
    headers
}

fn set(headers: &mut Vec<(&'static str, Vec<u8>)>, name: &'static str, value: impl Into<Vec<u8>>) {
    headers.retain(|(known, _)| *known != name);
    headers.push((name, value.into()));
    *headers = sendable(std::mem::take(headers));
}

fn damage_tree(message: &mut Message, request: &mut Request, random: &mut Rng) {
    for _ in 0..random.usize(1..4) {
        hostile_values::damage(&mut message.json, random);
    }
    // The header goes with the damaged name, or the message would not get any further.
    let name = ["/params/name", "/params/uri", "/params/taskId"]
        .iter()
        .find_map(|pointer| message.json.pointer(pointer).and_then(Value::as_str));
    if let Some(name) = name
        && message.revision == STATELESS
    {
        set(&mut request.headers, "mcp-name", header_text(name, random));
    }
    if let Some(method) = message.json.get("method").and_then(Value::as_str)
        && message.revision == STATELESS
    {
        set(&mut request.headers, "mcp-method", method);
    }
    request.body = hostile_values::text(&message.json);
}

fn damage_headers(request: &mut Request, random: &mut Rng, known: &KnownValues) {
    const NAMES: &[&str] = &[
        "content-type",
        "accept",
        "mcp-protocol-version",
        "mcp-method",
        "mcp-name",
        "mcp-session-id",
        "last-event-id",
        "content-encoding",
        "origin",
        "host",
        "time-zone",
        "idempotency-key",
        "x-request-id",
        "traceparent",
        "cookie",
    ];
    const VALUES: &[&str] = &[
        "",
        "text/plain",
        "application/json; charset=utf-16",
        "text/event-stream",
        "*/*;q=0",
        "gzip",
        "2024-11-05",
        "tools/list",
        "=?base64?%%%?=",
        "=?base64?/w==?=",
        "=?base64?",
        "https://evil.example",
        "null",
        "evil.example",
        "Europe/Nowhere",
        "00000000000000000000000000000000.0",
        "00-0-0-0",
    ];
    for _ in 0..random.usize(1..3) {
        let name = random.choice(NAMES).copied().unwrap_or("accept");
        let value = match random.u8(..6) {
            0 => known.any(Kind::Session, random).into_bytes(),
            1 => known.any(Kind::Event, random).into_bytes(),
            2 => hostile_values::word(random).into_bytes(),
            3 => (0..random.usize(..30)).map(|_| random.u8(b' '..)).collect(),
            _ => pick(random, VALUES).into(),
        };
        match random.u8(..4) {
            0 => request.headers.retain(|(known, _)| *known != name),
            // The client here sends one host.
            1 if name != "host" => {
                request.headers.push((name, value));
                request.headers = sendable(std::mem::take(&mut request.headers));
            }
            2 => set(&mut request.headers, "mcp-protocol-version", pick(random, HANDSHAKE)),
            _ => set(&mut request.headers, name, value),
        }
    }
}

fn change_verb(request: &mut Request, random: &mut Rng, known: &KnownValues) {
    const VERBS: &[&str] = &["GET", "GET", "GET", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH", "BREW"];
    request.verb = random.choice(VERBS).copied().unwrap_or("GET");
    if !matches!(request.verb, "PUT" | "PATCH" | "BREW") {
        request.body.clear();
    }
    if random.bool() {
        set(&mut request.headers, "mcp-protocol-version", pick(random, HANDSHAKE));
        set(&mut request.headers, "mcp-session-id", known.any(Kind::Session, random));
    }
    if random.bool() {
        set(&mut request.headers, "last-event-id", known.any(Kind::Event, random));
    }
}

fn change_token(request: &mut Request, random: &mut Rng) {
    const TOKENS: &[&str] =
        &["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b.c", "bearer x", "Bearer \t,"];
    let value = match random.u8(..3) {
        0 => format!("Bearer {}", hostile_values::word(random)),
        1 => "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.".to_owned(),
        _ => pick(random, TOKENS).to_owned(),
    };
    set(&mut request.headers, "authorization", value);
}

/// Several messages at once, which one revision takes.
fn batch(random: &mut Rng, known: &KnownValues) -> Request {
    let first = Message { revision: "2025-03-26", ..messages::good(random, known) };
    let mut request = to_request(&first, random, known);
    let most = if random.u8(..10) == 0 { 60 } else { 5 };
    let mut items: Value = (0..random.usize(..most)).map(|_| messages::good(random, known).json).collect();
    if random.bool() {
        hostile_values::damage(&mut items, random);
    }
    request.body = hostile_values::text(&items);
    if random.u8(..4) == 0 {
        set(&mut request.headers, "mcp-protocol-version", pick(random, HANDSHAKE));
    }
    request
}
