//! Lines of a quick addition: what is used is not in the title, and all else is, as it was typed.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::ops::Range;

use jiff::Zoned;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use task_language::{Clock, Line, LinePart, ListMention, Priority, Reading, Syntax};

const VERBS: &[&str] =
    &["buy", "Call", "clean", "please write", "send", "remind me to order", "2 print", "fix"];
const THINGS: &[&str] = &[
    "milk",
    "lunch with Kim",
    "the red box,",
    "night cream",
    "an evening dress",
    "A4 paper",
    "a 3/4 inch pipe",
    "version 2.10.1",
    "The March Hare",
    "the friday report",
    "the 24/7 shop",
    "C++ notes",
    "café chairs",
    "“Zürich” maps",
    "a 5-minute timer",
    "Monday's notes",
    "2 kg potatoes",
    "🎂 cake",
    "Friday Night Lights",
    "chapter 3",
    "a@b.example",
    "50 % off",
    "it's urgent",
    "rock & roll",
    "(maybe) jam",
];
const JOINTS: &[&str] = &["and", "for", "with", "about", "–"];
const ENDS: &[&str] = &["jam", "cake", "pipe", "lamps", "shop", "hat"];
const LABELS: &[&str] = &["home", "work", "q4", "büro", "a-b"];
const LISTS: &[&str] = &["Groceries", "Hardware store", "Home", "Home office"];

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
    ("every friday", "2026-11-27"),
    ("every 2 weeks on monday at 9:00", "2026-11-23T09:00:00+01:00"),
    ("on friday at 3pm UTC", "2026-11-27T16:00:00+01:00"),
];
const PRIORITIES: &[(&str, Priority)] = &[
    ("p1", Priority::Urgent),
    ("p2", Priority::High),
    ("p3", Priority::Normal),
    ("p4", Priority::Low),
    ("with high priority", Priority::High),
];
const SYNTAXES: &[Syntax] = &[Syntax::Standard, Syntax::Todoist, Syntax::Vikunja];

fn clock() -> Clock {
    let now: Zoned = "2026-11-21T10:00:00+01:00[Europe/Berlin]".parse().expect("a time with its zone");
    Clock::new(now.timestamp().as_microsecond(), "Europe/Berlin")
}

fn lists() -> Vec<String> {
    LISTS.iter().map(|name| (*name).to_owned()).collect()
}

fn read(line: &str, syntax: Syntax, ignored: &[Range<usize>]) -> Line {
    Line::read(line, &clock(), &Reading { syntax, lists: &lists(), ignored })
}

fn title() -> impl Strategy<Value = String> {
    (select(VERBS), prop::collection::vec((select(THINGS), select(JOINTS)), 0..3), select(ENDS)).prop_map(
        |(verb, things, last)| {
            let things: String =
                things.into_iter().map(|(thing, joint)| format!("{thing} {joint} ")).collect();
            format!("{verb} {things}{last}")
        },
    )
}

/// A line of a title and parts behind it, in some order, and what each part is.
#[derive(Debug, Clone)]
struct Typed {
    title: String,
    parts: Vec<(LinePart, String)>,
    syntax: Syntax,
    labels: Vec<String>,
    list: Option<usize>,
    priority: Option<Priority>,
    due: Option<&'static str>,
}

impl Typed {
    fn text(&self) -> String {
        let parts: String = self.parts.iter().map(|(_, part)| format!(" {part}")).collect();
        format!("{}{parts}", self.title)
    }
}

fn typed() -> impl Strategy<Value = Typed> {
    let what = (
        title(),
        subsequence(LABELS, 0..3),
        prop::option::of(select((0..LISTS.len()).collect::<Vec<_>>())),
        prop::option::of(select(PRIORITIES)),
        prop::option::of(select(WHENS)),
    );
    (what, select(SYNTAXES), any::<u8>()).prop_map(|((title, labels, list, priority, when), syntax, turn)| {
        let (label_mark, list_mark) = match syntax {
            Syntax::Standard => ('#', '+'),
            Syntax::Todoist => ('@', '#'),
            Syntax::Vikunja => ('*', '+'),
        };
        let mut parts: Vec<(LinePart, String)> =
            labels.iter().map(|label| (LinePart::Label, format!("{label_mark}{label}"))).collect();
        parts.extend(list.map(|list| (LinePart::List, format!("{list_mark}{}", LISTS[list]))));
        parts.extend(priority.map(|(said, _)| (LinePart::Priority, said.to_owned())));
        parts.extend(when.map(|(said, _)| {
            (if said.starts_with("every") { LinePart::Recurrence } else { LinePart::Due }, said.to_owned())
        }));
        if !parts.is_empty() {
            let turn = usize::from(turn) % parts.len();
            parts.rotate_left(turn);
        }
        let mut labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        labels.sort();
        Typed {
            title,
            parts,
            syntax,
            labels,
            list,
            priority: priority.map(|(_, priority)| priority),
            due: when.map(|(_, due)| due),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_used_is_not_in_the_title_and_every_other_word_is_as_it_was_typed(typed in typed()) {
        let text = typed.text();
        let line = read(&text, typed.syntax, &[]);
        prop_assert_eq!(&line.title, &typed.title, "{}", text);
        prop_assert_eq!(&line.labels, &typed.labels, "{}", text);
        prop_assert_eq!(line.list, typed.list.map(ListMention::Known), "{}", text);
        prop_assert_eq!(line.priority, typed.priority, "{}", text);
        prop_assert_eq!(line.due.map(|due| due.rfc3339()), typed.due.map(str::to_owned), "{}", text);
        let spans: Vec<(LinePart, String)> = line.spans.iter().map(|span| (span.part, span.text.clone())).collect();
        prop_assert_eq!(spans, typed.parts, "{}", text);
        prop_assert!(line.notices.is_empty());
    }

    #[test]
    fn what_is_taken_back_is_a_part_of_the_title_and_all_else_is_read_as_before(typed in typed(), choice in any::<prop::sample::Index>()) {
        prop_assume!(!typed.parts.is_empty());
        let text = typed.text();
        let before = read(&text, typed.syntax, &[]);
        let taken = choice.index(before.spans.len());
        let range = before.spans[taken].start..before.spans[taken].end;
        let line = read(&text, typed.syntax, &[range]);
        prop_assert_eq!(&line.title, &format!("{} {}", typed.title, typed.parts[taken].1), "{}", text);
        let mut left = before.spans;
        left.remove(taken);
        prop_assert_eq!(line.spans, left, "{}", text);
    }

    #[test]
    fn a_line_without_marks_and_days_is_a_title(title in title()) {
        let line = read(&title, Syntax::Standard, &[]);
        prop_assert_eq!(line, Line { title, ..Line::default() });
    }

    #[test]
    fn each_character_is_in_a_span_or_comes_in_the_title_whatever_is_typed(text in any::<String>(), start in 0_usize..40, length in 0_usize..40, syntax in select(SYNTAXES)) {
        let ignored = start..start + length;
        let line = read(&text, syntax, std::slice::from_ref(&ignored));
        let mut at = 0;
        let characters: Vec<char> = text.chars().collect();
        let mut outside = String::new();
        for span in &line.spans {
            prop_assert!(at <= span.start && span.start < span.end && span.end <= characters.len());
            prop_assert_eq!(&characters[span.start..span.end].iter().collect::<String>(), &span.text);
            prop_assert!(span.end <= ignored.start || ignored.end <= span.start || ignored.is_empty());
            outside.extend(&characters[at..span.start]);
            at = span.end;
        }
        outside.extend(&characters[at..]);
        // Letters and digits, in their order.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&line.title), letters(&outside));
    }
}

/// What is typed, what is left as the title, and what was read: kind, text, words.
fn spans(line: &Line) -> Vec<String> {
    line.spans.iter().map(|span| format!("{:?} {:?} {}", span.part, span.text, span.words)).collect()
}

#[test]
fn spans_say_what_they_were_read_as_in_words() {
    let line = read("Pay rent tomorrow 9:00 p1 #Home +hardware-store", Syntax::Standard, &[]);
    assert_eq!(line.title, "Pay rent");
    assert_eq!(
        spans(&line),
        [
            r#"Due "tomorrow 9:00" Sun 22 Nov 09:00"#,
            r#"Priority "p1" urgent"#,
            r##"Label "#Home" home"##,
            r#"List "+hardware-store" Hardware store"#,
        ]
    );
}

#[test]
fn a_time_that_stands_apart_from_its_day_is_a_span_of_its_own() {
    let line = read("tomorrow call Ann at 18:00", Syntax::Standard, &[]);
    assert_eq!(line.title, "call Ann");
    assert_eq!(spans(&line), [r#"Due "tomorrow" Sun 22 Nov"#, r#"Time "at 18:00" 18:00"#]);
    assert_eq!(line.due.expect("a due time").rfc3339(), "2026-11-22T18:00:00+01:00");
}

#[test]
fn places_are_counted_in_characters() {
    let line = read("🎂 für Zoë 明日 tomorrow", Syntax::Standard, &[]);
    assert_eq!((line.spans[0].start, line.spans[0].end), (13, 21));
}

#[test]
fn what_can_not_be_meant_is_left_in_the_title_and_said() {
    for (text, notice) in [
        ("call Ann monday or tuesday", "can't both be meant"),
        ("pay rent on 31 april", "There is no 31"),
        ("water plants twice a week", "On which days is not said"),
        ("see the friday tomorrow", "stands beside"),
    ] {
        let line = read(text, Syntax::Standard, &[]);
        assert_eq!((line.title.as_str(), &line.due, &line.every), (text, &None, &None));
        assert!(line.notices.len() == 1 && line.notices[0].contains(notice), "{text}: {:?}", line.notices);
    }
}

#[test]
fn a_reading_of_two_ways_is_said() {
    let line = read("pay rent on 5/12", Syntax::Standard, &[]);
    assert_eq!(line.notices, ["5/12 is read as 5 December."]);
}

#[test]
fn a_list_that_is_not_there_is_told_by_its_name() {
    let line = read("buy jam +larder tomorrow", Syntax::Standard, &[]);
    assert_eq!(
        (line.title.as_str(), line.list),
        ("buy jam", Some(ListMention::Unknown("larder".to_owned())))
    );
    let numbers = read("call +49 30 1234, +1 for Ann", Syntax::Standard, &[]);
    assert_eq!((numbers.list, numbers.spans.len()), (None, 0));
}

#[test]
fn products_marks_are_read_as_they_have_them() {
    for (syntax, text, title, read_as) in [
        (Syntax::Todoist, "call @ann #Groceries p2", "call", "ann Groceries high"),
        (Syntax::Todoist, "meet @6pm", "meet", "Sat 21 Nov 18:00"),
        (Syntax::Vikunja, "call *ann +Groceries !5", "call", "ann Groceries urgent"),
        (Syntax::Vikunja, "call *ann* !1", "call *ann*", "low"),
        (Syntax::Standard, "call !1 #2 #ann", "call #2", "urgent ann"),
    ] {
        let line = read(text, syntax, &[]);
        let words: Vec<&str> = line.spans.iter().map(|span| span.words.as_str()).collect();
        assert_eq!((line.title.as_str(), words.join(" ").as_str()), (title, read_as), "{text}");
    }
}

#[test]
fn what_stood_between_the_title_and_what_was_read_goes_with_it() {
    for (text, title) in [
        ("tomorrow: buy milk", "buy milk"),
        ("buy milk, tomorrow", "buy milk"),
        ("buy milk - tomorrow - #home", "buy milk"),
        ("buy milk (tomorrow)", "buy milk"),
        ("tomorrow – buy A- batteries", "buy A- batteries"),
    ] {
        assert_eq!(read(text, Syntax::Standard, &[]).title, title, "{text}");
    }
}
