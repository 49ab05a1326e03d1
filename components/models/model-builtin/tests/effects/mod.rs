//! What a conversation did to the tasks, compared with what was to happen.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::chat::{Called, asks};

/// What a conversation did.
pub struct Outcome<'a> {
    /// The tasks before.
    pub before: &'a [Value],
    /// The tasks afterwards.
    pub after: &'a [Value],
    /// The last reply.
    pub reply: &'a str,
    /// Every call.
    pub called: &'a [Called],
}

/// The fields that a line can name.
const FIELDS: [&str; 7] = ["title", "due", "priority", "labels", "list", "recurrence", "notes"];

/// What of `wanted` does not hold, or nothing.
pub fn problem(wanted: &str, outcome: &Outcome<'_>) -> Option<String> {
    let mut changed: Vec<&str> = Vec::new();
    let mut added = 0;
    for effect in wanted.split("; ").map(str::trim) {
        let why = if let Some(words) = effect.strip_prefix("says ") {
            (!outcome.reply.to_lowercase().contains(&words.to_lowercase()))
                .then(|| format!("not said: {words}"))
        } else if let Some(words) = effect.strip_prefix("hides ") {
            outcome.reply.to_lowercase().contains(&words.to_lowercase()).then(|| format!("said: {words}"))
        } else if effect == "nothing" {
            None
        } else if effect == "asks" {
            (!asks(outcome.reply)).then(|| "no question".to_owned())
        } else if let Some(minutes) = effect.strip_prefix("reminds ") {
            let is_reminder = |(tool, input): &&Called| {
                tool == "add_reminder"
                    && input["before_due_minutes"] == minutes.parse::<u64>().expect("minutes")
            };
            outcome.called.iter().find(is_reminder).is_none().then(|| "no such reminder".to_owned())
        } else if let Some(id) = effect.strip_prefix("- ") {
            changed.push(id);
            outcome.after.iter().any(|task| task["id"] == id).then(|| format!("{id} is still there"))
        } else if let Some(members) = effect.strip_prefix("~ ") {
            let (id, members) = members.split_once(' ').unwrap_or((members, ""));
            changed.push(id);
            let find = |tasks: &[Value]| tasks.iter().find(|task| task["id"] == id).cloned();
            let (before, after) = (find(outcome.before).expect("a task of the set"), find(outcome.after));
            let Some(after) = after else { return Some(format!("{id} is gone")) };
            mismatch(&before, &Members::read(members), &after)
        } else if let Some(members) = effect.strip_prefix("+ ") {
            added += 1;
            let members = Members::read(members);
            let blank = crate::chat::blank("", "");
            let is_new = |task: &&Value| outcome.before.iter().all(|old| old["id"] != task["id"]);
            let news: Vec<&Value> = outcome.after.iter().filter(is_new).collect();
            (!news.iter().any(|task| mismatch(&blank, &members, task).is_none()))
                .then(|| format!("not added, but {}", shown(&news)))
        } else {
            panic!("no effect: {effect}")
        };
        if why.is_some() {
            return why;
        }
    }
    let others = outcome.before.iter().filter(|task| !changed.iter().any(|id| task["id"] == *id));
    for task in others {
        let now = outcome.after.iter().find(|other| other["id"] == task["id"]);
        if now.is_none_or(|now| mismatch(task, &Members::default(), now).is_some()) {
            return Some(format!("{} was changed", task["title"]));
        }
    }
    let old = outcome
        .before
        .iter()
        .filter(|task| outcome.after.iter().any(|other| other["id"] == task["id"]))
        .count();
    let news = &outcome.after[old..];
    (news.len() != added).then(|| format!("added {}", shown(&news.iter().collect::<Vec<_>>())))
}

fn shown(tasks: &[&Value]) -> String {
    let one = |task: &&Value| {
        format!(
            "{} {} {} {} {} {}",
            task["title"],
            task["due"],
            task["priority"],
            task["labels"],
            task["list"],
            task["recurrence"]["rule"]
        )
    };
    tasks.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What a line names of a task.
#[derive(Default)]
struct Members {
    fields: Vec<(&'static str, String)>,
    done: Option<bool>,
}

impl Members {
    fn read(text: &str) -> Members {
        let mut members = Members::default();
        let mut title: Vec<&str> = Vec::new();
        let words = text.split(' ').filter(|word| !word.is_empty());
        let mut is_title = true;
        let mut last: Option<&'static str> = None;
        for word in words {
            let mark = word.chars().next().unwrap_or_default();
            let field = match mark {
                '@' => Some("due"),
                '!' => Some("priority"),
                '#' => Some("labels"),
                '+' => Some("list"),
                '*' => Some("recurrence"),
                '=' => Some("title"),
                _ if word.starts_with("note:") => Some("notes"),
                _ => None,
            };
            if let Some(field) = field.filter(|_| word.len() > 1) {
                let value = word.strip_prefix("note:").unwrap_or(&word[1..]).to_owned();
                match members.fields.iter_mut().find(|(name, _)| *name == field) {
                    Some((_, labels)) => labels.push_str(&format!(" {value}")),
                    None => members.fields.push((field, value)),
                }
                (is_title, last) = (false, Some(field));
            } else if word == "done" || word == "open" {
                members.done = Some(word == "done");
                last = None;
            } else if let Some(field) = last {
                let value = members.fields.iter_mut().find(|(name, _)| *name == field);
                value.expect("a field").1.push_str(&format!(" {word}"));
            } else if is_title {
                title.push(word);
            }
        }
        if !title.is_empty() {
            members.fields.push(("title", title.join(" ")));
        }
        members
    }
}

/// What of the members does not hold for a task that was `before`.
fn mismatch(before: &Value, wanted: &Members, after: &Value) -> Option<String> {
    for field in FIELDS {
        let value = wanted.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str());
        let repeats =
            field == "due" && value.is_none() && wanted.fields.iter().any(|(name, _)| *name == "recurrence");
        let fits = match value {
            None => {
                repeats
                    || before[field] == after[field]
                    || (field == "recurrence" && before[field]["rule"] == after[field]["rule"])
            }
            Some(value) => fits(field, value, after),
        };
        if !fits {
            return Some(format!("{field} of {} is {}", after["title"], after[field]));
        }
    }
    let done = !after["completed_at"].is_null();
    let wanted = wanted.done.unwrap_or(!before["completed_at"].is_null());
    (done != wanted).then(|| format!("{} is {}", after["title"], if done { "done" } else { "open" }))
}

fn fits(field: &str, value: &str, task: &Value) -> bool {
    let text = task[field].as_str();
    match field {
        "due" => due(value) == text.map(instant),
        "labels" => {
            let mut labels: Vec<&str> =
                task["labels"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let mut wanted: Vec<&str> = value.split(' ').filter(|label| *label != "none").collect();
            labels.sort_unstable();
            wanted.sort_unstable();
            labels == wanted
        }
        "list" => text.map(str::to_lowercase) == (value != "none").then(|| value.to_lowercase()),
        "recurrence" => task["recurrence"]["rule"].as_str() == (value != "none").then_some(value),
        "notes" if value == "none" => text.is_none(),
        "notes" => text.is_some_and(|notes| notes.to_lowercase().contains(&value.to_lowercase())),
        _ => text == Some(value),
    }
}

/// A day as it is, a time in UTC.
fn instant(due: &str) -> String {
    due.parse::<Timestamp>().map_or_else(|_| due.to_owned(), |at| at.to_string())
}

/// What `@` names: a day, or a time in Berlin, of 2026 unless it says the year.
fn due(value: &str) -> Option<String> {
    let (day, time) = value.split_once(' ').map_or((value, None), |(day, time)| (day, Some(time)));
    let day = if day.len() == 5 { format!("2026-{day}") } else { day.to_owned() };
    match time {
        _ if value == "none" => None,
        None => Some(day),
        Some(time) => {
            let clock: DateTime = format!("{day}T{time}:00").parse().expect("a day and a time");
            let zone = TimeZone::get("Europe/Berlin").expect("a zone");
            Some(clock.to_zoned(zone).expect("a time").timestamp().to_string())
        }
    }
}
