//! The input of the tool, checked: everything that is wrong with it at once.

use jiff::Timestamp;
use task_model::types::{Caller, NewReminder, ToolError};
use task_model::{Violations, id, reminder, zone};
use uuid::Uuid;

/// When to remind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// At an instant of its own.
    At(Timestamp),
    /// So many minutes before the task is due.
    BeforeDue(i32),
}

/// What is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments {
    /// The task.
    pub task_id: Uuid,
    /// When.
    pub when: When,
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: &NewReminder) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let zone = violations.check("/time_zone", zone::from_caller(caller));
    let task_id = violations.check("/task_id", id::id(&input.task_id)).unwrap_or_default();
    let at = zone.and_then(|zone| {
        violations.check_given("/at", input.at.as_deref(), |text| reminder::instant(text, &zone))
    });
    let minutes = violations.check_given("/before_due_minutes", input.before_due_minutes, reminder::minutes);
    if input.at.is_some() == input.before_due_minutes.is_some() {
        violations.add("", "Give either at or before_due_minutes.");
    }
    violations.finish()?;
    let minutes = minutes.and_then(|minutes| i32::try_from(minutes).ok()).unwrap_or_default();
    Ok(Arguments { task_id, when: at.map_or(When::BeforeDue(minutes), When::At) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller() -> Caller {
        Caller {
            user_id: String::new(),
            scopes: Vec::new(),
            request_id: String::new(),
            time_zone: "Europe/Berlin".to_owned(),
            now: 0,
            idempotency_key: None,
        }
    }

    fn checked(
        task_id: &str,
        at: Option<&str>,
        before_due_minutes: Option<u32>,
    ) -> Result<When, Vec<String>> {
        let input =
            NewReminder { task_id: task_id.to_owned(), at: at.map(str::to_owned), before_due_minutes };
        match check(&caller(), &input) {
            Ok(arguments) => Ok(arguments.when),
            Err(ToolError::Invalid(found)) => {
                Err(found.into_iter().map(|violation| violation.pointer).collect())
            }
            Err(_) => panic!("must be invalid"),
        }
    }

    const ID: &str = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";

    #[test]
    fn a_reminder_is_at_an_instant_or_relative() {
        assert_eq!(checked(ID, None, Some(30)), Ok(When::BeforeDue(30)));
        let at = "2026-11-22T17:00:00Z".parse().unwrap();
        assert_eq!(checked(ID, Some("2026-11-22T18:00:00+01:00"), None), Ok(When::At(at)));
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        assert_eq!(checked("7", Some("2026-11-22"), None).unwrap_err(), ["/task_id", "/at"]);
        assert_eq!(checked(ID, None, Some(40_321)).unwrap_err(), ["/before_due_minutes"]);
        assert_eq!(checked(ID, None, None).unwrap_err(), [""]);
        assert_eq!(checked(ID, Some("2026-11-22T18:00:00Z"), Some(5)).unwrap_err(), [""]);
    }
}
