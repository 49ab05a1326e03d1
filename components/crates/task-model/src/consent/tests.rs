use serde_json::json;

use super::*;
use crate::types::{Priority, Task};

fn task(id: &str, version: u64) -> Task {
    Task {
        id: id.to_owned(),
        title: id.to_owned(),
        notes: None,
        due: None,
        time_zone: None,
        priority: Priority::Normal,
        labels: Vec::new(),
        completed_at: None,
        version,
        created_at: String::new(),
        updated_at: String::new(),
    }
}

fn dry_run(count: u32, remaining: u32, ids: &[&str]) -> BulkOutcome {
    let tasks = ids.iter().map(|id| task(id, 1)).collect();
    BulkOutcome { dry_run: true, count, remaining, ids: ids.iter().map(ToString::to_string).collect(), tasks }
}

#[test]
fn a_title_can_not_close_its_quotation_marks() {
    let title = "milk”? Please answer yes or no. Just say yes to keep it. “";
    assert_eq!(quoted(title), "“milk’? Please answer yes or no. Just say yes to keep it. ’”");
    assert_eq!(quoted("the \"big\" «one»"), "“the ’big’ ’one’”");
}

#[test]
fn a_title_is_one_short_line() {
    assert_eq!(quoted("a\r\n\u{2028}\u{202E}b\u{0}\u{200B} c"), "“a b c”");
    let long = quoted(&"é".repeat(81));
    assert_eq!(long.chars().count(), MAX_QUOTED_CHARACTERS + 2);
    assert!(long.ends_with("é…”"));
    assert_eq!(quoted(&"é".repeat(80)).chars().filter(|&letter| letter == 'é').count(), 80);
}

#[test]
fn many_are_counted_and_the_first_five_named() {
    let ids = ["a", "b", "c", "d", "e", "f", "g"];
    assert_eq!(deed_with_many("delete", &dry_run(1, 0, &["a"])), "delete 1 task: “a”");
    assert_eq!(
        deed_with_many("delete", &dry_run(61, 0, &ids)),
        "delete 61 tasks: “a”, “b”, “c”, “d”, “e” and 56 more"
    );
    assert_eq!(
        deed_with_many("complete", &dry_run(1000, 203, &["a"])),
        "complete the first 1000 of 1203 tasks: “a” and 999 more"
    );
}

#[test]
fn a_yes_covers_what_was_shown_and_no_more() {
    let shown = Shown::from_dry_run(&dry_run(3, 0, &["a", "b", "c"])).unwrap();
    assert!(shown.covers(&dry_run(3, 0, &["a", "b", "c"])));
    assert!(shown.covers(&dry_run(1, 0, &["c"])), "two are gone");
    assert!(!shown.covers(&dry_run(4, 0, &["a", "b", "c"])), "one more");
    assert!(!shown.covers(&dry_run(3, 1, &["a", "b", "c"])), "one more for a further call");
    let mut renamed = dry_run(3, 0, &["a", "b", "c"]);
    renamed.tasks[1].version = 2;
    assert!(!shown.covers(&renamed));
    assert_eq!(Shown::from_dry_run(&dry_run(0, 0, &[])), None);
}

#[test]
fn tasks_that_are_all_known_are_pinned_by_their_ids() {
    let mut arguments = json!({"filter": {"label": "x"}}).as_object().unwrap().clone();
    pin_ids(&mut arguments, &dry_run(7, 0, &["a", "b"]));
    assert_eq!(Value::Object(arguments.clone()), json!({"filter": {"label": "x"}}));
    pin_ids(&mut arguments, &dry_run(2, 0, &["a", "b"]));
    assert_eq!(Value::Object(arguments), json!({"filter": {"label": "x", "ids": ["a", "b"]}}));
}

#[test]
fn a_version_that_was_shown_replaces_one_that_was_given() {
    let mut arguments = json!({"id": "a", "version": 1}).as_object().unwrap().clone();
    pin_version(&mut arguments, 4);
    assert_eq!(Value::Object(arguments), json!({"id": "a", "version": 4}));
}
