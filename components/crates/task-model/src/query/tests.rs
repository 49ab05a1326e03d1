use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::zone;

/// Wednesday, 18 November 2026, 12:06:40 in Berlin.
const NOW: &str = "2026-11-18T11:06:40Z";

fn read(text: &str) -> Result<Query, QueryError> {
    parse(text, NOW.parse().unwrap(), &zone::zone("Europe/Berlin").unwrap())
}

fn alternatives(text: &str) -> Value {
    serde_json::to_value(read(text).unwrap().alternatives).unwrap()
}

fn error(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn each_condition_is_read() {
    let day = |from: &str, to: &str| json!([{ "due_from": from, "due_to": to }]);
    let wednesday = day("2026-11-17T23:00:00Z", "2026-11-18T22:59:59.999999Z");
    for (text, expected) in [
        ("today", wednesday.clone()),
        ("  ToDay ", wednesday.clone()),
        ("wed", wednesday.clone()),
        ("2026-11-18", wednesday.clone()),
        ("due: today", wednesday),
        ("tomorrow", day("2026-11-18T23:00:00Z", "2026-11-19T22:59:59.999999Z")),
        ("yesterday", day("2026-11-16T23:00:00Z", "2026-11-17T22:59:59.999999Z")),
        ("tuesday", day("2026-11-23T23:00:00Z", "2026-11-24T22:59:59.999999Z")),
        ("date: +3 days", day("2026-11-20T23:00:00Z", "2026-11-21T22:59:59.999999Z")),
        ("due: 2 days ago", day("2026-11-15T23:00:00Z", "2026-11-16T22:59:59.999999Z")),
        ("next 7 days", day("2026-11-17T23:00:00Z", "2026-11-24T22:59:59.999999Z")),
        ("7 days", day("2026-11-17T23:00:00Z", "2026-11-24T22:59:59.999999Z")),
        ("due before: sunday", json!([{ "due_to": "2026-11-21T22:59:59.999999Z" }])),
        ("due after: sunday", day("2026-11-22T23:00:00Z", "9999-12-30T22:00:00.999999999Z")),
        ("overdue", json!([{ "is_done": false, "due_to": "2026-11-18T11:06:39.999999Z" }])),
        ("no date", json!([{ "due_from": "infinity" }])),
        ("no time", json!([{ "is_timed": false }])),
        ("p1", json!([{ "priorities": [1] }])),
        ("P4", json!([{ "priorities": [4] }])),
        ("@Home", json!([{ "labels": ["home"] }])),
        ("no labels", json!([{ "is_labelled": false }])),
        ("#Inbox", json!([{ "in_inbox": true }])),
        ("recurring", json!([{ "is_repeating": true }])),
        ("done", json!([{ "is_done": true }])),
        ("open", json!([{ "is_done": false }])),
        ("search: milk bread", json!([{ "words": "('milk':* & 'bread':*)" }])),
        ("all", json!([{}])),
    ] {
        assert_eq!(alternatives(text), expected, "{text}");
    }
}

#[test]
fn conditions_are_joined_and_negated() {
    for (text, expected) in [
        ("p1 & @a & !@b", json!([{ "priorities": [1], "labels": ["a"], "no_labels": ["b"] }])),
        ("p1 | p2 & @a", json!([{ "priorities": [1] }, { "priorities": [2], "labels": ["a"] }])),
        (
            "(p1 | p2) & @a",
            json!([{ "priorities": [1], "labels": ["a"] }, { "priorities": [2], "labels": ["a"] }]),
        ),
        ("!(p1 | @a)", json!([{ "priorities": [2, 3, 4], "no_labels": ["a"] }])),
        ("!(p1 & @a)", json!([{ "priorities": [2, 3, 4] }, { "no_labels": ["a"] }])),
        ("!!p1", json!([{ "priorities": [1] }])),
        ("!p1 & !p2", json!([{ "priorities": [3, 4] }])),
        ("!no date", json!([{ "due_to": "9999-12-30T22:00:00.999999999Z" }])),
        ("!overdue", json!([{ "is_done": true }, { "due_from": "2026-11-18T11:06:40Z" }])),
        (
            "!today",
            json!([{ "due_to": "2026-11-17T22:59:59.999999Z" }, { "due_from": "2026-11-18T23:00:00Z" }]),
        ),
        ("!search: a & !search: b", json!([{ "no_words": "('a':*) | ('b':*)" }])),
        ("due after: today & due before: friday", {
            json!([{ "due_from": "2026-11-18T23:00:00Z", "due_to": "2026-11-19T22:59:59.999999Z" }])
        }),
    ] {
        assert_eq!(alternatives(text), expected, "{text}");
    }
}

#[test]
fn what_contradicts_itself_is_no_alternative() {
    for text in [
        "p1 & p2",
        "done & overdue",
        "today & tomorrow",
        "no date & today",
        "#a & #b",
        "#inbox & !#inbox",
        "!all",
    ] {
        assert_eq!(alternatives(text), json!([]), "{text}");
    }
    assert_eq!(alternatives("#A & #a"), json!([{}]));
}

fn with_lists(text: &str, lists: &[(&str, &str)]) -> Value {
    let mut query = read(text).unwrap();
    assert!(query.has_lists());
    let lists: Vec<_> = lists.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect();
    query.name_lists(&lists).unwrap();
    serde_json::from_str(&query.to_json()).unwrap()
}

#[test]
fn lists_are_named_in_any_case_and_one_that_is_not_there_is_told() {
    let lists = [("1", "Work"), ("2", "work"), ("3", "Big  plans"), ("4", "Übersee")];
    for (text, expected) in [
        ("#WORK", json!([{ "lists": ["1", "2"] }])),
        ("#Big  plans", json!([{ "lists": ["3"] }])),
        ("#übersee & p1", json!([{ "lists": ["4"], "priorities": [1] }])),
        ("!#work & !#Inbox", json!([{ "no_lists": ["1", "2"], "in_inbox": false }])),
    ] {
        assert_eq!(with_lists(text, &lists), expected, "{text}");
    }
    assert!(!read("#inbox").unwrap().has_lists());
    let unknown = read("p1 | !#nowhere").unwrap().name_lists(&[]).unwrap_err();
    assert!(unknown.to_string().starts_with("There is no list “nowhere”"));
}

#[test]
fn a_backslash_keeps_a_sign_in_a_name() {
    assert_eq!(with_lists(r"#R\&D \(old\)", &[("1", "R&D (old)")]), json!([{ "lists": ["1"] }]));
    assert_eq!(alternatives(r"search: a\|b"), json!([{ "words": "('a':* & 'b':*)" }]));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    assert!(error("  ").starts_with("The query is empty"));
    assert!(error("frob").starts_with("At character 1: “frob” is no condition. There are: today"));
    assert!(
        error("p1 & (today | frob)").starts_with("At character 15: “frob”"),
        "{}",
        error("p1 & (today | frob)")
    );
    assert!(error("due: someday").contains("“someday” is no day"));
    assert!(error("colour: red").contains("There is no condition “colour:”"));
    assert!(error("@two words").starts_with("At character 1: A label is one word"));
    assert!(error("search: ?").contains("no word"));
    for (text, at) in [("p1 &", 4), ("& p1", 1), ("(p1", 1), ("p1)", 3), ("()", 1), ("p1 & | p2", 4)] {
        assert!(error(text).contains(&format!("from character {at} on")), "{text}: {}", error(text));
    }
    assert!(error("p1, p2").starts_with("At character 3 there is a comma"));
    assert_eq!(read(&"é".repeat(501)), Err(QueryError::Long(501)));
    assert_eq!(read(&format!("{}p1{}", "(".repeat(21), ")".repeat(21))), Err(QueryError::Deep));
    assert!(read(&format!("{}p1{}", "(".repeat(20), ")".repeat(20))).is_ok());
    let many = ["(@a | @b | @c)"; 4].join(" & ");
    assert_eq!(read(&many), Err(QueryError::Complex));
}

#[test]
fn a_number_of_days_is_a_possible_one() {
    for text in ["0 days", "next 0 days", "-1 days days", "99999 days", "due: +99999999999 days"] {
        assert!(matches!(read(text), Err(QueryError::Condition { .. })), "{text}");
    }
    let zone = zone::zone("UTC").unwrap();
    let moment = Moment { now: NOW.parse().unwrap(), zone: &zone };
    assert_eq!(moment.day("sunday"), Some(date(2026, 11, 22)));
}

/// Conditions that can be told apart by one member of a task, and what they are for a task in which it is so or not.
const BITS: [&str; 4] = ["done", "recurring", "@a", "#inbox"];

fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(BITS.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| format!("!({part})")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" & "))),
            prop::collection::vec(inner, 2..4).prop_map(|parts| format!("({})", parts.join("|"))),
        ]
    })
}

/// Whether the query holds for a task, worked out from its text: an independent reading.
fn holds(text: &str, bits: [bool; 4]) -> bool {
    fn any(rest: &mut &str, bits: [bool; 4]) -> bool {
        let mut value = all(rest, bits);
        while let Some(behind) = rest.trim_start().strip_prefix('|') {
            *rest = behind;
            value |= all(rest, bits);
        }
        value
    }
    fn all(rest: &mut &str, bits: [bool; 4]) -> bool {
        let mut value = one(rest, bits);
        while let Some(behind) = rest.trim_start().strip_prefix('&') {
            *rest = behind;
            value &= one(rest, bits);
        }
        value
    }
    fn one(rest: &mut &str, bits: [bool; 4]) -> bool {
        *rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('!') {
            *rest = behind;
            return !one(rest, bits);
        }
        if let Some(behind) = rest.strip_prefix('(') {
            *rest = behind;
            let value = any(rest, bits);
            *rest = rest.trim_start().strip_prefix(')').unwrap();
            return value;
        }
        let index = BITS.iter().position(|name| rest.starts_with(name)).unwrap();
        *rest = &rest[BITS[index].len()..];
        bits[index]
    }
    any(&mut { text }, bits)
}

/// Whether one of the alternatives holds, as the SQL asks.
fn matches(alternatives: &Value, [is_done, is_repeating, has_a, in_inbox]: [bool; 4]) -> bool {
    alternatives.as_array().unwrap().iter().any(|one| {
        let is = |name: &str, value: bool| one[name].is_null() || one[name] == value;
        let has = |name: &str| one[name].as_array().is_some_and(|labels| labels.contains(&json!("a")));
        is("is_done", is_done)
            && is("is_repeating", is_repeating)
            && is("in_inbox", in_inbox)
            && (!has("labels") || has_a)
            && (!has("no_labels") || !has_a)
    })
}

proptest! {
    #[test]
    fn alternatives_mean_what_the_query_says(text in expressions()) {
        match read(&text) {
            Err(QueryError::Complex | QueryError::Long(_)) => {}
            other => {
                let alternatives = serde_json::to_value(other.unwrap().alternatives).unwrap();
                for bits in 0..16_u8 {
                    let bits = [0, 1, 2, 3].map(|bit| bits >> bit & 1 == 1);
                    prop_assert_eq!(holds(&text, bits), matches(&alternatives, bits), "{} for {:?}", text, bits);
                }
            }
        }
    }

    #[test]
    fn no_text_brings_it_down(text in "[()&|!\\\\, @#:a-z0-9é]{0,80}|\\PC{0,80}") {
        let _outcome = read(&text);
    }
}
