//! Linear memory of all instances of the process: counted exactly, so that nothing but this program decides what happens
//! when there is no more.

use super::{InstanceUse, LARGE_INSTANCE};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What an instance is expected to need before one of its component was seen at work, in bytes.
const FIRST_GUESS: usize = 4 << 20;
/// How long an instance without an answer counts as one of which it is not known yet how much memory it will need.
const YOUNG_INTERVAL: Duration = Duration::from_millis(200);
/// How many of them a component may have; more where it has more than twice as many others.
const MAX_YOUNG: usize = 4;

/// In which part of the memory an instance may begin.
#[derive(Debug, Clone, Copy)]
enum Share {
    /// Half of it: for everybody.
    Common,
    /// Nearly all of it: for those who have no request in progress yet, and for requests that are made for others. What running
    /// instances take beyond what they had when others began is left to them, so that no request fails that was accepted.
    Reserved,
}

impl Share {
    fn apply_to(self, limit: usize) -> usize {
        match self {
            Self::Common => limit / 2,
            Self::Reserved => limit - limit / 8,
        }
    }
}

/// Most instances of a component that may be about to begin in the second half.
const MAX_RESERVED: usize = 4;

/// There is no memory for one more instance.
#[derive(Debug, thiserror::Error)]
#[error("all instances together have as much memory as they may have")]
pub struct MemoryShortageError;

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
    young: Mutex<Vec<(Instant, Arc<InstanceUse>)>>,
    /// Instances that may begin in the part of the memory that is kept for those who have none.
    reserved: AtomicUsize,
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
            reserved: AtomicUsize::new(0),
        })
    }

    /// Instances there are.
    #[inline]
    pub fn instances(&self) -> usize {
        self.instances.load(Relaxed)
    }

    /// Whether there is room for one more instance beside `planned` others that are about to begin. All but a `first` one for
    /// somebody are content with half of the memory. How much an instance will need is only known once some have worked, so
    /// few begin at a time.
    pub fn has_room(&self, planned: usize, first: bool) -> bool {
        let beginning = planned + self.young();
        let is_some = self.may_begin(beginning)
            && self.fits(beginning + 1, if first { Share::Reserved } else { Share::Common });
        if is_some && first {
            self.reserve();
        }
        is_some
    }

    /// Lets one instance begin although the common half of the memory is used.
    pub fn reserve(&self) {
        let _full = self.reserved.fetch_update(Relaxed, Relaxed, |n| (n < MAX_RESERVED).then_some(n + 1));
    }

    /// A new instance begins; what it takes is counted until the guard is gone. `None` where there is no memory for it.
    pub fn begin(self: &Arc<Self>, instance: &Arc<InstanceUse>) -> Option<InstanceMemory> {
        let beginning = self.young();
        if !self.may_begin(beginning) || !self.fits(beginning + 1, Share::Common) {
            let is_reserved = self.reserved.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1)).is_ok();
            if !is_reserved || !self.fits(beginning + 1, Share::Reserved) {
                return None;
            }
        }
        self.instances.fetch_add(1, Relaxed);
        lock(&self.young).push((Instant::now(), Arc::clone(instance)));
        Some(InstanceMemory { component: Arc::clone(self), used: 0 })
    }

    /// Whether one more may begin beside so many of which it is not known yet what they will need.
    fn may_begin(&self, beginning: usize) -> bool {
        beginning < (self.instances() / 2).max(MAX_YOUNG)
    }

    /// Whether so many instances that have taken next to nothing so far will find what they need.
    fn fits(&self, beginning: usize, share: Share) -> bool {
        let expected = beginning.saturating_mul(self.typical());
        self.all.used().saturating_add(expected) <= share.apply_to(self.all.limit)
    }

    fn typical(&self) -> usize {
        let average = self.used.load(Relaxed).checked_div(self.instances()).unwrap_or(0);
        // Those that grow beyond are exceptions, and end soon: others need not wait for as much.
        self.typical.fetch_max(average, Relaxed).max(average).min(LARGE_INSTANCE)
    }

    fn young(&self) -> usize {
        let mut young = lock(&self.young);
        young.retain(|(began, instance)| began.elapsed() < YOUNG_INTERVAL && !instance.has_answered());
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
    #[inline]
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

    /// An instance that is not young any more.
    fn grown(component: &Arc<ComponentMemory>, bytes: usize) -> Option<InstanceMemory> {
        let instance = Arc::new(InstanceUse::default());
        component.reserve();
        let mut memory = component.begin(&instance)?;
        assert!(memory.take(bytes));
        instance.answered();
        Some(memory)
    }

    fn young(component: &Arc<ComponentMemory>) -> Option<InstanceMemory> {
        component.reserve();
        component.begin(&Arc::default())
    }

    #[test]
    fn no_instance_gets_more_than_all_may_have_together() {
        let all = GuestMemory::new(20 * MIB);
        let (first, second) = (ComponentMemory::new(&all), ComponentMemory::new(&all));
        let (mut one, mut other) = (young(&first).unwrap(), young(&second).unwrap());
        assert!(one.take(16 * MIB));
        assert!(!other.take(5 * MIB));
        assert!(other.take(4 * MIB));
        assert_eq!(all.used(), 20 * MIB);
        assert!(young(&second).is_none());
        drop(one);
        assert_eq!(all.used(), 4 * MIB);
        assert!(young(&second).is_some());
        assert!(other.take(16 * MIB));
    }

    #[test]
    fn instances_that_turn_out_large_are_few() {
        let component = ComponentMemory::new(&GuestMemory::new(64 * MIB));
        let first = grown(&component, 28 * MIB).unwrap();
        assert!(component.has_room(0, true), "another 28 fit into 64");
        assert!(!component.has_room(0, false), "but not into half of it");
        assert!(!component.has_room(1, true), "and not twice");
        drop(first);
        assert!(component.has_room(1, true), "56 fit");
        assert!(!component.has_room(1, false), "it is remembered what one needed");
    }

    #[test]
    fn an_instance_that_nobody_waits_for_does_not_begin_in_the_second_half() {
        let component = ComponentMemory::new(&GuestMemory::new(64 * MIB));
        let _first = grown(&component, 28 * MIB).unwrap();
        component.reserved.store(0, Relaxed);
        assert!(component.begin(&Arc::default()).is_none());
        component.reserve();
        assert!(component.begin(&Arc::default()).is_some());
    }

    #[test]
    fn running_instances_find_what_they_need_when_no_other_can_begin() {
        let all = GuestMemory::new(64 * MIB);
        let (callers, callee) = (ComponentMemory::new(&all), ComponentMemory::new(&all));
        let mut running: Vec<_> = (0..5).map(|_| grown(&callers, 6 * MIB).unwrap()).collect();
        let called = grown(&callee, 16 * MIB).unwrap();
        assert!(!callee.has_room(0, true), "46 are used, and another 16 fit into 64");
        assert!(running.iter_mut().all(|caller| caller.take(MIB)));
        drop(called);
        assert!(callee.has_room(0, true));
    }

    #[test]
    fn what_was_needed_once_is_forgotten_in_time() {
        let component = ComponentMemory::new(&GuestMemory::new(64 * MIB));
        drop(grown(&component, 30 * MIB).unwrap());
        assert!(!component.has_room(2, true));
        for _ in 0..8 {
            drop(grown(&component, MIB).unwrap());
        }
        assert!(component.has_room(2, true));
    }

    #[test]
    fn instances_that_have_not_answered_yet_are_few() {
        let component = ComponentMemory::new(&GuestMemory::new(1 << 40));
        let instances: Vec<_> = (0..MAX_YOUNG).map(|_| Arc::new(InstanceUse::default())).collect();
        let _memory: Vec<_> = instances.iter().map(|instance| component.begin(instance).unwrap()).collect();
        assert!(!component.has_room(0, true));
        assert!(component.begin(&Arc::default()).is_none());
        instances[0].answered();
        assert!(component.has_room(0, true));
        assert!(!component.has_room(1, true));
    }
}
