//! Rows of `todo.reminders` as reminders: what every tool on reminders does alike.
//!
//! A statement that answers reminders has the placeholder `{reminder_columns}` in its list of columns; [`statement!`] fills it with
//! [`REMINDER_COLUMNS`], and [`ReminderRow`] reads them.

mod reminder;

pub use reminder::{REMINDER_COLUMNS, ReminderRow};

#[doc(hidden)]
pub use user_database;

/// Makes a [`user_database::Statement`] on `todo.reminders` of a `.sql` file beside the code, with the columns of a reminder in its
/// placeholder `{reminder_columns}`.
#[macro_export]
macro_rules! statement {
    ($file:literal) => {
        $crate::user_database::statement!("todo.reminders", $file, reminder_columns: $crate::REMINDER_COLUMNS)
    };
}
