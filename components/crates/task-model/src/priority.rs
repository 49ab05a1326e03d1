//! A priority as the number it is stored and ordered by.

use crate::types::Priority;

/// 1 for urgent to 4 for low: ascending order lists the most urgent first.
#[must_use]
pub fn rank(priority: Priority) -> i16 {
    match priority {
        Priority::Urgent => 1,
        Priority::High => 2,
        Priority::Normal => 3,
        Priority::Low => 4,
    }
}

/// The priority of a rank; `None` for a number that is none.
#[must_use]
pub fn from_rank(rank: i16) -> Option<Priority> {
    match rank {
        1 => Some(Priority::Urgent),
        2 => Some(Priority::High),
        3 => Some(Priority::Normal),
        4 => Some(Priority::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Named;

    #[test]
    fn every_priority_survives_its_rank() {
        for (priority, _) in Priority::NAMES {
            assert_eq!(from_rank(rank(*priority)), Some(*priority));
        }
        assert_eq!(from_rank(0), None);
        assert_eq!(from_rank(5), None);
    }
}
