//! Constraints of the table as what is wrong with an input. The rules are checked before the database is asked;
//! these answers are for the case that both disagree.

use task_model::invalid;
use task_model::types::ToolError;
use user_database::LoggedDbError;

/// What a failed write answers: the field that a constraint stands for, or what the error says.
#[must_use]
pub fn write_error(error: LoggedDbError) -> ToolError {
    match error.constraint() {
        // The user has no such list, or has it no more.
        Some("tasks_list") => ToolError::ListNotFound,
        Some(constraint) if let Some((pointer, message)) = field(constraint) => invalid(pointer, message),
        _ => error.into(),
    }
}

fn field(constraint: &str) -> Option<(&'static str, &'static str)> {
    Some(match constraint {
        "tasks_title_length" => ("/title", "The title must have 1 to 200 characters."),
        "tasks_title_not_blank" => ("/title", "The title is empty: say in a few words what is to be done."),
        "tasks_notes_length" => ("/notes", "The notes must have at most 10,000 characters."),
        "tasks_labels_count" => ("/labels", "A task has at most 20 labels."),
        "tasks_parent" => ("/parent_id", "You have no task with this id: take one from a list or a search."),
        "tasks_parent_open" => ("/parent_id", "This task is done: reopen it before it gets an open subtask."),
        "tasks_parent_cycle" => ("/parent_id", "A task can't be below itself: name another one."),
        "tasks_parent_depth" => (
            "/parent_id",
            "Tasks are nested five levels deep at most, the top one included: name a task further up.",
        ),
        "tasks_recurrence_object" => {
            ("/recurrence", "The recurrence takes up too much: give a shorter rule, or fewer exceptions.")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use user_database::DbError;

    use super::*;

    fn refused(constraint: &str) -> ToolError {
        let error = DbError::Constraint { constraint: constraint.to_owned(), code: "23514".to_owned() };
        write_error(LoggedDbError { error, request_id: "r".to_owned() })
    }

    #[test]
    fn a_constraint_on_a_field_names_the_field() {
        assert!(
            matches!(refused("tasks_title_length"), ToolError::Invalid(found) if found[0].pointer == "/title")
        );
    }

    #[test]
    fn a_constraint_on_what_the_app_sets_is_a_fault_of_the_app() {
        assert!(matches!(refused("tasks_due_once"), ToolError::Internal(_)));
    }
}
