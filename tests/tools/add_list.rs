//! Adding a list.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

/// The names of the user's lists in their order.
fn names(user: &User<'_>) -> Vec<String> {
    let lists = user.ok("list-lists", json!({}));
    lists["items"].as_array().unwrap().iter().map(|list| list["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_name_is_enough_and_what_is_added_comes_back_behind_the_others() {
    let user = ToolHarness::shared().user();
    let first = user.ok("add-list", json!({ "name": "  Work " }));
    assert_eq!(
        (&first["name"], &first["colour"], &first["parent_id"]),
        (&json!("Work"), &json!("grey"), &Value::Null)
    );
    assert_eq!(
        (&first["version"], &first["open_count"], &first["archived_at"]),
        (&json!(1), &json!(0), &Value::Null)
    );
    let nested =
        user.ok("add-list", json!({ "name": "Garden", "colour": "green", "parent_id": first["id"] }));
    user.ok("add-list", json!({ "name": "Trip" }));
    assert_eq!(names(&user), ["Work", "Garden", "Trip"], "what is nested stands behind its list");
    let lists = user.ok("list-lists", json!({}));
    assert_eq!((&lists["items"][0], &lists["items"][1]), (&first, &nested));
}

#[test]
fn two_lists_may_have_one_name() {
    let user = ToolHarness::shared().user();
    let ids = [(); 2].map(|()| user.ok("add-list", json!({ "name": "Same" }))["id"].clone());
    assert_ne!(ids[0], ids[1]);
    assert_eq!(names(&user), ["Same", "Same"]);
}

#[test]
fn lists_are_nested_one_level_deep_in_lists_in_use_of_ones_own() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let top = alice.ok("add-list", json!({ "name": "top" }));
    let nested = alice.ok("add-list", json!({ "name": "nested", "parent_id": top["id"] }));
    let into = |user: &User<'_>, parent: &Value| {
        user.call("add-list", json!({ "name": "x", "parent_id": parent["id"] }))
    };
    assert_eq!(into(&alice, &nested)["error"]["invalid"][0]["pointer"], "/parent_id");
    assert_eq!(into(&bob, &top)["error"], json!({ "list_not_found": true }));
    alice.ok("update-list", json!({ "id": top["id"], "archived": true }));
    assert_eq!(into(&alice, &top)["error"]["invalid"][0]["pointer"], "/parent_id");
    assert_eq!(names(&bob), Vec::<String>::new());
}

#[test]
fn everything_wrong_is_named_in_one_answer() {
    let user = ToolHarness::shared().user();
    assert_eq!(
        user.pointers("add-list", json!({ "name": " ", "parent_id": "work" })),
        ["/name", "/parent_id"]
    );
    for name in ["a\nb".to_owned(), "a\u{202e}b".to_owned(), "x".repeat(101)] {
        assert_eq!(user.pointers("add-list", json!({ "name": name })), ["/name"]);
    }
}

#[test]
fn two_hundred_lists_and_no_more() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    tools
        .0
        .sql(&format!(
            "INSERT INTO todo.lists (user_id, id, name, colour, position, created_at, updated_at)
             SELECT '{}', gen_random_uuid(), n::text, 'grey', lpad(to_hex(n), 4, '0') || '80', now(), now()
             FROM generate_series(1, 199) AS n",
            user.id
        ))
        .unwrap();
    user.ok("add-list", json!({ "name": "the last" }));
    assert_eq!(user.error("add-list", json!({ "name": "one more" })), json!({ "too_many_lists": 200 }));
    assert_eq!(names(&user).last().map(String::as_str), Some("the last"));
}
