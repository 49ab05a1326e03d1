//! The general rules, over generated titles, days, times, labels and priorities.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use jiff::Zoned;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use task_language::{Clock, Draft, Part, Priority, words};

const VERBS: &[&str] =
    &["buy", "call", "clean", "write", "send", "paint", "order", "return", "book", "print", "fix", "visit"];

/// What titles are about; some look like parts of days and times.
const THINGS: &[&str] = &[
    "milk",
    "lunch with Kim",
    "the red box",
    "night cream",
    "noon prayer",
    "an evening dress",
    "the monthly cash",
    "A4 paper",
    "a 3/4 inch pipe",
    "version 2.10.1",
    "The March Hare",
    "a sun hat",
    "the weekend bag",
    "a day planner",
    "two lamps",
    "the friday report",
    "the 24/7 shop",
    "B2B notes",
    "café chairs",
    "Zürich maps",
    "the 7th Seal",
    "a 5-minute timer",
    "the 8pm show",
    "Monday's notes",
    "Sunday roast",
    "2 kg potatoes",
    "the midnight train",
    "🎂 cake",
    "Friday Night Lights",
    "chapter 3",
    "a second hand",
    "mac and cheese",
    "3.5 mm cable",
];

const JOINTS: &[&str] = &["and", "for", "with", "about"];

/// What says when, and what it says, on Saturday 21 November 2026 at 10:00 in Berlin.
const WHENS: &[(&str, &str)] = &[
    ("tomorrow", "2026-11-22"),
    ("on friday", "2026-11-27"),
    ("next week", "2026-11-23"),
    ("in 3 days", "2026-11-24"),
    ("by 5 march", "2027-03-05"),
    ("on March 31, 2027", "2027-03-31"),
    ("tomorrow at 6pm", "2026-11-22T18:00:00+01:00"),
    ("friday 17:30", "2026-11-27T17:30:00+01:00"),
    ("in 2h", "2026-11-21T12:00:00+01:00"),
    ("2027-01-02", "2027-01-02"),
    ("the day after tomorrow", "2026-11-23"),
    ("on monday morning", "2026-11-23T09:00:00+01:00"),
    ("friday 6-7pm", "2026-11-27T18:00:00+01:00"),
    ("before the end of january", "2027-01-31"),
];

const PRIORITIES: &[(&str, Priority)] = &[
    ("p1", Priority::Urgent),
    ("p2", Priority::High),
    ("p4", Priority::Low),
    ("high priority", Priority::High),
    ("!low", Priority::Low),
];

const LABELS: &[&str] = &["home", "work", "q4"];
const LISTS: &[&str] = &["groceries", "garden"];
const ENDS: &[&str] = &["jam", "cake", "pipe", "lamps", "shop", "hat"];
const PAIRS: &[(&str, &str)] = &[
    ("monday", "friday"),
    ("tomorrow", "friday"),
    ("tomorrow", "the 12th"),
    ("5 march", "next week"),
    ("on 5 march", "on 6 april"),
    ("in 3 days", "on friday"),
];

/// `PROPTEST_CASES`, or those of the short form.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000)
}

fn clock() -> Clock {
    let now: Zoned = "2026-11-21T10:00:00+01:00[Europe/Berlin]".parse().expect("a time with its zone");
    Clock::new(now.timestamp().as_microsecond(), "Europe/Berlin")
}

/// A verb, and words that end with one that no phrase goes on after.
fn title() -> impl Strategy<Value = String> {
    (select(VERBS), prop::collection::vec((select(THINGS), select(JOINTS)), 0..3), select(ENDS)).prop_map(
        |(verb, things, last)| {
            let things: String =
                things.into_iter().map(|(thing, joint)| format!("{thing} {joint} ")).collect();
            format!("{verb} {things}{last}")
        },
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn due(draft: &Draft) -> Option<String> {
    draft.first(&clock())?.due(&clock()).map(|due| due.rfc3339())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_says_when_is_not_in_the_title_and_every_other_word_is(title in title(), (said, wanted) in select(WHENS)) {
        let draft = Draft::parse(&format!("{title} {said}"), &clock()).expect("a title");
        prop_assert_eq!(&draft.title, &capital(&title), "{}", said);
        prop_assert_eq!(due(&draft), Some(wanted.to_owned()));
    }

    #[test]
    fn a_title_alone_is_left_as_it_is(title in title()) {
        let draft = Draft::parse(&title, &clock()).expect("a title");
        prop_assert_eq!(&draft.title, &capital(&title));
        prop_assert_eq!(draft.when, None);
        prop_assert_eq!(draft.spans, Vec::new());
    }

    #[test]
    fn labels_priority_and_list_are_read_in_any_order(
        title in title(),
        labels in subsequence(LABELS, 0..3),
        priority in prop::option::of(select(PRIORITIES)),
        when in prop::option::of(select(WHENS)),
        list in prop::option::of(select(LISTS)),
        order in any::<u8>(),
    ) {
        let mut parts: Vec<String> = labels.iter().map(|label| format!("#{label}")).collect();
        parts.extend(priority.map(|(said, _)| said.to_owned()));
        parts.extend(when.map(|(said, _)| said.to_owned()));
        parts.extend(list.map(|list| format!("+{list}")));
        if !parts.is_empty() {
            let turn = usize::from(order) % parts.len();
            parts.rotate_left(turn);
        }
        let draft = Draft::parse(&format!("{title} {}", parts.join(" ")), &clock()).expect("a title");
        prop_assert_eq!(&draft.title, &capital(&title), "{:?}", parts);
        let mut read = draft.labels.clone();
        read.sort();
        let mut wanted: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        wanted.sort();
        prop_assert_eq!(read, wanted);
        prop_assert_eq!(draft.priority, priority.map(|(_, priority)| priority));
        prop_assert_eq!(draft.list.as_deref(), list);
        prop_assert_eq!(due(&draft), when.map(|(_, wanted)| wanted.to_owned()));
    }

    #[test]
    fn each_word_is_in_a_span_or_in_the_title(title in title(), (said, _) in select(WHENS), label in select(&["#home", "#a-b"][..])) {
        let message = format!("{title} {label} {said}");
        let draft = Draft::parse(&message, &clock()).expect("a title");
        let inside = |start: usize, end: usize| draft.spans.iter().any(|span| span.start <= start && end <= span.end);
        let left: Vec<String> = words(&message).into_iter().filter(|word| !inside(word.start, word.end)).map(|word| word.text).collect();
        prop_assert_eq!(left.join(" "), title);
        let when: Vec<&task_language::Span> = draft.spans.iter().filter(|span| span.part == Part::When).collect();
        prop_assert_eq!(when.len(), 1);
        let text: String = message.chars().skip(when[0].start).take(when[0].end - when[0].start).collect();
        prop_assert_eq!(text, said);
    }

    #[test]
    fn two_days_beside_each_other_are_asked_about(title in title(), (a, b) in select(PAIRS)) {
        let draft = Draft::parse(&format!("{title} {a}, {b}"), &clock()).expect("a title");
        prop_assert!(draft.when.is_none() || draft.doubt.is_some() || draft.when.is_some_and(|when| when.mismatch.is_some()));
    }

    #[test]
    fn nothing_that_anybody_types_makes_it_fail(typed in any::<String>(), now in any::<i64>()) {
        if let Some(draft) = Draft::parse(&typed, &Clock::new(now, "America/New_York")) {
            let length = typed.chars().count();
            prop_assert!(draft.spans.iter().all(|span| span.start < span.end && span.end <= length));
        }
    }
}
