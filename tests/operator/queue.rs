//! What is to be looked at, each thing once, and again later when that failed.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The first wait after a failure; it doubles with each further one. Both as controller-runtime has them.
const MIN_BACKOFF: Duration = Duration::from_millis(5);
const MAX_BACKOFF: Duration = Duration::from_secs(1000);

/// Where an object is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub namespace: String,
    pub name: String,
}

impl Key {
    /// Where this object is.
    pub fn from_object(object: &Value) -> Self {
        let text = |field: &str| object["metadata"][field].as_str().unwrap_or_default().to_owned();
        Self { namespace: text("namespace"), name: text("name") }
    }
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A SpinApp.
    App(Key),
    /// A SpinAppExecutor.
    Executor(Key),
}

#[derive(Default)]
pub struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    due: HashMap<Item, Instant>,
    failures: HashMap<Item, u32>,
}

impl Queue {
    /// To be looked at as soon as may be.
    pub fn add(&self, item: Item) {
        self.state.lock().unwrap().due.insert(item, Instant::now());
        self.changed.notify_one();
    }

    /// To be looked at again, after longer and longer.
    pub fn again(&self, item: Item) {
        let mut state = self.state.lock().unwrap();
        let failures = state.failures.entry(item.clone()).or_default();
        let wait = MIN_BACKOFF.saturating_mul(2_u32.saturating_pow(*failures)).min(MAX_BACKOFF);
        *failures += 1;
        // What has been added meanwhile comes first.
        state.due.entry(item).or_insert(Instant::now() + wait);
        self.changed.notify_one();
    }

    /// All is well with it: the next failure is its first.
    pub fn forget(&self, item: &Item) {
        self.state.lock().unwrap().failures.remove(item);
    }

    /// Waits for the next.
    pub fn take(&self) -> Item {
        let mut state = self.state.lock().unwrap();
        loop {
            let first = state.due.iter().min_by_key(|(_, due)| **due).map(|(item, due)| (item.clone(), *due));
            let now = Instant::now();
            let wait = match first {
                Some((item, due)) if due <= now => {
                    state.due.remove(&item);
                    return item;
                }
                Some((_, due)) => due - now,
                None => MAX_BACKOFF,
            };
            state = self.changed.wait_timeout(state, wait).unwrap().0;
        }
    }
}
