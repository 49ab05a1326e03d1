//! Linear memory of all instances of the process: counted exactly, so that nothing but this program decides what happens
//! when there is no more.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What an instance is expected to need before one of its component was seen at work, in bytes.
const FIRST_GUESS: usize = 4 << 20;
/// How long a new instance counts as one of which it is not known yet how much memory it will need.
const YOUNG: Duration = Duration::from_millis(100);

/// The memory of all instances.
#[derive(Debug)]
pub struct GuestMemory {
    limit: usize,
    used: AtomicUsize,
}

impl GuestMemory {
    /// At most `limit` bytes.
    pub fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, used: AtomicUsize::new(0) })
    }

    /// Bytes in use.
    pub fn used(&self) -> usize {
        self.used.load(Relaxed)
    }

    fn take(&self, bytes: usize) -> bool {
        let after = |used: usize| used.checked_add(bytes).filter(|used| *used <= self.limit);
        self.used.fetch_update(Relaxed, Relaxed, after).is_ok()
    }
}

/// The part of it that the instances of one component have.
#[derive(Debug)]
pub struct ComponentMemory {
    all: Arc<GuestMemory>,
    used: AtomicUsize,
    instances: AtomicUsize,
    /// What an instance needs, as far as is known from those that there are and were.
    typical: AtomicUsize,
    young: Mutex<VecDeque<Instant>>,
}

impl ComponentMemory {
    /// No instances yet.
    pub fn new(all: &Arc<GuestMemory>) -> Arc<Self> {
        Arc::new(Self {
            all: Arc::clone(all),
            used: AtomicUsize::new(0),
            instances: AtomicUsize::new(0),
            typical: AtomicUsize::new(FIRST_GUESS),
            young: Mutex::default(),
        })
    }

    /// Instances there are.
    pub fn instances(&self) -> usize {
        self.instances.load(Relaxed)
    }

    /// Whether there is room for one more instance beside `planned` others that are about to begin, when instances may have
    /// one part in `share` of the memory in all. How much an instance will need is only known once some have worked: their
    /// number grows by a half at a time.
    pub fn has_room(&self, planned: usize, share: usize) -> bool {
        let beginning = planned + self.young();
        beginning < (self.instances() / 2).max(2) && self.fits(beginning + 1, share)
    }

    /// A new instance begins; what it takes is counted until the guard is gone. `None` where there is no memory for it.
    pub fn begin(self: &Arc<Self>) -> Option<InstanceMemory> {
        if !self.fits(self.young() + 1, 1) {
            return None;
        }
        self.instances.fetch_add(1, Relaxed);
        lock(&self.young).push_back(Instant::now());
        Some(InstanceMemory { component: Arc::clone(self), used: 0 })
    }

    /// Whether so many instances that have taken next to nothing so far will find what they need.
    fn fits(&self, beginning: usize, share: usize) -> bool {
        let expected = beginning.saturating_mul(self.typical());
        self.all.used().saturating_add(expected) <= self.all.limit / share.max(1)
    }

    fn typical(&self) -> usize {
        let average = self.used.load(Relaxed).checked_div(self.instances()).unwrap_or(0);
        self.typical.fetch_max(average, Relaxed).max(average)
    }

    fn young(&self) -> usize {
        let mut young = lock(&self.young);
        while young.front().is_some_and(|began| began.elapsed() > YOUNG) {
            young.pop_front();
        }
        young.len().min(self.instances())
    }
}

/// What one instance has taken.
#[derive(Debug)]
pub struct InstanceMemory {
    component: Arc<ComponentMemory>,
    used: usize,
}

impl InstanceMemory {
    /// Takes so many bytes more, or none when that is more than there is.
    pub fn take(&mut self, bytes: usize) -> bool {
        if !self.component.all.take(bytes) {
            return false;
        }
        self.component.used.fetch_add(bytes, Relaxed);
        self.used = self.used.saturating_add(bytes);
        true
    }

    /// Bytes taken.
    pub fn used(&self) -> usize {
        self.used
    }
}

impl Drop for InstanceMemory {
    fn drop(&mut self) {
        let component = &self.component;
        // Later ones count for more: what one request needed once is forgotten in time.
        component.typical.store((component.typical() * 3 + self.used) / 4, Relaxed);
        component.instances.fetch_sub(1, Relaxed);
        component.used.fetch_sub(self.used, Relaxed);
        component.all.used.fetch_sub(self.used, Relaxed);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: usize = 1 << 20;

    #[test]
    fn no_instance_gets_more_than_all_may_have_together() {
        let all = GuestMemory::new(20 * MIB);
        let (first, second) = (ComponentMemory::new(&all), ComponentMemory::new(&all));
        let (mut one, mut other) = (first.begin().unwrap(), second.begin().unwrap());
        assert!(one.take(16 * MIB));
        assert!(!other.take(5 * MIB));
        assert!(other.take(4 * MIB));
        assert_eq!(all.used(), 20 * MIB);
        assert!(second.begin().is_none());
        drop(one);
        assert_eq!(all.used(), 4 * MIB);
        assert!(second.begin().is_some());
        assert!(other.take(16 * MIB));
    }

    #[test]
    fn instances_that_turn_out_large_are_few() {
        let all = GuestMemory::new(64 * MIB);
        let component = ComponentMemory::new(&all);
        let mut first = component.begin().unwrap();
        assert!(first.take(30 * MIB));
        std::thread::sleep(YOUNG * 2);
        assert!(component.has_room(0, 1), "another 30 fit into 64");
        assert!(!component.has_room(0, 2), "but not into half of it");
        assert!(!component.has_room(1, 1), "and not twice");
        drop(first);
        assert!(component.has_room(1, 1), "60 fit");
        assert!(!component.has_room(1, 2), "it is remembered what one needed");
    }

    #[test]
    fn what_was_needed_once_is_forgotten_in_time() {
        let component = ComponentMemory::new(&GuestMemory::new(64 * MIB));
        assert!(component.begin().unwrap().take(60 * MIB));
        assert!(!component.has_room(1, 1));
        for _ in 0..8 {
            assert!(component.begin().unwrap().take(MIB));
        }
        std::thread::sleep(YOUNG * 2);
        assert!(component.has_room(1, 1));
    }

    #[test]
    fn unknown_instances_begin_two_at_a_time() {
        let component = ComponentMemory::new(&GuestMemory::new(1 << 40));
        let instances: Vec<_> = (0..2).map(|_| component.begin()).collect();
        assert!(!component.has_room(0, 1));
        std::thread::sleep(YOUNG * 2);
        assert!(component.has_room(0, 1));
        assert!(!component.has_room(2, 1));
        drop(instances);
    }
}
