//! A tool's error, seen from where the input came.

use endpoint::{Kind, Problem};
use task_model::types::ToolError;

/// The error of a tool that was given a task's id from the path. A path that holds no id leads to no task.
pub(crate) fn from_task_error(error: ToolError) -> Problem {
    match &error {
        ToolError::Invalid(violations)
            if !violations.is_empty() && violations.iter().all(|violation| violation.pointer == "/id") =>
        {
            Problem::new(Kind::TaskNotFound)
        }
        _ => error.into(),
    }
}

/// The error of a tool whose input came from query parameters.
pub(crate) fn from_parameter_error(error: ToolError) -> Problem {
    Problem::from(error).as_parameters()
}

#[cfg(test)]
mod tests {
    use task_model::types::Violation;

    use super::*;

    fn invalid(pointers: &[&str]) -> ToolError {
        let violation =
            |pointer: &&str| Violation { pointer: (*pointer).into(), message: "It is wrong.".into() };
        ToolError::Invalid(pointers.iter().map(violation).collect())
    }

    #[test]
    fn a_path_without_an_id_leads_to_no_task() {
        assert_eq!(from_task_error(invalid(&["/id"])).kind, Kind::TaskNotFound);
        assert_eq!(from_task_error(invalid(&["/id", "/title"])).kind, Kind::InvalidInput);
        assert_eq!(from_task_error(invalid(&[])).kind, Kind::InvalidInput);
        assert_eq!(from_task_error(ToolError::NotFound).kind, Kind::TaskNotFound);
    }

    #[test]
    fn a_wrong_parameter_is_400() {
        let problem = from_parameter_error(invalid(&["/limit"]));
        assert_eq!((problem.status().as_u16(), problem.errors[0].pointer.as_str()), (400, "/limit"));
        assert_eq!(from_parameter_error(ToolError::Unavailable(1)).status(), 503);
    }
}
