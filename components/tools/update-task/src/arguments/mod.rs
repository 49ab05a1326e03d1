//! The input of the tool, checked: everything that is wrong with it at once.

use task_model::due::{self, Due};
use task_model::list::IN_THE_LIST_OF_ITS_PARENT;
use task_model::recurrence::Series;
use task_model::types::{Caller, ClearableField, Priority, TaskChanges, ToolError};
use task_model::{Named, Violations, id, labels, list, notes, title, zone};
use task_rows::Reference;
use uuid::Uuid;

use crate::recurrence::{self, Current};

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
    /// The task that it is a subtask of from now on; `Some(None)` for none.
    pub parent_id: Option<Option<Uuid>>,
    /// How it repeats from now on; `Some(None)` for not at all.
    pub recurrence: Option<Option<Series>>,
}

/// Checks the input. `current` is the task as it is, which has to be known where its recurrence is set.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(
    caller: &Caller,
    input: &TaskChanges,
    current: Option<&Current>,
) -> Result<Arguments, ToolError> {
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
        parent_id: violations.check_given("/parent_id", input.parent_id.as_deref(), id::id).map(Some),
        recurrence: None,
    };
    if input.parent_id.is_some() && input.list_id.is_some() {
        violations.add("/list_id", IN_THE_LIST_OF_ITS_PARENT);
    }
    recurrence::set(caller, input, current, &mut arguments, &mut violations);
    clear(input, &mut arguments, &mut violations);
    if changes_nothing(input) {
        violations.add(
            "",
            "Nothing to change: give at least one of title, notes, due, priority, labels, list_id, parent_id, recurrence or clear.",
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
            ClearableField::Recurrence => input.recurrence.is_some(),
            ClearableField::ParentId => input.parent_id.is_some(),
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
            ClearableField::Recurrence => arguments.recurrence = Some(None),
            ClearableField::ParentId => arguments.parent_id = Some(None),
        }
    }
}

fn changes_nothing(input: &TaskChanges) -> bool {
    let TaskChanges {
        id: _,
        version: _,
        title,
        notes,
        due,
        time_zone,
        priority,
        labels,
        list_id,
        parent_id,
        recurrence,
        clear,
    } = input;
    title.is_none()
        && notes.is_none()
        && due.is_none()
        && time_zone.is_none()
        && priority.is_none()
        && labels.is_none()
        && list_id.is_none()
        && parent_id.is_none()
        && recurrence.is_none()
        && clear.as_ref().is_none_or(Vec::is_empty)
}

#[cfg(test)]
mod tests;
