//! What is no token, or not one in the compact form (RFC 7515, section 7.1).

use serde_json::json;

use super::{Bad, Known};
use crate::tokens::{encode, message};

pub fn tokens(known: &Known) -> Vec<Bad> {
    let token = &known.token;
    let (message_part, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = message_part.split_once('.').unwrap();
    let flipped = |text: &str| {
        let last = if text.ends_with('A') { 'B' } else { 'A' };
        format!("{}{last}", &text[..text.len() - 1])
    };
    let first_flipped = format!("{}{}", if signature.starts_with('A') { 'B' } else { 'A' }, &signature[1..]);
    let general = json!({"payload": payload, "protected": header, "signature": signature}).to_string();
    let list: Vec<(&str, String)> = vec![
        ("one part", "abc".to_owned()),
        ("two parts", format!("{header}.{payload}")),
        ("three dots", "...".to_owned()),
        ("two dots", "..".to_owned()),
        ("four parts", format!("{token}.{signature}")),
        ("five parts, as an encrypted one", format!("{token}.{signature}.{signature}")),
        ("no signature", format!("{message_part}.")),
        ("no payload", format!("{header}..{signature}")),
        ("no header", format!(".{payload}.{signature}")),
        ("half a signature", format!("{message_part}.{}", &signature[..signature.len() / 2])),
        ("a signature of zeros", format!("{message_part}.{}", encode([0_u8; 64]))),
        ("a signature of ones", format!("{message_part}.{}", encode([255_u8; 64]))),
        ("a signature of one byte", format!("{message_part}.AA")),
        ("a signature twice as long", format!("{message_part}.{signature}{signature}")),
        ("a signature with its first letter changed", format!("{message_part}.{first_flipped}")),
        ("a payload with its last letter changed", format!("{header}.{}.{signature}", flipped(payload))),
        ("parts in another order", format!("{payload}.{header}.{signature}")),
        ("padding", format!("{token}==")),
        ("padding inside", format!("{header}=.{payload}.{signature}")),
        ("the other alphabet of base64", format!("{header}+/.{payload}.{signature}")),
        ("a header that is no JSON", format!("{}.{payload}.{signature}", encode("{alg:EdDSA}"))),
        ("a header that is a list", format!("{}.{payload}.{signature}", encode("[]"))),
        ("a header that is a number", format!("{}.{payload}.{signature}", encode("7"))),
        ("a header without members", format!("{}.{payload}.{signature}", encode("{}"))),
        ("a header of bytes that are no text", format!("{}.{payload}.{signature}", encode([0xff, 0xfe]))),
        (
            "an algorithm twice",
            format!("{}.{payload}.{signature}", encode(r#"{"alg":"none","alg":"EdDSA","typ":"at+jwt"}"#)),
        ),
        ("a payload that is no JSON", format!("{header}.{}.{signature}", encode("x"))),
        ("a payload that is a list", format!("{header}.{}.{signature}", encode("[]"))),
        ("a payload that is null", format!("{header}.{}.{signature}", encode("null"))),
        ("nothing inside", message(&json!({}), &json!({})) + "."),
        ("the form in JSON", encode(general)),
        ("deep nesting", format!("{}.{payload}.{signature}", encode("[".repeat(4000)))),
        ("a long one", "a".repeat(9_000)),
        ("a long one with dots", format!("{token}.{}", "a".repeat(9_000))),
        (
            "a long header",
            format!(
                "{}.{payload}.{signature}",
                encode(json!({"alg": "EdDSA", "x": "x".repeat(9_000)}).to_string())
            ),
        ),
        ("a very long one", "a.".repeat(10_000)),
        ("a session's token", "0123456789abcdef0123456789abcdef".to_owned()),
        ("a path", "../../etc/passwd".to_owned()),
    ];
    list.into_iter().map(|(what, token)| (what.to_owned(), token)).collect()
}
