//! Tokens that the secret signed and that are still not good: for somebody else, for something else, or not now.

use harness::App;
use serde_json::{Value, json};

use super::{Bad, Known};

pub fn tokens(app: &App, known: &Known) -> Vec<Bad> {
    let now = known.claims["iat"].as_i64().unwrap();
    let cases: Vec<(&str, Value)> = vec![
        ("iss", Value::Null),
        ("iss", json!("https://evil.example")),
        ("iss", json!(format!("{}/", known.url))),
        ("iss", json!(known.url.to_uppercase())),
        ("iss", json!(format!("{}.evil.example", known.url))),
        ("iss", json!([known.url])),
        ("iss", json!("")),
        ("aud", Value::Null),
        ("aud", json!("https://evil.example")),
        ("aud", json!(["https://evil.example"])),
        ("aud", json!([])),
        ("aud", json!("")),
        ("aud", json!(7)),
        ("aud", json!(format!("{}/other", known.url))),
        ("aud", json!("*")),
        ("sub", Value::Null),
        ("sub", json!("")),
        ("sub", json!("ann")),
        ("sub", json!(7)),
        ("sub", json!("' OR true--")),
        ("sub", json!(["00000000-0000-4000-8000-000000000000"])),
        ("exp", Value::Null),
        ("exp", json!(now - 3_600)),
        ("exp", json!(now - 6)),
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("exp", json!("tomorrow")),
        ("exp", json!((now + 900).to_string())),
        ("exp", json!(true)),
        ("exp", json!({"at": now + 900})),
        ("nbf", json!(now + 3_600)),
        ("nbf", json!("tomorrow")),
        ("nbf", json!([])),
        ("scope", json!(["tasks:read"])),
        ("scope", json!(7)),
    ];
    let list = cases.into_iter().map(|(name, value)| {
        let what = format!("{name}: {value}");
        (what, app.sign(&known.with(name, value)).unwrap())
    });
    list.collect()
}
