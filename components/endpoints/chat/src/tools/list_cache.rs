//! Lists of tools, kept for as long as an instance lives and the server says that they are good.
//!
//! What is listed depends on what the caller's token allows, and on the release of the server. A list is kept for each set of
//! scopes, and given up when its time is over or when an answer comes from another release.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::Tool;

/// More sets of scopes than this are not kept apart: the app has a handful.
const MAX_LISTS: usize = 16;

/// The lists that an instance keeps.
#[derive(Default)]
pub struct ListCache(Vec<Kept>);

struct Kept {
    scopes: Vec<String>,
    release: Option<String>,
    tools: Rc<[Tool]>,
    fresh_until: Instant,
}

impl ListCache {
    /// The list for these scopes, if there is one that is still good.
    pub fn fresh(&self, scopes: &[String], now: Instant) -> Option<Rc<[Tool]>> {
        let kept = self.0.iter().find(|kept| kept.scopes == scopes && now < kept.fresh_until)?;
        Some(Rc::clone(&kept.tools))
    }

    /// Keeps a list for these scopes, which is good for a time from now on.
    pub fn keep(
        &mut self,
        scopes: &[String],
        release: Option<String>,
        tools: &Rc<[Tool]>,
        fresh_for: Duration,
        now: Instant,
    ) {
        self.0.retain(|kept| kept.scopes != scopes && now < kept.fresh_until);
        let Some(fresh_until) = now.checked_add(fresh_for).filter(|_| !fresh_for.is_zero()) else { return };
        if self.0.len() == MAX_LISTS {
            self.0.remove(0);
        }
        self.0.push(Kept { scopes: scopes.to_vec(), release, tools: Rc::clone(tools), fresh_until });
    }

    /// An answer came from this release: what another one listed is no longer good.
    pub fn answered_by(&mut self, release: &str) {
        self.0.retain(|kept| kept.release.as_deref() == Some(release));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn scopes(scope: &str) -> Vec<String> {
        vec![scope.to_owned()]
    }

    fn cache(now: Instant) -> ListCache {
        let mut cache = ListCache::default();
        let tools: Rc<[Tool]> = Rc::from([]);
        cache.keep(&scopes("read"), Some("todo 1".into()), &tools, MINUTE, now);
        cache
    }

    #[test]
    fn a_list_is_kept_for_its_scopes_until_its_time_is_over() {
        let now = Instant::now();
        let cache = cache(now);
        assert!(cache.fresh(&scopes("read"), now + MINUTE / 2).is_some());
        assert!(cache.fresh(&scopes("read"), now + MINUTE).is_none());
        assert!(cache.fresh(&scopes("write"), now).is_none());
    }

    #[test]
    fn an_answer_of_another_release_ends_it() {
        let now = Instant::now();
        let mut cache = cache(now);
        cache.answered_by("todo 1");
        assert!(cache.fresh(&scopes("read"), now).is_some());
        cache.answered_by("todo 2");
        assert!(cache.fresh(&scopes("read"), now).is_none());
    }

    #[test]
    fn a_list_that_may_not_be_kept_replaces_the_one_before_by_none() {
        let now = Instant::now();
        let mut cache = cache(now);
        cache.keep(&scopes("read"), None, &Rc::from([]), Duration::ZERO, now);
        assert!(cache.fresh(&scopes("read"), now).is_none());
    }

    #[test]
    fn no_more_lists_are_kept_than_there_is_room_for() {
        let now = Instant::now();
        let mut cache = cache(now);
        for number in 0..2 * MAX_LISTS {
            cache.keep(&scopes(&number.to_string()), None, &Rc::from([]), MINUTE, now);
        }
        assert_eq!(cache.0.len(), MAX_LISTS);
        assert!(cache.fresh(&scopes("read"), now).is_none());
    }
}
