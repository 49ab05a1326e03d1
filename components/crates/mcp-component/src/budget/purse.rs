//! Calls that were taken and are not spent yet.

use std::collections::HashMap;
use std::time::Instant;

/// No chunk is larger, so that an instance that ends takes little with it.
const LARGEST_CHUNK: u32 = 16;

/// How many users and tools an instance keeps calls for.
const MOST: usize = 256;

/// Calls of one user and tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Purse {
    /// How many are left.
    pub(super) left: u32,
    /// How many were taken the last time.
    pub(super) chunk: u32,
    /// When their minute ends.
    pub(super) ends: Instant,
}

/// The calls of everybody that this instance serves.
#[derive(Default)]
pub(super) struct Purses(HashMap<(String, String), Purse>);

impl Purses {
    /// Spends a call; where there is none left, how many to take.
    pub(super) fn spend(&mut self, user: &str, tool: &str, now: Instant, limit: u32) -> Option<u32> {
        let Some(purse) = self.0.get_mut(&key(user, tool)).filter(|purse| now < purse.ends) else {
            return Some(1);
        };
        if purse.left > 0 {
            purse.left -= 1;
            return None;
        }
        // No more than an eighth of the limit, so that a small one is not lost to a single instance.
        Some((purse.chunk * 2).min(LARGEST_CHUNK).min(limit / 8).max(1))
    }

    /// Keeps what was taken.
    pub(super) fn put(&mut self, user: &str, tool: &str, purse: Purse) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(key(user, tool), purse);
    }
}

fn key(user: &str, tool: &str) -> (String, String) {
    (user.to_owned(), tool.to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// How many calls are taken at a time, for so many calls in a row.
    fn chunks(calls: usize, limit: u32) -> Vec<u32> {
        let (mut purses, now) = (Purses::default(), Instant::now());
        let take = |_| {
            let chunk = purses.spend("ann", "add_task", now, limit)?;
            let ends = now + Duration::from_secs(60);
            purses.put("ann", "add_task", Purse { left: chunk - 1, chunk, ends });
            Some(chunk)
        };
        (0..calls).filter_map(take).collect()
    }

    #[test]
    fn chunks_grow_with_use_and_stay_small_beside_the_limit() {
        assert_eq!(chunks(1, 600), [1]);
        assert_eq!(chunks(47, 600), [1, 2, 4, 8, 16, 16]);
        assert_eq!(chunks(8, 16), [1, 2, 2, 2, 2]);
        assert_eq!(chunks(3, 3), [1, 1, 1]);
    }

    #[test]
    fn what_is_left_is_nobody_elses_and_ends_with_its_minute() {
        let (mut purses, now) = (Purses::default(), Instant::now());
        purses.put("ann", "add_task", Purse { left: 9, chunk: 16, ends: now + Duration::from_secs(1) });
        assert_eq!(purses.spend("ann", "add_task", now, 600), None);
        assert_eq!(purses.spend("bob", "add_task", now, 600), Some(1));
        assert_eq!(purses.spend("ann", "get_task", now, 600), Some(1));
        assert_eq!(purses.spend("ann", "add_task", now + Duration::from_secs(1), 600), Some(1));
    }
}
