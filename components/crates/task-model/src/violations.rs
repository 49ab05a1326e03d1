//! Collects everything that is wrong with an input, so that a person mends it in one go.

use std::fmt::Display;

use crate::types::{ToolError, Violation};

/// What is wrong with an input so far.
#[derive(Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Nothing is wrong yet.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Notes that the part named by `pointer` (RFC 6901) is wrong.
    pub fn add(&mut self, pointer: impl Into<String>, message: impl Display) {
        self.0.push(Violation { pointer: pointer.into(), message: message.to_string() });
    }

    /// The value when it is right; otherwise notes why it is not.
    pub fn check<T, E: Display>(&mut self, pointer: &str, outcome: Result<T, E>) -> Option<T> {
        outcome.map_err(|error| self.add(pointer, error)).ok()
    }

    /// Like [`Violations::check`] for a part that may be left out: `None` when it is left out or wrong.
    pub fn check_given<I, T, E: Display>(
        &mut self,
        pointer: &str,
        given: Option<I>,
        rule: impl FnOnce(I) -> Result<T, E>,
    ) -> Option<T> {
        given.and_then(|value| self.check(pointer, rule(value)))
    }

    /// Ends the check.
    ///
    /// # Errors
    /// [`ToolError::Invalid`] with everything noted, when anything was.
    pub fn finish(self) -> Result<(), ToolError> {
        if self.0.is_empty() { Ok(()) } else { Err(ToolError::Invalid(self.0)) }
    }
}

/// An input that is wrong in one way.
#[must_use]
pub fn invalid(pointer: &str, message: impl Display) -> ToolError {
    ToolError::Invalid(vec![Violation { pointer: pointer.to_owned(), message: message.to_string() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_answered_at_once_and_in_order() {
        let mut violations = Violations::none();
        assert_eq!(violations.check("/a", Ok::<_, String>(1)), Some(1));
        assert_eq!(violations.check::<u8, _>("/b", Err("b is wrong")), None);
        violations.add("/c/1", "c is wrong");
        let Err(ToolError::Invalid(found)) = violations.finish() else { panic!("must be invalid") };
        let pointers: Vec<_> = found.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/b", "/c/1"]);
    }

    #[test]
    fn nothing_wrong_is_fine() {
        assert!(Violations::none().finish().is_ok());
    }
}
