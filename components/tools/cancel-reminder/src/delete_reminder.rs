//! Deletes the reminder.

use reminder_rows::{ReminderRow, statement};
use task_model::types::{Caller, Reminder, ReminderKey, ToolError};
use task_model::{Violations, reminder, scope};
use user_database::{Parameter, Statement, UserDatabase, parameters};

parameters! {
    struct DeleteReminder { id }
}

const STATEMENT: Statement<DeleteReminder, ReminderRow> = statement!("delete_reminder.sql");

/// Deletes one of the caller's reminders, and answers it as it last was.
///
/// # Errors
/// Forbidden; invalid when the id is none; reminder not found; unavailable or internal by the database.
pub async fn delete_reminder(caller: &Caller, input: ReminderKey) -> Result<Reminder, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let mut violations = Violations::none();
    let id = violations.check("/id", reminder::id(&input.id)).unwrap_or_default();
    violations.finish()?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = DeleteReminder { id: Parameter::Uuid(id.to_string()) };
    let deleted = database.at_most_one(&STATEMENT, parameters).await?;
    deleted.map(|ReminderRow(reminder)| reminder).ok_or(ToolError::ReminderNotFound)
}
