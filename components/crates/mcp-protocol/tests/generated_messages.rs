//! Whatever bytes and headers come, there is an answer, it is well formed, and it is no fault of the server.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use http::Method;
use mcp_protocol::{Body, Reply};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    test_runner::TestCaseError,
};
use serde_json::{Map, Value, json};
use test_server::{USUAL, send, stateless_meta};

const CASES: u32 = 5_000;
const CODES: [i64; 9] = [-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022, 403];

/// What must hold for every answer.
fn check(reply: Reply) -> Result<(), TestCaseError> {
    let status = reply.status().as_u16();
    prop_assert!(status < 500, "{status}");
    let answer: Value = match reply.into_body() {
        Body::Json(json) => {
            serde_json::from_slice(&json).map_err(|error| TestCaseError::fail(error.to_string()))?
        }
        Body::Empty => {
            prop_assert_eq!(status, 202);
            return Ok(());
        }
        // A stream has begun; what is on it, other tests say.
        _ => return Ok(()),
    };
    let answers = answer.as_array().cloned().unwrap_or_else(|| vec![answer]);
    prop_assert!(!answers.is_empty());
    for answer in answers {
        prop_assert_eq!(&answer["jsonrpc"], "2.0");
        let has_result = answer.get("result").is_some();
        prop_assert_ne!(has_result, answer.get("error").is_some());
        prop_assert!(
            answer["id"].is_string() || answer["id"].is_i64() || answer["id"].is_u64() || !has_result
        );
        if has_result {
            prop_assert_eq!(status, 200);
        } else {
            prop_assert!(CODES.contains(&answer["error"]["code"].as_i64().unwrap()), "{}", answer);
        }
    }
    Ok(())
}

/// Values of the kinds that messages are made of, more often right than chance would have it.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        select(vec![
            json!("2.0"),
            json!("ping"),
            json!("initialize"),
            json!("tools/list"),
            json!("tools/call"),
            json!("server/discover"),
            json!("notifications/initialized"),
            json!("add"),
            json!("2026-07-28"),
            json!("2025-11-25"),
            stateless_meta(),
            json!({"a": 1, "b": 2}),
            json!({"name": "a", "version": "1"}),
        ]),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any_key(), inner), 0..5)
                .prop_map(|members| members.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec![
            "jsonrpc", "id", "method", "params", "result", "error", "_meta", "name", "arguments", "cursor",
            "protocolVersion", "capabilities", "clientInfo", "a", "b",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

fn any_headers() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let name = select(vec![
        "mcp-protocol-version",
        "mcp-method",
        "mcp-name",
        "accept",
        "content-type",
        "content-encoding",
    ]);
    let value = prop_oneof![
        4 => select(vec!["2026-07-28", "2025-11-25", "2025-03-26", "tools/list", "tools/call", "add", "=?base64?YWRk?=", "*/*", "application/json"])
            .prop_map(str::to_owned),
        1 => "[ -~]{0,12}",
    ];
    vec((name, value), 0..5)
}

fn exchange(headers: &[(&'static str, String)], body: &[u8]) -> Reply {
    let own = headers.iter().map(|(name, value)| (*name, value.as_str()));
    let headers: Vec<_> = USUAL.iter().copied().chain(own).collect();
    send(&Method::POST, &headers, body)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_an_answer(headers in any_headers(), bytes in vec(any::<u8>(), 0..200)) {
        check(exchange(&headers, &bytes))?;
    }

    #[test]
    fn any_json_gets_an_answer(headers in any_headers(), value in any_value()) {
        check(exchange(&headers, value.to_string().as_bytes()))?;
    }

    #[test]
    fn anything_like_a_message_gets_an_answer(
        headers in any_headers(),
        method in any_value(),
        id in any_value(),
        params in any_value(),
    ) {
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        check(exchange(&headers, message.to_string().as_bytes()))?;
    }

    #[test]
    fn a_damaged_message_gets_an_answer(
        headers in any_headers(),
        damage in vec((any::<Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
            "name": "add", "arguments": {"a": 1, "b": 2}, "_meta": stateless_meta(),
        }});
        let mut bytes = message.to_string().into_bytes();
        for (place, byte, kind) in damage {
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        check(exchange(&headers, &bytes))?;
    }
}
