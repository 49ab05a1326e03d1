//! Which requests a component works on, and which have to wait: each component by itself, so that one that is flooded leaves
//! the others alone, and each caller with a share of it.

mod caller;
mod queue;

pub use caller::Caller;

use queue::Queue;
use runtime_limits::{ComponentMemory, Limits};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One caller has at most one part in so many of a component's requests in progress.
const CALLERS_SHARE: usize = 4;
/// All callers of one address have at most one part in so many.
const ADDRESS_SHARE: usize = 2;
/// How often it is looked whether there is room, beside when a request ends.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Lets requests into one component.
#[derive(Debug)]
pub struct Admission {
    limits: Limits,
    /// Requests an instance serves at once.
    concurrency: usize,
    memory: Arc<ComponentMemory>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    running: usize,
    of_caller: HashMap<u64, usize>,
    of_address: HashMap<u64, usize>,
    queue: Queue<Permit>,
    is_looking: bool,
}

/// Held while a request is in progress, until its response is over.
#[derive(Debug)]
pub struct Permit {
    admission: Arc<Admission>,
    caller: Option<Caller>,
}

impl Admission {
    /// Of a component whose instances take `memory` and serve `concurrency` requests at once.
    pub fn new(limits: Limits, concurrency: usize, memory: Arc<ComponentMemory>) -> Arc<Self> {
        Arc::new(Self { limits, concurrency: concurrency.max(1), memory, state: Mutex::default() })
    }

    /// Waits until there is room for a request of `caller`; `None` when there is none for too long.
    pub async fn admit(self: &Arc<Self>, caller: Caller) -> Option<Permit> {
        let told = {
            let mut state = self.state();
            if state.queue.is_empty() && self.fits(&state, caller) {
                return Some(self.permit(&mut state, Some(caller)));
            }
            let told = state.queue.push(caller, self.limits.concurrent_requests)?;
            if !std::mem::replace(&mut state.is_looking, true) {
                tokio::spawn(Arc::clone(self).look_for_room());
            }
            told
        };
        self.admit_waiting();
        tokio::time::timeout(self.limits.wait, told).await.ok()?.ok()
    }

    /// Lets in a request that another component makes for one that is in progress: it waits for nothing, or both would wait
    /// for each other.
    pub fn admit_chained(self: &Arc<Self>) -> Permit {
        let mut state = self.state();
        if state.running >= self.memory.instances() * self.concurrency {
            self.memory.reserve();
        }
        self.permit(&mut state, None)
    }

    fn fits(&self, state: &State, caller: Caller) -> bool {
        let most = self.limits.concurrent_requests;
        let running_of_caller = state.running_of(caller);
        if state.running >= most
            || running_of_caller >= (most / CALLERS_SHARE).max(1)
            || state.running_at_address(caller) >= (most / ADDRESS_SHARE).max(1)
        {
            return false;
        }
        // Each request for which no instance has a place has one of its own begun.
        match state.running.checked_sub(self.memory.instances() * self.concurrency) {
            None => true,
            Some(beginning) => self.memory.has_room(beginning, running_of_caller == 0),
        }
    }

    fn permit(self: &Arc<Self>, state: &mut State, caller: Option<Caller>) -> Permit {
        state.running += 1;
        if let Some(caller) = caller {
            *state.of_caller.entry(caller.who).or_default() += 1;
            *state.of_address.entry(caller.address).or_default() += 1;
        }
        Permit { admission: Arc::clone(self), caller }
    }

    fn admit_waiting(self: &Arc<Self>) {
        loop {
            let (permit, tell) = {
                let mut state = self.state();
                let Some((caller, tell)) = state.next(|state, caller| self.fits(state, caller)) else {
                    return;
                };
                (self.permit(&mut state, Some(caller)), tell)
            };
            // Whoever has gone gives it back, which takes the lock.
            drop(tell.send(permit));
        }
    }

    /// Instances begin and end, and memory is given back, without a request ending.
    async fn look_for_room(self: Arc<Self>) {
        loop {
            tokio::time::sleep(POLL_INTERVAL).await;
            self.admit_waiting();
            let mut state = self.state();
            if state.queue.is_empty() {
                state.is_looking = false;
                return;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn running_of(&self, caller: Caller) -> usize {
        self.of_caller.get(&caller.who).copied().unwrap_or(0)
    }

    fn running_at_address(&self, caller: Caller) -> usize {
        self.of_address.get(&caller.address).copied().unwrap_or(0)
    }

    fn next(
        &mut self,
        fits: impl Fn(&Self, Caller) -> bool,
    ) -> Option<(Caller, tokio::sync::oneshot::Sender<Permit>)> {
        let mut queue = std::mem::take(&mut self.queue);
        let next = queue.pop(|caller| self.running_of(caller), |caller| fits(self, caller));
        self.queue = queue;
        next
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let has_waiting = {
            let mut state = self.admission.state();
            state.running -= 1;
            if let Some(caller) = self.caller {
                let State { of_caller, of_address, .. } = &mut *state;
                for (running, key) in [(of_caller, caller.who), (of_address, caller.address)] {
                    subtract(running, key);
                }
            }
            !state.queue.is_empty()
        };
        if has_waiting {
            self.admission.admit_waiting();
        }
    }
}

fn subtract(running: &mut HashMap<u64, usize>, key: u64) {
    if let Some(number) = running.get_mut(&key) {
        *number -= 1;
        if *number == 0 {
            running.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;
    use runtime_limits::GuestMemory;

    fn caller(number: u8) -> Caller {
        Caller::identify(&HeaderMap::new(), Some([10, 0, 0, number].into()))
    }

    fn admission(concurrent_requests: usize) -> Arc<Admission> {
        let limits = Limits {
            concurrent_requests,
            guest_memory: 256 << 20,
            wait: Duration::from_millis(100),
            ..Limits::default()
        };
        Admission::new(limits, 4, ComponentMemory::new(&GuestMemory::new(limits.guest_memory)))
    }

    /// As many as fit, with instances that begin as the host begins them.
    async fn fill(admission: &Arc<Admission>, caller: Caller, number: usize) -> Vec<Permit> {
        let mut permits = Vec::new();
        for _ in 0..number {
            permits.extend(admission.admit(caller).await);
        }
        permits
    }

    #[tokio::test]
    async fn one_caller_leaves_room_for_another() {
        let admission = admission(16);
        let _instances: Vec<_> = (0..4).map(|_| admission.memory.begin(&Arc::default()).unwrap()).collect();
        let own = fill(&admission, caller(1), 5).await;
        assert_eq!(own.len(), 4, "a quarter");
        assert!(admission.admit(caller(2)).await.is_some());
    }

    #[tokio::test]
    async fn who_makes_up_many_callers_has_half_of_the_places() {
        let admission = admission(16);
        let _instances: Vec<_> = (0..4).map(|_| admission.memory.begin(&Arc::default()).unwrap()).collect();
        let mut permits = Vec::new();
        for who in 0..12 {
            permits.extend(admission.admit(Caller { who, address: 1 }).await);
        }
        assert_eq!(permits.len(), 8);
        assert!(admission.admit(caller(2)).await.is_some());
    }

    #[tokio::test]
    async fn who_waits_is_let_in_when_another_ends() {
        let admission = admission(4);
        let _instances: Vec<_> = (0..4).map(|_| admission.memory.begin(&Arc::default()).unwrap()).collect();
        let first = fill(&admission, caller(1), 1).await;
        let waiting = tokio::spawn({
            let admission = Arc::clone(&admission);
            async move { admission.admit(caller(1)).await.is_some() }
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        drop(first);
        assert!(waiting.await.unwrap());
    }

    #[tokio::test]
    async fn a_chained_request_waits_for_nothing() {
        let admission = admission(1);
        let _instance = admission.memory.begin(&Arc::default()).unwrap();
        let _own = admission.admit(caller(1)).await.unwrap();
        let _chained = admission.admit_chained();
        assert!(admission.admit(caller(2)).await.is_none());
    }

    #[tokio::test]
    async fn where_memory_is_short_requests_share_the_instances_there_are() {
        let admission = admission(64);
        let mut large = admission.memory.begin(&Arc::default()).unwrap();
        assert!(large.take(100 << 20));
        let own = fill(&admission, caller(1), 5).await;
        assert_eq!(own.len(), 4, "another instance would take more than half of the memory");
        assert_eq!(admission.state().running, 4);
        drop(own);
        assert_eq!(admission.state().running, 0);
    }
}
