//! Calls that were taken and are not spent yet.

use std::collections::HashMap;
use std::time::{Duration, Instant};

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
    /// Whether their minute has no more.
    pub(super) is_last: bool,
    /// When their minute ends.
    pub(super) ends: Instant,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spending {
    /// It is paid for.
    Spent,
    /// So many are to be taken first.
    Take(u32),
    /// The minute is used up; the next begins after so long.
    UsedUp(Duration),
}

/// The calls of everybody that this instance serves.
#[derive(Default)]
pub(super) struct Purses(HashMap<(String, String), Purse>);

impl Purses {
    /// Spends a call, if there is one left.
    pub(super) fn spend(&mut self, user: &str, tool: &str, now: Instant, limit: u32) -> Spending {
        let Some(purse) = self.0.get_mut(&key(user, tool)).filter(|purse| now < purse.ends) else {
            return Spending::Take(1);
        };
        if purse.left > 0 {
            purse.left -= 1;
            return Spending::Spent;
        }
        if purse.is_last {
            return Spending::UsedUp(purse.ends - now);
        }
        // No more than an eighth of the limit, so that a small one is not lost to a single instance.
        Spending::Take((purse.chunk * 2).min(LARGEST_CHUNK).min(limit / 8).max(1))
    }

    /// Keeps what was taken, beside what another request took meanwhile.
    pub(super) fn put(&mut self, user: &str, tool: &str, taken: Purse, now: Instant) {
        if now >= taken.ends {
            return;
        }
        let key = key(user, tool);
        if let Some(purse) = self.0.get_mut(&key).filter(|purse| now < purse.ends) {
            purse.left += taken.left;
            purse.chunk = purse.chunk.max(taken.chunk);
            purse.is_last |= taken.is_last;
            // Both are a little before the minute's end.
            purse.ends = purse.ends.max(taken.ends);
            return;
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(key, taken);
    }
}

fn key(user: &str, tool: &str) -> (String, String) {
    (user.to_owned(), tool.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn purse(left: u32, chunk: u32, ends: Instant) -> Purse {
        Purse { left, chunk, is_last: false, ends }
    }

    /// How many calls are taken at a time, for so many calls in a row.
    fn chunks(calls: usize, limit: u32) -> Vec<u32> {
        let (mut purses, now) = (Purses::default(), Instant::now());
        let take = |_| match purses.spend("ann", "add_task", now, limit) {
            Spending::Take(chunk) => {
                purses.put("ann", "add_task", purse(chunk - 1, chunk, now + MINUTE), now);
                Some(chunk)
            }
            Spending::Spent => None,
            Spending::UsedUp(_) => panic!("there is more"),
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
        purses.put("ann", "add_task", purse(9, 16, now + MINUTE), now);
        assert_eq!(purses.spend("ann", "add_task", now, 600), Spending::Spent);
        assert_eq!(purses.spend("bob", "add_task", now, 600), Spending::Take(1));
        assert_eq!(purses.spend("ann", "get_task", now, 600), Spending::Take(1));
        assert_eq!(purses.spend("ann", "add_task", now + MINUTE, 600), Spending::Take(1));
    }

    #[test]
    fn what_two_requests_took_at_once_is_kept_and_what_came_too_late_is_not() {
        let (mut purses, now) = (Purses::default(), Instant::now());
        purses.put("ann", "add_task", purse(1, 2, now + MINUTE), now);
        purses.put("ann", "add_task", purse(1, 2, now + MINUTE), now);
        // Taken out of a minute that has ended since.
        purses.put("ann", "add_task", purse(15, 16, now), now);
        let spent = [(); 3].map(|()| purses.spend("ann", "add_task", now, 600));
        assert_eq!(spent, [Spending::Spent, Spending::Spent, Spending::Take(4)]);
    }

    #[test]
    fn a_minute_that_is_used_up_is_not_asked_again() {
        let (mut purses, now) = (Purses::default(), Instant::now());
        let last = Purse { is_last: true, ..purse(1, 16, now + MINUTE) };
        purses.put("ann", "add_task", last, now);
        assert_eq!(purses.spend("ann", "add_task", now, 600), Spending::Spent);
        assert_eq!(purses.spend("ann", "add_task", now, 600), Spending::UsedUp(MINUTE));
        assert_eq!(purses.spend("ann", "add_task", now + MINUTE, 600), Spending::Take(1));
    }

    #[test]
    fn an_instance_keeps_calls_for_so_many_and_no_more() {
        let (mut purses, now) = (Purses::default(), Instant::now());
        for user in 0..=MOST {
            purses.put(&user.to_string(), "add_task", purse(1, 2, now + MINUTE), now);
            assert!(purses.0.len() <= MOST);
        }
    }
}
