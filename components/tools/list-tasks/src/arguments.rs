//! The input of the tool, checked: everything that is wrong with it at once.

use jiff::{Timestamp, ToSpan};
use task_model::cursor::Position;
use task_model::hash::InputHash;
use task_model::page::LIST;
use task_model::types::{Caller, Priority, SortDirection, TaskQuery, TaskSort, TaskStatus, ToolError};
use task_model::zone::Zone;
use task_model::{Named, Violations, due, instant, labels, words, zone};

use crate::order::Order;
use crate::position;

/// Which tasks, in which order, from where.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// Completion, order and direction.
    pub order: Order,
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
    /// With words that begin with these, in PostgreSQL's form.
    pub words: Option<String>,
    /// At most this many.
    pub limit: u32,
    /// After this task of the order.
    pub position: Position,
    /// What cursors of this list are bound to.
    pub binding: [u8; 32],
    /// The filters contradict each other, so that no task can match.
    pub impossible: bool,
}

/// The longest text to look for, in characters.
const TEXT_MAX: usize = 200;
/// The last instant that a task can be due by: what is not due comes after it.
const LAST_DUE: Timestamp = Timestamp::MAX;

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: &TaskQuery) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let (after, before) = due_range(caller, input, &mut violations);
    let label = violations.check_given("/label", input.label.as_deref(), labels::label);
    let words = check_text(input.text.as_deref(), &mut violations);
    let limit = violations.check_given("/limit", input.limit, |limit| LIST.of(limit)).unwrap_or(LIST.default);

    let order = Order {
        // What is overdue is open.
        status: match (input.overdue, input.status) {
            (Some(true), None | Some(TaskStatus::All)) => TaskStatus::Open,
            (_, status) => status.unwrap_or(TaskStatus::All),
        },
        sort: input.sort.unwrap_or(TaskSort::Due),
        direction: input.direction.unwrap_or(SortDirection::Ascending),
    };
    let binding = InputHash::new()
        .part(&caller.user_id)
        .part(order.status.name())
        .part(order.sort.name())
        .part(order.direction.name())
        .optional(after.map(instant::text))
        .optional(before.map(instant::text))
        .optional(input.overdue.map(|overdue| [u8::from(overdue)]))
        .optional(label.as_deref())
        .optional(input.priority.map(Named::name))
        .optional(words.as_deref())
        .finish();
    let position = violations
        .check_given("/cursor", input.cursor.as_deref(), |cursor| {
            position::from_cursor(cursor, order, &binding)
        })
        .unwrap_or_else(|| position::beginning(order));
    violations.finish()?;

    let now = instant::now(caller);
    let just_before = |at: Timestamp| at.checked_sub(1.microsecond()).unwrap_or(at);
    let overdue_to = (input.overdue == Some(true)).then(|| just_before(now));
    // Without an end, "due after" would include what is not due at all.
    let range_to = before.map(just_before).or(after.map(|_| LAST_DUE));
    Ok(Arguments {
        order,
        due_from: after,
        due_to: [overdue_to, range_to].into_iter().flatten().min(),
        not_overdue_at: (input.overdue == Some(false)).then_some(now),
        priority: input.priority,
        label,
        words,
        limit,
        position,
        binding,
        impossible: input.overdue == Some(true) && order.status == TaskStatus::Done,
    })
}

fn due_range(
    caller: &Caller,
    input: &TaskQuery,
    violations: &mut Violations,
) -> (Option<Timestamp>, Option<Timestamp>) {
    if input.due_after.is_none() && input.due_before.is_none() {
        return (None, None);
    }
    let Some(zone) = violations.check("", zone::of_caller(caller)) else { return (None, None) };
    let after = violations.check_given("/due_after", input.due_after.as_deref(), |text| start(text, &zone));
    let before =
        violations.check_given("/due_before", input.due_before.as_deref(), |text| start(text, &zone));
    (after, before)
}

/// An instant, or the start of a day in the caller's zone.
fn start(text: &str, zone: &Zone) -> Result<Timestamp, due::DueError> {
    due::moment(text, zone).map(|moment| due::start(moment, zone))
}

fn check_text(text: Option<&str>, violations: &mut Violations) -> Option<String> {
    let text = text?;
    let length = text.trim().chars().count();
    if length > TEXT_MAX {
        violations
            .add("/text", format!("The text has {length} characters; at most {TEXT_MAX} are possible."));
    }
    let words = words::prefixes(text);
    if words.is_none() {
        violations.add("/text", "There is no word to look for: give at least one letter or digit.");
    }
    words
}

#[cfg(test)]
mod tests;
