//! The task that a change is about, as parameters.

use task_model::types::{Caller, TaskRef, ToolError};
use task_model::{Violations, id, instant};
use user_database::{Parameter, optional};
use uuid::Uuid;

use crate::change::ChangeParameters;

/// An id as a parameter, NULL where there is none.
#[must_use]
pub fn optional_uuid(id: Option<Uuid>) -> Parameter {
    id.map_or(Parameter::DbNull, |id| Parameter::Uuid(id.to_string()))
}

/// A task's id and the version expected of it.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    id: Uuid,
    version: Option<u64>,
}

impl Reference {
    /// Checks the input of a tool that changes one task.
    ///
    /// # Errors
    /// Invalid when the id is none.
    pub fn new(input: &TaskRef) -> Result<Self, ToolError> {
        let mut violations = Violations::none();
        let reference = Self::check(&input.id, input.version, &mut violations);
        violations.finish()?;
        Ok(reference)
    }

    /// Checks the reference among other parts of an input.
    pub fn check(id: &str, version: Option<u64>, violations: &mut Violations) -> Self {
        let id = violations.check("/id", id::id(id)).unwrap_or_default();
        if version == Some(0) {
            violations
                .add("/version", "Versions start at 1: use the one that the task had when it was read.");
        }
        Self { id, version }
    }

    /// The change of this task by a caller, now.
    #[must_use]
    pub fn parameters(&self, caller: &Caller) -> ChangeParameters {
        ChangeParameters {
            id: Parameter::Uuid(self.id.to_string()),
            // No task has a version beyond what the column holds, so the nearest one conflicts as well.
            expected_version: optional(
                self.version.map(|version| i64::try_from(version).unwrap_or(i64::MAX)),
            ),
            now: Parameter::Str(instant::text(instant::now(caller))),
            request_id: Parameter::Str(caller.request_id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_and_version_are_checked_together() {
        let input = TaskRef { id: "7".to_owned(), version: Some(0) };
        let Err(ToolError::Invalid(found)) = Reference::new(&input) else { panic!("must be invalid") };
        assert_eq!(
            found.iter().map(|violation| violation.pointer.as_str()).collect::<Vec<_>>(),
            ["/id", "/version"]
        );
    }
}
