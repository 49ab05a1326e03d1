//! The input of the tool, checked: everything that is wrong with it at once.

use task_model::due::{self, Due};
use task_model::types::{Caller, ClearableField, Priority, TaskChanges, ToolError};
use task_model::{Named, Violations, labels, list, notes, title, zone};
use task_rows::Reference;
use uuid::Uuid;

/// What changes. `None` leaves a field as it is.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// The task, and the version expected of it.
    pub target: Reference,
    /// The new title.
    pub title: Option<String>,
    /// The new notes; `Some(None)` for none.
    pub notes: Option<Option<String>>,
    /// When it is due from now on; `Some(None)` for not at all.
    pub due: Option<Option<Due>>,
    /// The new priority.
    pub priority: Option<Priority>,
    /// The new labels.
    pub labels: Option<Vec<String>>,
    /// The list that it is in from now on; `Some(None)` for the inbox.
    pub list_id: Option<Option<Uuid>>,
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: &TaskChanges) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let target = Reference::check(&input.id, input.version, &mut violations);
    let mut arguments = Arguments {
        target,
        title: violations.check_given("/title", input.title.as_deref(), title::title),
        notes: violations.check_given("/notes", input.notes.as_deref(), notes::notes),
        due: check_due(caller, input, &mut violations).map(Some),
        priority: input.priority,
        labels: input.labels.as_deref().map(|texts| labels::labels(texts, &mut violations)),
        list_id: violations.check_given("/list_id", input.list_id.as_deref(), list::id).map(Some),
    };
    clear(input, &mut arguments, &mut violations);
    if changes_nothing(input) {
        violations.add(
            "",
            "Nothing to change: give at least one of title, notes, due, priority, labels, list_id or clear.",
        );
    }
    violations.finish()?;
    Ok(arguments)
}

fn check_due(caller: &Caller, input: &TaskChanges, violations: &mut Violations) -> Option<Due> {
    let Some(text) = &input.due else {
        if input.time_zone.is_some() {
            violations.add("/time_zone", "A time zone is only possible together with `due`.");
        }
        return None;
    };
    let zone = match &input.time_zone {
        Some(name) => violations.check("/time_zone", zone::zone(name)),
        None => violations.check("", zone::from_caller(caller)),
    }?;
    violations.check("/due", due::due(text, &zone))
}

/// Empties the fields named in `clear`. One that is also given is in doubt.
fn clear(input: &TaskChanges, arguments: &mut Arguments, violations: &mut Violations) {
    for (index, field) in input.clear.iter().flatten().enumerate() {
        let given = match field {
            ClearableField::Notes => input.notes.is_some(),
            ClearableField::Due => input.due.is_some(),
            ClearableField::Priority => input.priority.is_some(),
            ClearableField::Labels => input.labels.is_some(),
            ClearableField::ListId => input.list_id.is_some(),
        };
        if given {
            let name = field.name();
            violations.add(
                format!("/clear/{index}"),
                format!("`{name}` is also given: either set it or clear it."),
            );
            continue;
        }
        match field {
            ClearableField::Notes => arguments.notes = Some(None),
            ClearableField::Due => arguments.due = Some(None),
            ClearableField::Priority => arguments.priority = Some(Priority::Normal),
            ClearableField::Labels => arguments.labels = Some(Vec::new()),
            ClearableField::ListId => arguments.list_id = Some(None),
        }
    }
}

fn changes_nothing(input: &TaskChanges) -> bool {
    let TaskChanges { id: _, version: _, title, notes, due, time_zone, priority, labels, list_id, clear } =
        input;
    title.is_none()
        && notes.is_none()
        && due.is_none()
        && time_zone.is_none()
        && priority.is_none()
        && labels.is_none()
        && list_id.is_none()
        && clear.as_ref().is_none_or(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller() -> Caller {
        Caller {
            user_id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
            scopes: vec![],
            request_id: "r".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            now: 1_795_000_000_000_000,
            idempotency_key: None,
        }
    }

    fn unchanged() -> TaskChanges {
        TaskChanges {
            id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
            version: None,
            title: None,
            notes: None,
            due: None,
            time_zone: None,
            priority: None,
            labels: None,
            list_id: None,
            clear: None,
        }
    }

    fn pointers(input: &TaskChanges) -> Vec<String> {
        match check(&caller(), input) {
            Err(ToolError::Invalid(found)) => found.into_iter().map(|violation| violation.pointer).collect(),
            other => panic!("must be invalid: {other:?}"),
        }
    }

    #[test]
    fn what_is_left_out_stays() {
        let arguments =
            check(&caller(), &TaskChanges { title: Some("new".to_owned()), ..unchanged() }).unwrap();
        assert_eq!(arguments.title.as_deref(), Some("new"));
        assert!(arguments.notes.is_none() && arguments.due.is_none() && arguments.labels.is_none());
    }

    #[test]
    fn clearing_empties_and_resets() {
        let clear = ClearableField::NAMES.iter().map(|(field, _)| *field).collect();
        let arguments = check(&caller(), &TaskChanges { clear: Some(clear), ..unchanged() }).unwrap();
        assert_eq!(arguments.notes, Some(None));
        assert_eq!(arguments.due, Some(None));
        assert_eq!(arguments.priority, Some(Priority::Normal));
        assert_eq!(arguments.labels, Some(vec![]));
        assert_eq!(arguments.list_id, Some(None));
    }

    #[test]
    fn a_change_of_nothing_is_refused() {
        assert_eq!(pointers(&unchanged()), [""]);
        assert_eq!(pointers(&TaskChanges { clear: Some(vec![]), version: Some(3), ..unchanged() }), [""]);
    }

    #[test]
    fn a_field_both_set_and_cleared_is_refused() {
        let input = TaskChanges {
            due: Some("2026-11-22".to_owned()),
            clear: Some(vec![ClearableField::Notes, ClearableField::Due]),
            ..unchanged()
        };
        assert_eq!(pointers(&input), ["/clear/1"]);
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let input = TaskChanges {
            id: "7".to_owned(),
            version: Some(0),
            title: Some(" ".to_owned()),
            time_zone: Some("UTC".to_owned()),
            labels: Some(vec!["a b".to_owned()]),
            list_id: Some("groceries".to_owned()),
            ..unchanged()
        };
        assert_eq!(pointers(&input), ["/id", "/version", "/title", "/time_zone", "/labels/0", "/list_id"]);
    }
}
