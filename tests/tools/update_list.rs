//! Changing a list.

use std::thread;

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User, titles};

fn add(user: &User<'_>, name: &str) -> Value {
    user.ok("add-list", json!({ "name": name }))
}

fn lists(user: &User<'_>) -> Vec<Value> {
    user.ok("list-lists", json!({ "archived": true }))["items"].as_array().unwrap().clone()
}

/// The names in their order, those of nested lists with a dash.
fn order(user: &User<'_>) -> Vec<String> {
    let named = |list: &Value| {
        let dash = if list["parent_id"].is_null() { "" } else { "-" };
        format!("{dash}{}", list["name"].as_str().unwrap())
    };
    lists(user).iter().map(named).collect()
}

#[test]
fn only_what_is_given_changes_and_the_same_again_changes_nothing() {
    let user = ToolHarness::shared().user();
    let list = add(&user, "Work");
    let renamed = user.later(5).ok("update-list", json!({ "id": list["id"], "name": " Office " }));
    assert_eq!((&renamed["name"], &renamed["version"]), (&json!("Office"), &json!(2)));
    for member in ["colour", "position", "parent_id", "archived_at", "created_at"] {
        assert_eq!(renamed[member], list[member], "{member}");
    }
    assert!(renamed["updated_at"].as_str() > list["updated_at"].as_str());
    assert_eq!(user.later(9).ok("update-list", json!({ "id": list["id"], "name": "Office" })), renamed);
    let coloured = user.ok("update-list", json!({ "id": list["id"], "colour": "teal" }));
    assert_eq!((&coloured["colour"], &coloured["name"]), (&json!("teal"), &json!("Office")));
    let cleared = user.ok("update-list", json!({ "id": list["id"], "clear": ["colour"] }));
    assert_eq!((&cleared["colour"], &cleared["version"]), (&json!("grey"), &json!(4)));
}

#[test]
fn a_change_of_nothing_and_two_places_are_refused() {
    let user = ToolHarness::shared().user();
    let list = add(&user, "Work");
    let id = &list["id"];
    assert_eq!(user.pointers("update-list", json!({ "id": id })), [""]);
    assert_eq!(user.pointers("update-list", json!({ "id": id, "before": id, "after": id })), ["/after"]);
    assert_eq!(user.pointers("update-list", json!({ "id": id, "before": id })), ["/before"]);
    assert_eq!(user.pointers("update-list", json!({ "id": id, "parent_id": id })), ["/parent_id"]);
    assert_eq!(lists(&user), [list]);
}

#[test]
fn what_is_moved_stands_where_it_was_put_and_no_other_row_changes() {
    let user = ToolHarness::shared().user();
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| add(&user, name));
    let beside = |list: &Value, side: &str, other: &Value| {
        user.ok("update-list", json!({ "id": list["id"], side: other["id"] }))
    };
    beside(&d, "before", &b);
    assert_eq!(order(&user), ["a", "d", "b", "c"]);
    let moved = beside(&a, "after", &c);
    assert_eq!(order(&user), ["d", "b", "c", "a"]);
    assert_eq!(beside(&a, "after", &c), moved, "it is there already");
    let untouched: Vec<Value> = lists(&user)
        .into_iter()
        .filter(|list| ["b", "c"].contains(&list["name"].as_str().unwrap()))
        .collect();
    assert_eq!(untouched, [b, c]);
}

#[test]
fn a_list_is_nested_beside_another_one_and_taken_out_again() {
    let user = ToolHarness::shared().user();
    let [home, garden, work, trip] = ["home", "garden", "work", "trip"].map(|name| add(&user, name));
    user.ok("update-list", json!({ "id": garden["id"], "parent_id": home["id"] }));
    user.ok("update-list", json!({ "id": trip["id"], "before": garden["id"] }));
    assert_eq!(order(&user), ["home", "-trip", "-garden", "work"]);
    for (id, into) in [(&work, &garden), (&home, &work)] {
        let refused = user.pointers("update-list", json!({ "id": id["id"], "parent_id": into["id"] }));
        assert_eq!(refused, ["/parent_id"]);
    }
    user.ok("update-list", json!({ "id": trip["id"], "clear": ["parent_id"] }));
    assert_eq!(order(&user), ["home", "-garden", "work", "trip"]);
}

#[test]
fn two_calls_at_once_do_not_nest_deeper_than_one_level() {
    let tools = ToolHarness::shared();
    for _ in 0..8 {
        let user = tools.user();
        let [a, b, c] = ["a", "b", "c"].map(|name| add(&user, name)["id"].clone());
        thread::scope(|scope| {
            for (id, parent) in [(&a, &b), (&b, &c)] {
                let user = user.clone();
                scope.spawn(move || user.call("update-list", json!({ "id": id, "parent_id": parent })));
            }
        });
        let lists = lists(&user);
        let parent = |id: &Value| lists.iter().find(|list| list["id"] == *id).unwrap()["parent_id"].clone();
        assert!(parent(&a).is_null() || parent(&parent(&a)).is_null(), "{lists:?}");
    }
}

#[test]
fn what_is_in_an_archived_list_is_listed_where_it_is_named_and_back_when_it_is_used_again() {
    let user = ToolHarness::shared().user();
    let [trip, packing, other] = ["trip", "packing", "other"].map(|name| add(&user, name));
    user.ok("update-list", json!({ "id": packing["id"], "parent_id": trip["id"] }));
    for (title, list) in [("book", &trip), ("pack", &packing), ("stay", &other)] {
        user.ok(
            "add-task",
            json!({ "title": title, "list_id": list["id"], "due": "2026-11-18", "labels": ["l"] }),
        );
    }
    user.add("loose");
    let archived = user.ok("update-list", json!({ "id": trip["id"], "archived": true }));
    assert!(archived["archived_at"].is_string());
    assert_eq!(user.ok("update-list", json!({ "id": trip["id"], "archived": true })), archived);

    assert_eq!(user.titles("list-tasks", json!({ "sort": "title" })), ["loose", "stay"]);
    assert_eq!(user.titles("list-tasks", json!({ "label": "l" })), ["stay"]);
    assert_eq!(user.titles("search-tasks", json!({ "query": "pack" })), Vec::<String>::new());
    let overview = user.ok("overview", json!({}));
    assert_eq!(
        (&overview["open_count"], titles(&overview["due_today"])),
        (&json!(2), vec!["stay".to_owned()])
    );
    let would = user.ok("delete-tasks", json!({ "filter": { "label": "l" }, "dry_run": true }));
    assert_eq!(would["count"], 1, "{would}");

    assert_eq!(user.titles("list-tasks", json!({ "list": trip["id"] })), ["book"]);
    assert_eq!(user.titles("search-tasks", json!({ "query": "pack", "list": packing["id"] })), ["pack"]);
    let would = user.ok("delete-tasks", json!({ "filter": { "list": trip["id"] }, "dry_run": true }));
    assert_eq!(would["count"], 1, "{would}");
    assert_eq!(user.ok("export-tasks", json!({ "format": "json" }))["count"], 4);

    let refused = user.pointers("update-list", json!({ "id": packing["id"], "archived": false }));
    assert_eq!(refused, ["/archived"], "it is in an archived list");
    user.ok("update-list", json!({ "id": trip["id"], "archived": false }));
    assert_eq!(user.titles("list-tasks", json!({ "sort": "title" })), ["book", "loose", "pack", "stay"]);
}

#[test]
fn a_stale_version_conflicts_and_changes_nothing() {
    let user = ToolHarness::shared().user();
    let list = add(&user, "Work");
    user.ok("update-list", json!({ "id": list["id"], "version": 1, "name": "Office" }));
    let late = user.error("update-list", json!({ "id": list["id"], "version": 1, "colour": "red" }));
    assert_eq!(late, json!({ "conflict": 2 }));
    assert_eq!(lists(&user)[0]["colour"], "grey");
}

#[test]
fn a_strangers_list_is_not_found_and_stays() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let (hers, his) = (add(&alice, "hers"), add(&bob, "his"));
    for input in [
        json!({ "id": hers["id"], "name": "mine" }),
        json!({ "id": his["id"], "after": hers["id"] }),
        json!({ "id": his["id"], "parent_id": hers["id"] }),
    ] {
        assert_eq!(bob.error("update-list", input), json!({ "list_not_found": true }));
    }
    assert_eq!((lists(&alice), lists(&bob)), (vec![hers], vec![his]));
}
