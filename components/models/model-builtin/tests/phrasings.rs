//! What people say, and the calls and words it leads to: every case of `tests/phrasings/*.toml`.
//!
//! `calls` names every call that changes something, with its whole input. When it names a reading call too, or is empty,
//! reading calls count as well; `changes_only` says that an empty `calls` is about changes alone. `reply` is a part of the
//! words that come last.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod chat;

use std::collections::BTreeMap;
use std::path::Path;

use chat::{Called, Chat};
use serde::Deserialize;
use serde_json::Value;

const NOW: &str = "2026-11-21T10:00:00+01:00[Europe/Berlin]";
const READING: &[&str] =
    &["list_tasks", "search_tasks", "get_task", "overview", "export_tasks", "list_lists", "list_reminders"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    said: Said,
    calls: Vec<String>,
    #[serde(default)]
    changes_only: bool,
    reply: Option<String>,
    now: Option<String>,
    tasks: Option<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    fails: BTreeMap<String, String>,
    #[serde(default)]
    declines: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Once(String),
    Several(Vec<String>),
}

impl Case {
    fn said(&self) -> Vec<&str> {
        match &self.said {
            Said::Once(said) => vec![said],
            Said::Several(said) => said.iter().map(String::as_str).collect(),
        }
    }

    /// What is wrong, if anything.
    fn failure(&self) -> Option<String> {
        let now = self.now.as_deref().unwrap_or(NOW).parse().expect("a time with its zone");
        let set = self.tasks.as_deref().unwrap_or("default");
        let mut chat =
            Chat::new(set, now).without(&self.without).failing(self.fails.clone()).declining(self.declines);
        let mut reply = String::new();
        for said in self.said() {
            reply = chat.say(said);
        }
        let expected: Vec<Called> = self.calls.iter().map(|call| called(call)).collect();
        let reads = expected.iter().any(|(name, _)| READING.contains(&name.as_str()));
        let all = reads || (expected.is_empty() && !self.changes_only);
        let got: Vec<Called> = chat
            .called
            .iter()
            .filter(|(name, _)| all || !READING.contains(&name.as_str()))
            .cloned()
            .collect();
        let replied = self.reply.as_deref().is_none_or(|part| reply.contains(part));
        (got != expected || !replied).then(|| {
            format!(
                "said     {:?}\nexpected {}\ngot      {}\nreply    {reply:?}\nwanted   {:?}\n",
                self.said(),
                shown(&expected),
                shown(&got),
                self.reply
            )
        })
    }
}

fn called(call: &str) -> Called {
    let (name, arguments) = call.split_once(' ').expect("a name and a JSON object");
    (name.to_owned(), serde_json::from_str(arguments).expect("a JSON object"))
}

fn shown(calls: &[Called]) -> String {
    let lines: Vec<String> =
        calls.iter().map(|(name, arguments): &(String, Value)| format!("{name} {arguments}")).collect();
    format!("[{}]", lines.join(", "))
}

fn cases() -> Vec<(String, Case)> {
    let folder = Path::new("tests/phrasings");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of phrasings") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let table: Table = toml::from_str(&std::fs::read_to_string(&path).expect("a file"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        cases.extend(table.case.into_iter().map(|case| (name.clone(), case)));
    }
    cases
}

#[test]
fn every_phrasing_leads_to_the_calls_and_words_it_should() {
    let cases = cases();
    let failures: Vec<String> =
        cases.iter().filter_map(|(name, case)| Some(format!("{name}: {}", case.failure()?))).collect();
    assert!(
        failures.is_empty(),
        "{}\n{} of {} phrasings fail",
        failures.join("\n"),
        failures.len(),
        cases.len()
    );
    assert!(cases.len() >= 220, "the table shrank to {}", cases.len());
}
