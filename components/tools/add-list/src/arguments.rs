//! The input of the tool, checked: everything that is wrong with it at once.

use task_model::types::{ListColour, NewList, ToolError};
use task_model::{Violations, list};
use uuid::Uuid;

/// What is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments {
    /// The name as it is stored.
    pub name: String,
    /// The colour.
    pub colour: ListColour,
    /// The list that it is nested in.
    pub parent_id: Option<Uuid>,
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(input: &NewList) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let name = violations.check("/name", list::name(&input.name)).unwrap_or_default();
    let parent_id = violations.check_given("/parent_id", input.parent_id.as_deref(), list::id);
    violations.finish()?;
    Ok(Arguments { name, colour: input.colour.unwrap_or(ListColour::Grey), parent_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> NewList {
        NewList { name: name.to_owned(), colour: None, parent_id: None }
    }

    #[test]
    fn a_name_is_enough() {
        let arguments = check(&named(" Groceries ")).unwrap();
        assert_eq!((arguments.name.as_str(), arguments.colour), ("Groceries", ListColour::Grey));
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let input = NewList { parent_id: Some("home".to_owned()), ..named(" ") };
        let Err(ToolError::Invalid(found)) = check(&input) else { panic!("must be invalid") };
        let pointers: Vec<_> = found.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/name", "/parent_id"]);
    }
}
