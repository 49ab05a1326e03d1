//! A row as a reminder.

use task_model::types::{Reminder, ReminderState};
use task_model::{Named, instant};
use user_database::{DecodeError, FromRow, Name, Row, columns};
use uuid::Uuid;

/// What a statement selects of a reminder. `title` is the task's: what is selected from has to have it.
pub const REMINDER_COLUMNS: &str = "id, task_id, title,
    (extract(epoch FROM remind_at) * 1000000)::bigint AS remind_at, before_due_minutes, state,
    (extract(epoch FROM sent_at) * 1000000)::bigint AS sent_at, failure,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at";

columns! {
    /// The columns as PostgreSQL gives them.
    struct Columns {
        id: Uuid,
        task_id: Uuid,
        title: String,
        remind_at: Option<i64>,
        before_due_minutes: Option<i32>,
        state: String,
        sent_at: Option<i64>,
        failure: Option<String>,
        created_at: i64,
    }
}

/// A row with the columns of a reminder ([`REMINDER_COLUMNS`]), read as one.
#[derive(Debug, Clone, PartialEq)]
pub struct ReminderRow(pub Reminder);

impl FromRow for ReminderRow {
    const COLUMNS: Option<&'static [Name]> = Columns::COLUMNS;

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let columns = Columns::from_row(row)?;
        let written = |microseconds| instant::text(instant::at(microseconds));
        let minutes = columns.before_due_minutes.map(u32::try_from).transpose();
        Ok(Self(Reminder {
            id: columns.id.to_string(),
            task_id: columns.task_id.to_string(),
            title: columns.title,
            at: columns.remind_at.map(written),
            before_due_minutes: minutes.map_err(|_| row.invalid_value("before_due_minutes", "negative"))?,
            state: ReminderState::from_name(&columns.state)
                .ok_or_else(|| row.invalid_value("state", "no known state"))?,
            sent_at: columns.sent_at.map(written),
            failure: columns.failure,
            created_at: written(columns.created_at),
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use user_database::Value;

    use super::*;

    fn row(state: &str, minutes: i32) -> Row {
        let names = [
            "id",
            "task_id",
            "title",
            "remind_at",
            "before_due_minutes",
            "state",
            "sent_at",
            "failure",
            "created_at",
        ];
        let values = vec![
            Value::Uuid("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned()),
            Value::Uuid("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20".to_owned()),
            Value::Str("milk".to_owned()),
            Value::DbNull,
            Value::Int32(minutes),
            Value::Str(state.to_owned()),
            Value::DbNull,
            Value::DbNull,
            Value::Int64(1_794_000_000_000_000),
        ];
        Row::new("todo.reminders", Rc::from(names.map(str::to_owned)), values)
    }

    #[test]
    fn a_row_is_read_as_a_reminder_and_what_no_reminder_has_is_refused_by_name() {
        let ReminderRow(reminder) = ReminderRow::from_row(&mut row("waiting", 30)).unwrap();
        assert_eq!(
            (reminder.state, reminder.before_due_minutes, reminder.at),
            (ReminderState::Waiting, Some(30), None)
        );
        assert_eq!(ReminderRow::from_row(&mut row("lost", 30)).unwrap_err().column, "state");
        assert_eq!(ReminderRow::from_row(&mut row("sent", -1)).unwrap_err().column, "before_due_minutes");
    }
}
