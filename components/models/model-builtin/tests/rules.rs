//! The general rules of a conversation, over generated tasks, days and ways to say things. `PROPTEST_CASES` tries more.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod chat;
mod fuzzed;

use chat::{Chat, asks};
use jiff::Zoned;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

const NOW: &str = "2026-11-21T10:00:00+01:00[Europe/Berlin]";

/// Tasks: a verb, and what it is about.
const TASKS: &[(&str, &str)] = &[
    ("Paint", "fence"),
    ("Call", "plumber"),
    ("Order", "toner"),
    ("Renew", "passport"),
    ("Clean", "garage"),
    ("Water", "ferns"),
    ("Review", "contract"),
    ("Print", "tickets"),
    ("Repair", "lawnmower"),
    ("Send", "invoice"),
];

/// Words that are only like those of the tasks, and mean something else.
const LIKE: &[(&str, &str)] = &[
    ("fence", "hence"),
    ("plumber", "slumber"),
    ("toner", "tuner"),
    ("passport", "password"),
    ("garage", "garbage"),
    ("ferns", "terns"),
    ("contract", "contrast"),
    ("invoice", "voice"),
];

/// What is said of a task to change it.
const CHANGES: &[&str] = &[
    "done with the {x}",
    "the {x} is done",
    "mark the {x} as done",
    "delete the {x}",
    "get rid of the {x}",
    "move the {x} to friday",
    "the {x} is due friday",
    "push the {x} back 2 days",
    "make the {x} urgent",
    "rename the {x} to something else",
    "tag the {x} #home",
    "add a note to the {x}: ask first",
];

/// What is said of a task and may not be understood; it is no new task.
const MENTIONS: &[&str] = &[
    "{x} on friday",
    "{x} tomorrow at 4",
    "{x} at 4 instead",
    "{x} p1",
    "make the {x} an hour longer",
    "swap the {x} with something",
    "share the {x} with Tom",
    "move the {x} under something",
    "take the {x} out for now",
    "the {x} has to happen on friday",
];

const QUESTIONS: &[&str] = &[
    "when is the {x} due?",
    "is the {x} done?",
    "do I have to do something about the {x}?",
    "what about the {x}?",
    "is there anything about the {x}?",
    "should I do the {x} today?",
    "why is the {x} urgent?",
    "how long until the {x}?",
    "did I finish the {x}?",
    "where is the {x}?",
    "what are the notes of the {x}?",
    "do I need the {x} on friday?",
];

const TALK: &[&str] = &[
    "hello",
    "hi there",
    "thanks",
    "thank you so much",
    "good morning",
    "good night",
    "ok",
    "cool",
    "never mind",
    "how are you",
    "who are you",
    "you're great",
    "see you on friday",
    "talk to you tomorrow",
    "haha",
    "hmm",
    "sorry",
    "I'm tired",
    "what?",
    "not sure",
    "well done",
    "wow",
    "no idea",
    "bye",
    "that's all",
    "nice one",
];

const ITEMS: &[&str] =
    &["milk", "call Ann", "mail Bob", "pay rent", "eggs", "book a table", "iron the shirts"];

/// What stands above a list, and the day that it says.
const HEADS: &[(&str, Option<&str>)] = &[
    ("", None),
    ("add these:", None),
    ("tomorrow:", Some("2026-11-22")),
    ("for friday:", Some("2026-11-27")),
    ("todo on monday:", Some("2026-11-23")),
];

fn now() -> Zoned {
    NOW.parse().expect("a time with its zone")
}

fn cases() -> ProptestConfig {
    ProptestConfig { cases: fuzzed::cases(300), failure_persistence: None, ..ProptestConfig::default() }
}

fn titles(tasks: &[(&str, &str)]) -> Vec<String> {
    tasks.iter().map(|(verb, thing)| format!("{verb} the {thing}")).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_task_that_is_only_like_what_was_said_is_never_changed((thing, like) in select(LIKE), said in select(CHANGES)) {
        let tasks: Vec<_> = TASKS.iter().copied().filter(|(_, other)| *other == thing).collect();
        let mut chat = Chat::about(&titles(&tasks), now());
        let before = chat.tasks().to_vec();
        chat.say(&said.replace("{x}", like));
        prop_assert_eq!(chat.tasks(), &before[..]);
    }

    #[test]
    fn a_change_is_of_the_task_that_was_named_and_of_no_other(tasks in subsequence(TASKS, 2..6), at in any::<prop::sample::Index>(), said in select(CHANGES)) {
        let at = at.index(tasks.len());
        let mut chat = Chat::about(&titles(&tasks), now());
        let before = chat.tasks().to_vec();
        chat.say(&said.replace("{x}", tasks[at].1));
        let id = before[at]["id"].clone();
        let others = |tasks: &[Value]| tasks.iter().filter(|task| task["id"] != id).cloned().collect::<Vec<_>>();
        prop_assert_eq!(others(chat.tasks()), others(&before));
        prop_assert!(chat.tasks() != &before[..], "{} did nothing", said);
    }

    #[test]
    fn what_is_said_of_a_task_changes_it_or_is_asked_about_and_adds_none(tasks in subsequence(TASKS, 1..5), at in any::<prop::sample::Index>(), said in select(MENTIONS)) {
        let at = at.index(tasks.len());
        let mut chat = Chat::about(&titles(&tasks), now());
        let before = chat.tasks().to_vec();
        let reply = chat.say(&said.replace("{x}", tasks[at].1));
        prop_assert_eq!(chat.tasks().len(), before.len(), "{}: {}", said, reply);
        prop_assert!(chat.tasks() != &before[..] || asks(&reply) || reply.contains("can't"), "{}: {}", said, reply);
    }

    #[test]
    fn a_question_changes_nothing(tasks in subsequence(TASKS, 1..5), at in any::<prop::sample::Index>(), said in select(QUESTIONS)) {
        let at = at.index(tasks.len());
        let mut chat = Chat::about(&titles(&tasks), now());
        let before = chat.tasks().to_vec();
        chat.say(&said.replace("{x}", tasks[at].1));
        prop_assert_eq!(chat.tasks(), &before[..]);
    }

    #[test]
    fn talk_is_no_task(tasks in subsequence(TASKS, 0..3), said in select(TALK), end in select(&["", "!", ".", "..."][..])) {
        let mut chat = Chat::about(&titles(&tasks), now());
        let before = chat.tasks().to_vec();
        chat.say(&format!("{said}{end}"));
        prop_assert_eq!(chat.tasks(), &before[..]);
    }

    #[test]
    fn each_item_of_a_list_is_a_task_in_its_order(items in subsequence(ITEMS, 2..6), (head, due) in select(HEADS), mark in select(&["- ", "* ", "• ", "- [ ] ", "#"][..])) {
        let lines: Vec<String> = items.iter().enumerate().map(|(at, item)| match mark {
            "#" => format!("{}. {item}", at + 1),
            mark => format!("{mark}{item}"),
        }).collect();
        let mut chat = Chat::about(&[], now());
        let reply = chat.say(format!("{head}\n{}", lines.join("\n")).trim());
        let added: Vec<String> = chat.tasks().iter().map(|task| task["title"].as_str().unwrap_or_default().to_lowercase()).collect();
        let wanted: Vec<String> = items.iter().map(|item| item.to_lowercase()).collect();
        prop_assert_eq!(added, wanted, "{}", reply);
        prop_assert!(chat.tasks().iter().all(|task| task["due"].as_str() == due), "{}", reply);
    }

    #[test]
    fn what_was_done_is_taken_back_by_undo(tasks in subsequence(TASKS, 1..5), at in any::<prop::sample::Index>(), said in select(CHANGES)) {
        let at = at.index(tasks.len());
        let mut chat = Chat::about(&titles(&tasks), now());
        let plain = |tasks: &[Value]| {
            let mut tasks = tasks.to_vec();
            tasks.iter_mut().for_each(|task| task["version"] = Value::Null);
            tasks.sort_by_key(|task| task["id"].to_string());
            tasks
        };
        let before = plain(chat.tasks());
        chat.say(&said.replace("{x}", tasks[at].1));
        chat.say("undo");
        prop_assert_eq!(plain(chat.tasks()), before);
    }
}
