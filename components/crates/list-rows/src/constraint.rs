//! Constraints of the table as what is wrong with an input. The rules are checked before the database is asked; these answers are
//! for the case that both disagree, as after a change in the same moment.

use task_model::invalid;
use task_model::types::ToolError;
use user_database::LoggedDbError;

/// What a failed write answers: the field that a constraint stands for, or what the error says.
#[must_use]
pub fn write_error(error: LoggedDbError) -> ToolError {
    match error.constraint() {
        Some("lists_parent") => invalid(
            "/parent_id",
            "Lists are nested one level deep: the other list, or this one, was changed in the same moment.",
        ),
        Some("lists_name_length") => invalid("/name", "The name must have 1 to 100 characters."),
        Some("lists_name_not_blank") => {
            invalid("/name", "The name is empty: say in a few words what the list is for.")
        }
        _ => error.into(),
    }
}
