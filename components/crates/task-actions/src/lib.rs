//! What was done to tasks (`todo.task_events`, `todo.task_versions`): rows as actions, and the statement that takes one back, or does it again.
//!
//! Tools are composed into endpoints and can't call each other, so what undoing and redoing do alike is here, once.

#![warn(missing_docs)]

mod action;
mod turn_action;

pub use action::{ACTION_COLUMNS, ACTION_SUMMARY, ActionRow, IS_RECENT, YESTERDAY};
pub use turn_action::{REDO, Turn, TurnAction, TurnedAction, UNDO, turn_action};

#[doc(hidden)]
pub use user_database;

/// Makes a [`user_database::Statement`] on `todo.task_events` of a `.sql` file beside the code, with what all statements on actions have alike in
/// its placeholders: `{yesterday}` ([`YESTERDAY`]), `{is_recent}` ([`IS_RECENT`]), `{action_summary}` ([`ACTION_SUMMARY`]) and `{action_columns}`
/// ([`ACTION_COLUMNS`]).
#[macro_export]
macro_rules! statement {
    ($file:literal $(, $placeholder:ident: $filling:expr)* $(,)?) => {
        $crate::user_database::statement!(
            "todo.task_events", $file, yesterday: $crate::YESTERDAY, is_recent: $crate::IS_RECENT,
            action_summary: $crate::ACTION_SUMMARY, action_columns: $crate::ACTION_COLUMNS $(, $placeholder: $filling)*
        )
    };
}
