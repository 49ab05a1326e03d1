//! Calls that were taken and are not spent yet.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// No chunk is larger, so that an instance that ends takes little with it.
const MAX_CHUNK: u32 = 16;

/// How many users and tools an instance keeps calls for.
const MAX_LEASES: usize = 256;

/// Calls of one user and tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lease {
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
pub(super) enum Decision {
    /// It is paid for.
    Allow,
    /// So many are to be taken first.
    Acquire(u32),
    /// The minute is used up; the next begins after so long.
    Deny(Duration),
}

/// The calls of everybody that this instance serves.
#[derive(Default)]
pub(super) struct QuotaCache(HashMap<(String, String), Lease>);

impl QuotaCache {
    /// Spends a call, if there is one left.
    pub(super) fn spend(&mut self, user: &str, tool: &str, now: Instant, limit: u32) -> Decision {
        let Some(quota) = self.0.get_mut(&key(user, tool)).filter(|quota| now < quota.ends) else {
            return Decision::Acquire(1);
        };
        if quota.left > 0 {
            quota.left -= 1;
            return Decision::Allow;
        }
        if quota.is_last {
            return Decision::Deny(quota.ends - now);
        }
        // No more than an eighth of the limit, so that a small one is not lost to a single instance.
        Decision::Acquire((quota.chunk * 2).min(MAX_CHUNK).min(limit / 8).max(1))
    }

    /// Keeps what was taken, beside what another request took meanwhile.
    pub(super) fn put(&mut self, user: &str, tool: &str, taken: Lease, now: Instant) {
        if now >= taken.ends {
            return;
        }
        let key = key(user, tool);
        if let Some(quota) = self.0.get_mut(&key).filter(|quota| now < quota.ends) {
            quota.left += taken.left;
            quota.chunk = quota.chunk.max(taken.chunk);
            quota.is_last |= taken.is_last;
            // Both are a little before the minute's end.
            quota.ends = quota.ends.max(taken.ends);
            return;
        }
        if self.0.len() >= MAX_LEASES {
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

    fn quota(left: u32, chunk: u32, ends: Instant) -> Lease {
        Lease { left, chunk, is_last: false, ends }
    }

    /// How many calls are taken at a time, for so many calls in a row.
    fn chunks(calls: usize, limit: u32) -> Vec<u32> {
        let (mut quotas, now) = (QuotaCache::default(), Instant::now());
        let take = |_| match quotas.spend("ann", "add_task", now, limit) {
            Decision::Acquire(chunk) => {
                quotas.put("ann", "add_task", quota(chunk - 1, chunk, now + MINUTE), now);
                Some(chunk)
            }
            Decision::Allow => None,
            Decision::Deny(_) => panic!("there is more"),
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
        let (mut quotas, now) = (QuotaCache::default(), Instant::now());
        quotas.put("ann", "add_task", quota(9, 16, now + MINUTE), now);
        assert_eq!(quotas.spend("ann", "add_task", now, 600), Decision::Allow);
        assert_eq!(quotas.spend("bob", "add_task", now, 600), Decision::Acquire(1));
        assert_eq!(quotas.spend("ann", "get_task", now, 600), Decision::Acquire(1));
        assert_eq!(quotas.spend("ann", "add_task", now + MINUTE, 600), Decision::Acquire(1));
    }

    #[test]
    fn what_two_requests_took_at_once_is_kept_and_what_came_too_late_is_not() {
        let (mut quotas, now) = (QuotaCache::default(), Instant::now());
        quotas.put("ann", "add_task", quota(1, 2, now + MINUTE), now);
        quotas.put("ann", "add_task", quota(1, 2, now + MINUTE), now);
        // Taken out of a minute that has ended since.
        quotas.put("ann", "add_task", quota(15, 16, now), now);
        let spent = [(); 3].map(|()| quotas.spend("ann", "add_task", now, 600));
        assert_eq!(spent, [Decision::Allow, Decision::Allow, Decision::Acquire(4)]);
    }

    #[test]
    fn a_minute_that_is_used_up_is_not_asked_again() {
        let (mut quotas, now) = (QuotaCache::default(), Instant::now());
        let last = Lease { is_last: true, ..quota(1, 16, now + MINUTE) };
        quotas.put("ann", "add_task", last, now);
        assert_eq!(quotas.spend("ann", "add_task", now, 600), Decision::Allow);
        assert_eq!(quotas.spend("ann", "add_task", now, 600), Decision::Deny(MINUTE));
        assert_eq!(quotas.spend("ann", "add_task", now + MINUTE, 600), Decision::Acquire(1));
    }

    #[test]
    fn an_instance_keeps_calls_for_so_many_and_no_more() {
        let (mut quotas, now) = (QuotaCache::default(), Instant::now());
        for user in 0..=MAX_LEASES {
            quotas.put(&user.to_string(), "add_task", quota(1, 2, now + MINUTE), now);
            assert!(quotas.0.len() <= MAX_LEASES);
        }
    }
}
