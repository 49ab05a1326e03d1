//! What people say, and what it does to the tasks: every line of `tests/sentences/*.txt`.
//!
//! A line is `said => effects`. `/` with spaces parts the turns of a conversation, `⏎` is a line break. `[set]` before them
//! names the tasks that are there (`chat/mod.rs`), those of the file's line `set:` where it is left out. Effects are parted by
//! `; `, and ` | ` parts what is right as well:
//!
//! | | |
//! |---|---|
//! | `+ Title MEMBERS` | this task is new |
//! | `~ id MEMBERS` | these members of the task are other than before, and none else |
//! | `- id` | the task is deleted |
//! | `nothing` | the tasks are as before |
//! | `asks` | nothing changed, and the last reply asks |
//! | `says words`, `hides words` | the last reply has them, or has them not |
//! | `reminds MINUTES` | a reminder so many minutes before is there |
//!
//! Members: `@2026-12-04`, `@12-04 18:00`, `@none`, `!high`, `#label` (all there are; `#none`), `+List` (`+none`), `*RULE`,
//! `=New title`, `done`, `open`, `note:words`. A new task has no due time, list, label or rule that is not named.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod chat;
mod effects;

use std::path::Path;

use chat::Chat;
use effects::{Outcome, problem};

const NOW: &str = "2026-11-21T10:00:00+01:00[Europe/Berlin]";

/// A line of a table.
struct Line {
    file: String,
    set: String,
    said: String,
    wanted: String,
}

impl Line {
    /// What is wrong, if anything.
    fn failure(&self) -> Option<String> {
        let mut chat = Chat::new(&self.set, NOW.parse().expect("a time with its zone"));
        let before = chat.tasks().to_vec();
        let mut reply = String::new();
        for said in self.said.split(" / ") {
            reply = chat.say(&said.replace('⏎', "\n"));
        }
        let outcome = Outcome { before: &before, after: chat.tasks(), reply: &reply, called: &chat.called };
        let alternatives = self.wanted.split(" | ");
        let problems: Vec<String> = alternatives.map_while(|wanted| problem(wanted, &outcome)).collect();
        let fails = problems.len() == self.wanted.split(" | ").count();
        fails.then(|| {
            format!(
                "{}: {}\n  wanted {}\n  {}\n  reply {reply:?}",
                self.file,
                self.said,
                self.wanted,
                problems.join("\n  ")
            )
        })
    }
}

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in std::fs::read_dir(Path::new("tests/sentences")).expect("the folder of sentences") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a file");
        let mut common = "empty".to_owned();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(set) = line.strip_prefix("set: ") {
                set.clone_into(&mut common);
                continue;
            }
            let (said, wanted) = line.split_once(" => ").unwrap_or_else(|| panic!("{file}: {line}"));
            let own = said
                .strip_prefix('[')
                .and_then(|rest| rest.split_once("] "))
                .filter(|(set, _)| set.len() > 3);
            let (set, said) = own.unwrap_or((&common, said));
            lines.push(Line {
                file: file.clone(),
                set: set.to_owned(),
                said: said.to_owned(),
                wanted: wanted.to_owned(),
            });
        }
    }
    lines
}

#[test]
fn every_sentence_does_to_the_tasks_what_it_says() {
    let lines = lines();
    let failures: Vec<String> = lines.iter().filter_map(Line::failure).collect();
    assert!(
        failures.is_empty(),
        "{}\n{} of {} sentences fail",
        failures.join("\n"),
        failures.len(),
        lines.len()
    );
}
