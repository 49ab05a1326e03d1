//! Another title: `rename call mom to call mum`.

use std::sync::LazyLock;

use super::target::one;
use super::{Intent, TaskAction};
use crate::tasks::content_words;
use crate::text::{Patterns, Word};
use task_language::Clock;
use task_language::priorities;
use task_language::title;
use task_language::{length, whole};

static RENAME: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        rename|retitle|reword|rephrase {x} to|into|as {y}
        (change|edit|update|set) [the] title|name|text|wording (of|for|on) {x} to|into|as {y}
        call|name {it} {y}
        {x} (should be called|should be named|should read|should say|is now called) {y}
        ",
    )
});

/// Both titles in quotation marks: then little else needs to be said.
static QUOTED: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new("call|name|change|make|turn|set {x} [to|into|as] {y} [instead|please|pls]")
});

/// These words are about something else as often: `{y}` must not say when or how urgent.
static CHANGE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        change|edit|update|correct|alter|modify|fix {x} to|into [say|read] {y}
        replace {x} with|by {y}
        {same} should|must be {y}
        {same} is [now] {y} [now]
        ",
    )
});

static WITHOUT_TITLE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        rename|retitle|reword {x}
        (change|edit|update) [the] title|name (of|for) {x}
        ",
    )
});

/// "rename the dentist task: dental check-up"
fn after_colon(words: &[Word]) -> Option<Intent> {
    let colon = words.iter().position(Word::has_colon)?;
    let (before, after) = words.split_at_checked(colon + 1)?;
    let found = WITHOUT_TITLE.first(before)?;
    Some(Intent::ApplyToTargets {
        action: TaskAction::Rename(title(after)?),
        targets: vec![one(found.get("x"))?],
    })
}

/// Reads a change of title.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if let Some(renamed) = after_colon(words) {
        return Some(renamed);
    }
    let renamed = RENAME.matches(words).into_iter().find_map(|found| {
        let it = found.has("it");
        let target = one(found.get(if it { "it" } else { "x" }))?;
        // "call it a day" ends one.
        let named = found.get("y").len() > 1 && !found.get("y").iter().any(|word| word.is(&["day", "quits"]));
        if it && (target != super::Target::It || !named) {
            return None;
        }
        Some(Intent::ApplyToTargets {
            action: TaskAction::Rename(title(found.get("y"))?),
            targets: vec![target],
        })
    });
    let quoted = QUOTED.matches(words).into_iter().find_map(|found| match (found.get("x"), found.get("y")) {
        ([x], [y]) if x.quoted && y.quoted => Some(Intent::ApplyToTargets {
            action: TaskAction::Rename(y.text.clone()),
            targets: vec![one(found.get("x"))?],
        }),
        _ => None,
    });
    renamed
        .or(quoted)
        .or_else(|| {
            let found = CHANGE.first(words)?;
            let alike = found.has("same");
            let (x, y) = (found.get(if alike { "same" } else { "x" }), found.get("y"));
            // "call mom should be call mum": what it shall be called is like what it is.
            let (of_x, of_y) = (content_words(x), content_words(y));
            let told = y
                .first()
                .is_some_and(|word| word.is(&["due", "on", "at", "in", "for", "by", "not", "done", "still"]));
            if alike && (told || !of_x.iter().any(|word| of_y.contains(word))) {
                return None;
            }
            let other =
                whole(y, clock).is_some() || priorities::whole(y).is_some() || length(y, clock).is_some();
            let about_field = x.iter().any(|word| {
                word.is(&[
                    "due", "date", "deadline", "priority", "label", "labels", "tag", "tags", "note", "notes",
                    "time",
                ])
            });
            if other || about_field {
                return None;
            }
            Some(Intent::ApplyToTargets { action: TaskAction::Rename(title(y)?), targets: vec![one(x)?] })
        })
        .or_else(|| {
            let found = WITHOUT_TITLE.first(words)?;
            Some(Intent::ApplyToTargets {
                action: TaskAction::AskNewTitle,
                targets: vec![one(found.get("x"))?],
            })
        })
}
