//! Stores the reminder.

use reminder_rows::{ReminderRow, statement};
use task_model::reminder::MAX_REMINDERS;
use task_model::types::{Caller, NewReminder, Reminder, ToolError};
use task_model::{id, instant, invalid, scope};
use user_database::{
    DecodeError, FromRow, LoggedDbError, Name, Parameter, Row, Statement, UserDatabase, columns, optional,
    parameters,
};

use crate::arguments::{self, When};

parameters! {
    struct InsertReminder { id, task_id, at, before_due_minutes, now, max_reminders }
}

columns! {
    struct Answer {
        /// Whether there is a time to remind at.
        has_time: bool,
        /// Whether the task may have one more.
        has_room: bool,
        reminder: ..AddedReminder,
    }
}

/// The reminder, if it was added.
struct AddedReminder(Option<ReminderRow>);

impl FromRow for AddedReminder {
    const COLUMNS: Option<&'static [Name]> = Some(&[Name::One("found"), Name::columns_of::<ReminderRow>()]);

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let found: bool = row.read("found")?;
        Ok(Self(if found { Some(ReminderRow::from_row(row)?) } else { None }))
    }
}

const STATEMENT: Statement<InsertReminder, Answer> = statement!("insert_reminder.sql");

/// Adds a reminder of one of the caller's tasks.
///
/// # Errors
/// Forbidden; invalid, also when its time is over, or is relative to a due time that the task has not; not found when there is no such
/// task; too many reminders; unavailable or internal by the database.
pub async fn insert_reminder(caller: &Caller, input: NewReminder) -> Result<Reminder, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(caller, &input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let now = instant::now(caller);
    let (at, minutes) = match arguments.when {
        When::At(at) => (Some(instant::text(at)), None),
        When::BeforeDue(minutes) => (None, Some(minutes)),
    };
    let pointer = if at.is_some() { "/at" } else { "/before_due_minutes" };
    let parameters = InsertReminder {
        id: Parameter::Uuid(id::new_id(now).to_string()),
        task_id: Parameter::Uuid(arguments.task_id.to_string()),
        at: optional(at),
        before_due_minutes: optional(minutes),
        now: Parameter::Str(instant::text(now)),
        max_reminders: Parameter::Int64(MAX_REMINDERS.into()),
    };
    let answer = database.at_most_one(&STATEMENT, parameters).await.map_err(refused)?;
    let Answer { has_time, has_room, reminder: AddedReminder(reminder) } =
        answer.ok_or(ToolError::NotFound)?;
    match reminder {
        Some(ReminderRow(reminder)) => Ok(reminder),
        None if !has_time => Err(invalid(
            pointer,
            "The task is due at no time that it could be relative to: use at, or give the task a due time.",
        )),
        None if !has_room => Err(ToolError::TooManyReminders(MAX_REMINDERS)),
        None => Err(invalid(pointer, "That time is over: choose one that is still to come.")),
    }
}

/// What a failed write answers.
fn refused(error: LoggedDbError) -> ToolError {
    match error.constraint() {
        // The task was erased in the same moment.
        Some("reminders_task") => ToolError::NotFound,
        _ => error.into(),
    }
}
