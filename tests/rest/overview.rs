//! `GET /api/v1/overview`: counts by the caller's own day.

use harness::App;
use serde_json::json;

use crate::{add, titles};

#[test]
fn the_day_is_that_of_the_time_zone_header() {
    let user = App::shared().user();
    let today = |zone: &str| {
        let answer =
            user.request("GET", "/api/v1/overview").header("time-zone", zone).send().expect(200).json();
        answer["today"].as_str().expect("a date").to_owned()
    };
    // 26 hours apart: never the same day.
    assert_ne!(today("Pacific/Kiritimati"), today("Etc/GMT+12"));
    assert_eq!(today("europe/berlin"), today("Europe/Berlin"));
}

#[test]
fn tasks_are_counted_where_they_belong() {
    let user = App::shared().user();
    let today = user.get("/api/v1/overview").expect(200).json()["today"].as_str().expect("a date").to_owned();
    add(&user, &json!({ "title": "late", "due": "2020-01-01", "labels": ["home"] }));
    add(&user, &json!({ "title": "now", "due": today }));
    add(&user, &json!({ "title": "some day" }));
    let overview = user.get("/api/v1/overview?days=7").expect(200).json();
    assert_eq!(
        (&overview["open_count"], &overview["overdue_count"], &overview["due_today_count"]),
        (&json!(3), &json!(1), &json!(1))
    );
    assert_eq!(titles(&json!({ "items": overview["overdue"] })), ["late"]);
    assert_eq!(overview["labels"], json!([{ "label": "home", "open": 1 }]));
}
