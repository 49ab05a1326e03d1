//! Bad input: each row of the table gets its problem, and nothing is stored.

use harness::run_bad_input;
use serde_json::json;

use crate::chat_fixture::fixture;

#[test]
fn every_row_of_the_table_gets_its_problem_and_stores_nothing() {
    let fixture = fixture();
    let caller = fixture.user();
    let count = run_bad_input(&caller, include_str!("bad_input.json"))
        .unwrap_or_else(|differences| panic!("{differences}"));
    assert!(count >= 20, "{count}");
    assert_eq!(caller.get("/api/v1/conversations").expect(200).json()["items"], json!([]));
}

#[test]
fn a_message_may_have_8000_characters_and_no_more() {
    let fixture = fixture();
    let caller = fixture.user();
    let word = fixture.model.script([crate::scripted_model::says(&["Long."])]);
    let most = format!("{word}{}", "ü".repeat(8_000 - word.len()));
    caller.post("/api/v1/chat", &json!({"message": most})).expect(200);
    let problem = caller.post("/api/v1/chat", &json!({"message": format!("{most}ü")})).expect(422).json();
    assert_eq!(problem["errors"][0]["pointer"], "/message");
}
