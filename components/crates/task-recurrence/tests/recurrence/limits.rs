//! What is refused, and by the name of which member.

use task_model::types::NewRecurrence;

use crate::repeating::{input, refused};

const RULE: [&str; 1] = ["/recurrence/rule"];

#[test]
fn a_rule_of_which_nothing_comes_is_refused() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=DAILY;UNTIL=20200101T000000Z",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=1",
    ] {
        assert_eq!(refused(&input(rule), None), RULE, "{rule}");
        assert_eq!(refused(&input(rule), Some("2026-12-01")), RULE, "{rule}");
    }
    let left_out = NewRecurrence {
        exceptions: Some(vec!["2026-12-01".to_owned()]),
        ..input("FREQ=DAILY;UNTIL=20261201")
    };
    assert_eq!(refused(&left_out, Some("2026-12-01")), RULE);
}

#[test]
fn hours_and_minutes_need_a_time() {
    for rule in ["FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;BYMINUTE=30"] {
        assert_eq!(refused(&input(rule), Some("2026-12-01")), RULE, "{rule}");
        assert!(refused(&input(rule), Some("2026-12-01T09:00:00Z")).is_empty(), "{rule}");
        assert!(refused(&input(rule), None).is_empty(), "{rule}");
    }
}

#[test]
fn each_member_is_named() {
    let wrong = NewRecurrence {
        rule: "FREQ=SECONDLY".to_owned(),
        from: None,
        zone: Some("Mars/Olympus".to_owned()),
        exceptions: Some(vec!["2026-12-24".to_owned(), "24.12.2026".to_owned(), "1969-01-01".to_owned()]),
    };
    assert_eq!(
        refused(&wrong, None),
        ["/recurrence/rule", "/recurrence/zone", "/recurrence/exceptions/1", "/recurrence/exceptions/2"]
    );
    let many = NewRecurrence { exceptions: Some(vec!["2026-12-24".to_owned(); 101]), ..input("FREQ=DAILY") };
    assert_eq!(refused(&many, None), ["/recurrence/exceptions"]);
    let hourly = NewRecurrence { exceptions: Some(vec!["2026-12-24".to_owned()]), ..input("FREQ=HOURLY") };
    assert_eq!(refused(&hourly, None), ["/recurrence/exceptions"]);
}
