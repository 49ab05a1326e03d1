//! A tool's error as one sentence for a person: chat, MCP and REST use the same words.

use task_model::types::ToolError;

use crate::{Kind, Violation};

/// Says in one sentence (or one per violation) why a tool did nothing.
#[must_use]
pub fn sentence(error: &ToolError) -> String {
    match error {
        ToolError::Invalid(violations) => join_parts(
            violations.iter().map(|violation| (violation.pointer.as_str(), violation.message.as_str())),
        ),
        ToolError::NotFound => "There is no such task. It may have been deleted.".to_owned(),
        ToolError::ListNotFound => "There is no such list. It may have been deleted.".to_owned(),
        ToolError::ReminderNotFound => "There is no such reminder. It may have been cancelled.".to_owned(),
        ToolError::ActionNotFound => {
            "Nothing was done lately that can be taken back or done again.".to_owned()
        }
        ToolError::ActionOvertaken(1) => "A task was changed since, so nothing was taken back.".to_owned(),
        ToolError::ActionOvertaken(tasks) => {
            format!("{tasks} of the tasks were changed since, so nothing was taken back.")
        }
        ToolError::Conflict(version) => {
            format!("It was changed in the meantime (it is at version {version} now), so nothing was done.")
        }
        ToolError::Forbidden(scope) => {
            format!("The access token lacks the scope {scope}, so this is not allowed.")
        }
        ToolError::Full(tasks) => {
            format!(
                "Your list holds {tasks} tasks, as many as it may, so none was added. Delete some, then try again."
            )
        }
        ToolError::TooManyLists(lists) => {
            format!(
                "You have {lists} lists, as many as you may, so none was added. Delete some, then try again."
            )
        }
        ToolError::TooManyReminders(reminders) => {
            format!(
                "The task has {reminders} reminders, as many as it may, so none was added. Cancel some, then try again."
            )
        }
        ToolError::Unavailable(seconds) => {
            format!("The task list can't be reached right now. Please try again in {seconds} s.")
        }
        ToolError::Internal(id) => {
            format!("Something went wrong on our side. Please report this id: {id}.")
        }
    }
}

/// The violations in one line: `title: It must not be empty. due: …`.
pub(crate) fn join_violations(violations: &[Violation]) -> String {
    join_parts(violations.iter().map(|violation| (violation.pointer.as_str(), violation.detail.as_str())))
}

fn join_parts<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut sentence = String::new();
    for (pointer, detail) in parts {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        let name = pointer.trim_start_matches('/');
        if !is_named(detail, name) {
            sentence.push_str(name);
            sentence.push_str(": ");
        }
        sentence.push_str(detail);
    }
    if sentence.is_empty() {
        sentence.push_str(Kind::InvalidInput.description());
    }
    sentence
}

/// Whether the words say already which field they are about: `The title is empty.`
fn is_named(detail: &str, name: &str) -> bool {
    let spaced = |text: &str| {
        let letters = text
            .chars()
            .map(|letter| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' });
        format!(" {} ", letters.collect::<String>())
    };
    let words = spaced(detail);
    let field = spaced(name.split('/').next().unwrap_or(name));
    let one_of_them = format!("{} ", field.trim_end().trim_end_matches('s'));
    field.trim().is_empty() || words.contains(&field) || words.contains(&one_of_them)
}

#[cfg(test)]
mod tests {
    use task_model::types::Violation;

    use super::*;

    #[test]
    fn each_violation_names_its_field_once() {
        let violation =
            |pointer: &str, message: &str| Violation { pointer: pointer.into(), message: message.into() };
        let error = ToolError::Invalid(vec![
            violation("/title", "It must not be empty."),
            violation("/labels/3", "It has a space."),
            violation("/q", "This is required."),
            violation("/labels/0", "A label has no spaces."),
            violation("/time_zone", "There is no such time zone."),
            violation("", "Nothing to change."),
        ]);
        assert_eq!(
            sentence(&error),
            "title: It must not be empty. labels/3: It has a space. q: This is required. \
             A label has no spaces. There is no such time zone. Nothing to change."
        );
    }

    #[test]
    fn a_conflict_names_the_current_version_and_an_incident_its_id() {
        assert!(sentence(&ToolError::Conflict(7)).contains("version 7"));
        assert!(sentence(&ToolError::Internal("01ab".into())).contains("01ab"));
    }
}
