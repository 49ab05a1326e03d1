//! Which tasks: the filters that lists, documents and changes of many have alike, checked once for all of them.

use jiff::Timestamp;
use uuid::Uuid;

use crate::due::LAST_DUE;
use crate::hash::InputHash;
use crate::instant::just_before;
use crate::list::{self, ListFilter};
use crate::query::{self, Query};
use crate::types::{Caller, Priority, TaskFilter, TaskQuery, TaskStatus};
use crate::violations::Violations;
use crate::zone::{self, Zone};
use crate::{Named, due, id, instant, labels, search_terms};

/// The longest text to look for, in characters.
pub const MAX_TEXT_CHARACTERS: usize = 200;

/// A filter that leaves no task out.
pub const EVERYTHING: TaskFilter = TaskFilter {
    ids: None,
    status: None,
    due_after: None,
    due_before: None,
    overdue: None,
    label: None,
    list: None,
    priority: None,
    text: None,
    query: None,
    parent_id: None,
};

/// Filters as they come in.
#[derive(Debug, Clone, Copy)]
pub struct FilterInput<'a> {
    /// By completion.
    pub status: Option<TaskStatus>,
    /// Due on or after this day or instant.
    pub due_after: Option<&'a str>,
    /// Due before this day or instant.
    pub due_before: Option<&'a str>,
    /// Past due and open, or not.
    pub overdue: Option<bool>,
    /// With this label.
    pub label: Option<&'a str>,
    /// Of this list, or of the inbox.
    pub list: Option<&'a str>,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// With words that begin with these.
    pub text: Option<&'a str>,
    /// For which this query holds.
    pub query: Option<&'a str>,
    /// Subtasks of this task.
    pub parent_id: Option<&'a str>,
}

macro_rules! given_by {
    ($($input:ty),+) => {
        $(impl<'a> From<&'a $input> for FilterInput<'a> {
            fn from(input: &'a $input) -> Self {
                Self {
                    status: input.status,
                    due_after: input.due_after.as_deref(),
                    due_before: input.due_before.as_deref(),
                    overdue: input.overdue,
                    label: input.label.as_deref(),
                    list: input.list.as_deref(),
                    priority: input.priority,
                    text: input.text.as_deref(),
                    query: input.query.as_deref(),
                    parent_id: input.parent_id.as_deref(),
                }
            }
        })+
    };
}

given_by!(TaskQuery, TaskFilter);

/// Filters that are right. All must hold.
#[derive(Debug, Clone)]
pub struct Filter {
    /// By completion.
    pub status: TaskStatus,
    /// Due then or later.
    pub due_from: Option<Timestamp>,
    /// Due then or earlier.
    pub due_to: Option<Timestamp>,
    /// Leaves out what is open and was due before this instant.
    pub not_overdue_at: Option<Timestamp>,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// With this label.
    pub label: Option<String>,
    /// Of this list. None leaves out those of archived lists.
    pub list: Option<ListFilter>,
    /// With words that begin with these, in PostgreSQL's form.
    pub words: Option<String>,
    /// For which this query holds.
    pub query: Option<Query>,
    /// Subtasks of this task.
    pub parent_id: Option<Uuid>,
    /// The filters contradict each other, so that no task can match.
    pub matches_nothing: bool,
    /// The due range and `overdue` as they were given: what they mean moves on with the clock.
    range: (Option<Timestamp>, Option<Timestamp>),
    overdue: Option<bool>,
}

/// Checks filters that stand at `at` in the input, a JSON Pointer. What is wrong is noted, and then left out of the
/// answer.
pub fn check(caller: &Caller, given: FilterInput<'_>, at: &str, violations: &mut Violations) -> Filter {
    let (after, before) = due_range(caller, given, at, violations);
    let label = violations.check_given(&format!("{at}/label"), given.label, labels::label);
    let list = violations.check_given(&format!("{at}/list"), given.list, list::filter);
    let words = check_text(given.text, at, violations);
    let parent_id = violations.check_given(&format!("{at}/parent_id"), given.parent_id, id::id);
    let query = check_query(caller, given.query, at, violations);
    // What is overdue is open.
    let status = match (given.overdue, given.status) {
        (Some(true), None | Some(TaskStatus::All)) => TaskStatus::Open,
        (_, status) => status.unwrap_or(TaskStatus::All),
    };
    let now = instant::now(caller);
    let overdue_to = (given.overdue == Some(true)).then(|| just_before(now));
    // Without an end, "due after" would include what is not due at all.
    let range_to = before.map(just_before).or(after.map(|_| LAST_DUE));
    Filter {
        status,
        due_from: after,
        due_to: [overdue_to, range_to].into_iter().flatten().min(),
        not_overdue_at: (given.overdue == Some(false)).then_some(now),
        priority: given.priority,
        label,
        list,
        words,
        matches_nothing: (given.overdue == Some(true) && status == TaskStatus::Done)
            || query.as_ref().is_some_and(|query| query.alternatives.is_empty()),
        query,
        parent_id,
        range: (after, before),
        overdue: given.overdue,
    }
}

impl Filter {
    /// Feeds the filters but completion to a hash that tells whether two inputs are the same.
    #[must_use]
    pub fn update_hash(&self, hash: InputHash) -> InputHash {
        let (after, before) = self.range;
        let hash = hash
            .optional(after.map(instant::text))
            .optional(before.map(instant::text))
            .optional(self.overdue.map(|overdue| [u8::from(overdue)]))
            .optional(self.label.as_deref())
            .optional(self.list.map(|list| match list {
                ListFilter::Inbox => list::INBOX.to_owned(),
                ListFilter::One(id) => id.to_string(),
            }))
            .optional(self.priority.map(Named::name))
            .optional(self.words.as_deref())
            .optional(self.query.as_ref().map(|query| query.text.as_str()));
        // Only where it is given, so that cursors of other lists stay what they are.
        match self.parent_id {
            Some(parent) => hash.part("parent_id").part(parent.to_string()),
            None => hash,
        }
    }
}

fn due_range(
    caller: &Caller,
    given: FilterInput<'_>,
    at: &str,
    violations: &mut Violations,
) -> (Option<Timestamp>, Option<Timestamp>) {
    if given.due_after.is_none() && given.due_before.is_none() {
        return (None, None);
    }
    let Some(zone) = violations.check("", zone::from_caller(caller)) else { return (None, None) };
    let after =
        violations.check_given(&format!("{at}/due_after"), given.due_after, |text| start(text, &zone));
    let before =
        violations.check_given(&format!("{at}/due_before"), given.due_before, |text| start(text, &zone));
    (after, before)
}

/// An instant, or the start of a day in the caller's zone.
fn start(text: &str, zone: &Zone) -> Result<Timestamp, due::DueError> {
    due::moment(text, zone).map(|moment| due::start(moment, zone))
}

fn check_query(caller: &Caller, text: Option<&str>, at: &str, violations: &mut Violations) -> Option<Query> {
    let text = text?;
    let zone = violations.check("", zone::from_caller(caller))?;
    violations.check(&format!("{at}/query"), query::parse(text, instant::now(caller), &zone))
}

fn check_text(text: Option<&str>, at: &str, violations: &mut Violations) -> Option<String> {
    let text = text?;
    let length = text.chars().count();
    if length > MAX_TEXT_CHARACTERS {
        violations.add(
            format!("{at}/text"),
            format!("The text has {length} characters; at most {MAX_TEXT_CHARACTERS} are possible."),
        );
    }
    let words = search_terms::prefixes(text);
    if words.is_none() {
        violations
            .add(format!("{at}/text"), "There is no word to look for: give at least one letter or digit.");
    }
    words
}

#[cfg(test)]
mod tests;
