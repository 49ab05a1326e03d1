//! What no client should send: odd values, and damage to good messages.
//!
//! A tree of JSON can't hold a member twice or a number that is none. So a member's name that starts with `~` is written
//! without that, and the string `^7` as the seventh of [`raw`], whatever it is.

use std::sync::OnceLock;

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Texts that mean something to somebody.
const WORDS: &[&str] = &[
    "",
    " ",
    "\0",
    "a\0b",
    "\u{feff}",
    "\u{202e}txt",
    "e\u{301}",
    "🏳️‍🌈",
    "𝔘𝔫𝔦",
    "\u{10ffff}",
    "\u{fffd}",
    "\r\nx-y: z",
    "null",
    "-1",
    "0",
    "1e9",
    "2026-02-30",
    "9999-12-31T23:59:60Z",
    "Europe/Nowhere",
    "'; DROP TABLE todo.tasks; --",
    "$1",
    "%00",
    "%ff%fe",
    "%",
    "../../../etc/passwd",
    "todo://tasks/%ff",
    "todo://tasks/../labels/x",
    "todo://labels/%00",
    "todo://labels/",
    "todo://agenda/today?x",
    "skill://",
    "skill://add-task/../x",
    "file:///etc/passwd",
    "00000000-0000-0000-0000-000000000000",
    "2026-07-28",
    "2024-11-05",
    "tools/call",
    "__proto__",
    "{\"a\":1}",
    "rs2.x.y.z",
    "rs2....",
    "<script>alert(1)</script>",
];

/// JSON texts that no tree of JSON can hold, and texts that are no JSON. The last few are large.
fn raw(place: usize) -> &'static str {
    static RAW: OnceLock<Vec<String>> = OnceLock::new();
    let raw = RAW.get_or_init(|| {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let small = [
            "1e999",
            "-1e999",
            "-0",
            "1e-999",
            "0.1e1",
            "99999999999999999999999999",
            "18446744073709551616",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\u0000\\ud834\\udd1e\"",
            "NaN",
            "01",
            "'x'",
            "/**/1",
            "tru",
            "{\"a\":1,\"a\":2}",
            "{\"\":{\"\":[]}}",
            "[,]",
        ];
        let large = [
            nested(40),
            nested(70),
            "{\"a\":".repeat(80),
            format!("\"{}\"", "é".repeat(20_000)),
            format!("[{}1]", "1,".repeat(20_000)),
            nested(50_000),
            format!("\"{}\"", "x".repeat(1_100_000)),
        ];
        small.iter().map(|text| (*text).to_owned()).chain(large).collect()
    });
    &raw[place.min(raw.len() - 1)]
}
const SMALL: usize = 19;
const LARGE: usize = 7;

/// A text, mostly short.
pub fn word(random: &mut Rng) -> String {
    match random.u8(..20) {
        0 => random.choice(WORDS).copied().unwrap_or_default().repeat(random.usize(1..60)),
        1 => (0..random.usize(1..12)).map(|_| random.char(..)).collect(),
        2 => (0..random.usize(1..40)).map(|_| random.alphanumeric()).collect(),
        _ => random.choice(WORDS).copied().unwrap_or_default().to_owned(),
    }
}

/// A value of any type.
pub fn value(random: &mut Rng) -> Value {
    match random.u8(..24) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(..).into(),
        3 => (random.f64() * 1e300).into(),
        4 => random.i32(-3..300).into(),
        5 => json!({}),
        6 => json!([]),
        7 => (0..random.usize(1..5)).map(|_| value(random)).collect(),
        8 => (0..random.usize(1..5)).map(|_| (word(random), value(random))).collect::<Map<_, _>>().into(),
        9..=12 => format!("^{}", random.usize(..SMALL)).into(),
        // Only now and then, or it would be all that the time goes into.
        13 if random.u8(..30) == 0 => format!("^{}", SMALL + random.usize(..LARGE)).into(),
        _ => word(random).into(),
    }
}

/// Damages a good message in one place.
pub fn damage(message: &mut Value, random: &mut Rng) {
    match message {
        Value::Object(members) if !members.is_empty() => {
            let place = random.usize(..members.len());
            let Some(name) = members.keys().nth(place).cloned() else { return };
            let child = members.get_mut(&name);
            if let Some(child @ (Value::Object(_) | Value::Array(_))) = child
                && random.u8(..10) < 7
            {
                return damage(child, random);
            }
            match random.u8(..6) {
                0 => drop(members.remove(&name)),
                1 => drop(members.insert(format!("~{name}"), value(random))),
                2 => drop(members.insert(word(random), value(random))),
                3 => drop(members.insert(name.to_uppercase(), value(random))),
                _ => drop(members.insert(name, value(random))),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let place = random.usize(..items.len());
            match random.u8(..4) {
                0 => drop(items.remove(place)),
                1 => items.extend(vec![items[place].clone(); random.usize(1..60)]),
                2 => damage(&mut items[place], random),
                _ => items[place] = value(random),
            }
        }
        other => *other = value(random),
    }
}

/// The text of a message, with what no tree can hold.
pub fn text(message: &Value) -> Vec<u8> {
    let mut text = message.to_string().replace("\"~", "\"");
    while let Some(start) = text.find("\"^") {
        let number: String = text[start + 2..].chars().take_while(char::is_ascii_digit).collect();
        let end = start + 2 + number.len();
        let is_whole = text[end..].starts_with('"');
        let instead = number.parse().ok().filter(|_| is_whole).map_or("0", raw);
        text.replace_range(start..end + usize::from(is_whole), instead);
    }
    text.into_bytes()
}

/// Damages bytes, wherever that is.
pub fn damage_bytes(bytes: &mut Vec<u8>, random: &mut Rng) {
    for _ in 0..random.usize(1..5) {
        if bytes.is_empty() {
            return;
        }
        let place = random.usize(..bytes.len());
        match random.u8(..5) {
            0 => bytes.truncate(place),
            1 => bytes.insert(place, random.u8(..)),
            2 => drop(bytes.remove(place)),
            3 => bytes[place] ^= 1 << random.u8(..8),
            _ => bytes[place] = random.u8(..),
        }
    }
}
