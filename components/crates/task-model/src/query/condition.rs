//! The conditions that a query is made of.

use jiff::ToSpan;

use super::Moment;
use super::days::{Range, number_of_days};
use crate::due::LAST_DUE;
use crate::instant::{just_after, just_before};
use crate::types::Priority;
use crate::{due, labels, list, search_terms};

/// What is asked of a task.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// Due in this range.
    Due(Range),
    /// Not due at any time.
    NotDue,
    /// Open, and its time has passed.
    Overdue,
    /// Done.
    Done,
    /// Of this priority.
    Priority(Priority),
    /// With this label.
    Label(String),
    /// With any label.
    Labelled,
    /// In a list of this name, in lower case.
    List(String),
    /// In no list.
    Inbox,
    /// It repeats.
    Repeating,
    /// Due at a time of day.
    Timed,
    /// A subtask of another task.
    Subtask,
    /// With words that begin with these, in PostgreSQL's form.
    Words(String),
    /// Not so.
    Not(Box<Condition>),
    /// Whatever it is.
    Everything,
}

const KNOWN: &str = "today, tomorrow, a weekday, a date such as 2026-12-24, overdue, no date, next 7 days, due before: …, due after: …, \
                     p1 to p4, #list, #inbox, @label, no labels, search: …, recurring, no time, subtask, open, done, all";

/// Reads the text of a condition.
///
/// # Errors
/// What is wrong, as a sentence.
pub(super) fn read(text: &str, moment: Moment<'_>) -> Result<Condition, String> {
    if let Some(label) = text.strip_prefix('@') {
        return labels::label(label).map(Condition::Label).map_err(|error| error.to_string());
    }
    if let Some(name) = text.strip_prefix('#') {
        return read_list(name);
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let phrase = words.join(" ");
    if let Some((name, value)) = phrase.split_once(':') {
        return read_named(name.trim(), value.trim(), moment);
    }
    if let Some(condition) = fixed(&phrase) {
        return Ok(condition);
    }
    if let Some(day) = moment.day(&phrase) {
        return Ok(Condition::Due(moment.days(day, day)));
    }
    if let Some(days) = number_of_days(phrase.strip_prefix("next ").unwrap_or(&phrase)) {
        let last = moment.today().checked_add((days - 1).days());
        let last = last.map_err(|_| "The days reach beyond the calendar.".to_owned())?;
        return Ok(Condition::Due(moment.days(moment.today(), last)));
    }
    Err(format!("“{}” is no condition. There are: {KNOWN}.", shortened(text)))
}

/// Conditions of fixed words.
fn fixed(phrase: &str) -> Option<Condition> {
    let not = |condition: Condition| Condition::Not(Box::new(condition));
    Some(match phrase {
        "overdue" | "over due" | "od" => Condition::Overdue,
        "no date" | "no due date" => Condition::NotDue,
        "no time" => not(Condition::Timed),
        "p1" => Condition::Priority(Priority::Urgent),
        "p2" => Condition::Priority(Priority::High),
        "p3" => Condition::Priority(Priority::Normal),
        "p4" => Condition::Priority(Priority::Low),
        "no labels" | "no label" => not(Condition::Labelled),
        "recurring" | "repeating" => Condition::Repeating,
        "subtask" | "subtasks" => Condition::Subtask,
        "done" | "completed" => Condition::Done,
        "open" | "active" => not(Condition::Done),
        "all" | "view all" => Condition::Everything,
        _ => return None,
    })
}

/// Conditions with a value behind a colon.
fn read_named(name: &str, value: &str, moment: Moment<'_>) -> Result<Condition, String> {
    if name == "search" {
        return search_terms::prefixes(value)
            .map(Condition::Words)
            .ok_or_else(|| "There is no word to look for behind “search:”.".to_owned());
    }
    let day = || moment.day(value).ok_or_else(|| format!("“{}” is no day.", shortened(value)));
    Ok(Condition::Due(match name {
        "due" | "date" => {
            let day = day()?;
            moment.days(day, day)
        }
        "due before" | "date before" => {
            Range { from: None, to: Some(just_before(due::start_of(day()?, moment.zone))) }
        }
        // Without an end it would include what is not due at all.
        "due after" | "date after" => {
            Range { from: Some(just_after(due::end_of(day()?, moment.zone))), to: Some(LAST_DUE) }
        }
        _ => {
            let known = "search, due, due before, due after";
            return Err(format!(
                "There is no condition “{}:”. With a colon there are: {known}.",
                shortened(name)
            ));
        }
    }))
}

fn read_list(name: &str) -> Result<Condition, String> {
    let name = list::name(name).map_err(|error| error.to_string())?;
    let name = name.to_lowercase();
    Ok(if name == list::INBOX { Condition::Inbox } else { Condition::List(name) })
}

/// The beginning of what somebody wrote, for an error.
fn shortened(text: &str) -> String {
    const MAX_QUOTED_CHARACTERS: usize = 40;
    match text.char_indices().nth(MAX_QUOTED_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
