//! What was done to tasks (`todo.actions`): rows as actions, and the statement that takes one back, or does it again.
//!
//! Tools are composed into endpoints and can't call each other, so what undoing and redoing do alike is here, once.

#![warn(missing_docs)]

mod action;
mod turn_action;

pub use action::{ACTION_COLUMNS, ActionRow};
pub use turn_action::{REDO, Turn, TurnAction, TurnedAction, UNDO, turn_action};

#[doc(hidden)]
pub use user_database;

/// Makes a [`user_database::Statement`] on `todo.actions` of a `.sql` file beside the code, with [`ACTION_COLUMNS`] in its placeholder
/// `{action_columns}`.
#[macro_export]
macro_rules! statement {
    ($file:literal $(, $placeholder:ident: $filling:expr)* $(,)?) => {
        $crate::user_database::statement!(
            "todo.actions", $file, action_columns: $crate::ACTION_COLUMNS $(, $placeholder: $filling)*
        )
    };
}
