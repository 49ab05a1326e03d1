//! Bad input: each row of the table gets its problem, and nothing is stored.

use harness::run_bad_input;
use serde_json::json;

use crate::client::{Client, fixture};

#[test]
fn every_row_of_the_table_gets_its_problem_and_stores_nothing() {
    let client = Client::new();
    let count = run_bad_input(&client.caller, include_str!("bad_input.json"))
        .unwrap_or_else(|differences| panic!("{differences}"));
    assert!(count >= 40, "{count}");
    assert_eq!(client.json("threads.list", json!({}))["data"], json!([]));
    for table in ["attachments", "item_feedback", "thread_items"] {
        let sql = format!("SELECT count(*) FROM todo.{table} WHERE user_id = '{}'", client.caller.id);
        assert_eq!(fixture().app.sql(&sql).unwrap().trim(), "0", "{table}");
    }
}
