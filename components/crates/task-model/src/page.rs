//! How many of a list, and where to go on.

/// The limit of one kind of list, or of how far one looks ahead.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// When none is given.
    pub default: u32,
    /// The most.
    pub max: u32,
}

/// Pages of a task list.
pub const LIST: Limit = Limit { default: 20, max: 100 };
/// Matches of a search.
pub const SEARCH: Limit = Limit { default: 10, max: 50 };
/// Upcoming days of an overview.
pub const DAYS: Limit = Limit { default: 7, max: 31 };

/// The number is out of range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("It must be 1 to {0}.")]
pub struct LimitError(u32);

impl Limit {
    /// The number given, if it is in range.
    ///
    /// # Errors
    /// [`LimitError`] for 0 and for more than the most.
    pub fn check(self, given: u32) -> Result<u32, LimitError> {
        if (1..=self.max).contains(&given) { Ok(given) } else { Err(LimitError(self.max)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_two_ends() {
        assert_eq!(LIST.check(1), Ok(1));
        assert_eq!(LIST.check(100), Ok(100));
        assert_eq!(LIST.check(0), Err(LimitError(100)));
        assert_eq!(LIST.check(101).unwrap_err().to_string(), "It must be 1 to 100.");
    }
}
