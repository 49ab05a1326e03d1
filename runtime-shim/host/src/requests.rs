//! The requests an instance works on, and what becomes of them when it is stopped.

use runtime_limits::InstanceUse;
use runtime_observability::{Caller, RequestSpans, Stop, TaskId};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use wasmtime::component::GuestTaskId;

/// One request on its way through an instance.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// The request id, valid and unique enough to find its log lines.
    pub id: Arc<str>,
    /// When the host took it on.
    pub started: Instant,
    /// What happened to it.
    pub state: Arc<RequestState>,
    /// What it leaves behind.
    pub spans: Arc<RequestSpans>,
}

/// What happens to one request.
#[derive(Debug, Default)]
pub struct RequestState {
    instance: Mutex<Option<Arc<InstanceUse>>>,
    stop: Mutex<Option<Stop>>,
    over: AtomicBool,
    broken: AtomicBool,
}

impl RequestState {
    /// The response has been sent, or nobody waits for it any more.
    pub fn finish(&self) {
        if self.over.swap(true, SeqCst) {
            return;
        }
        if let Some(instance) = lock(&self.instance).take() {
            instance.end_request();
        }
    }

    /// Why the instance that worked on it was stopped, as far as a limit was the reason.
    pub fn stop(&self) -> Option<Stop> {
        let refused = || lock(&self.instance).as_ref().is_some_and(|i| i.was_memory_refused());
        (*lock(&self.stop)).or_else(|| refused().then_some(Stop::Memory))
    }

    /// Whether the instance was stopped before the response was over.
    pub fn is_broken(&self) -> bool {
        self.broken.load(SeqCst)
    }

    fn set_stop(&self, stop: Stop) {
        lock(&self.stop).get_or_insert(stop);
    }

    fn is_over(&self) -> bool {
        self.over.load(SeqCst)
    }
}

/// The requests of one instance, with the guest task that works on each.
#[derive(Default)]
pub struct InstanceRequests {
    open: Vec<(GuestTaskId, RequestContext)>,
    in_use: Arc<InstanceUse>,
}

impl InstanceRequests {
    /// No requests yet; their number is told to `in_use`.
    pub fn new(in_use: Arc<InstanceUse>) -> Self {
        Self { open: Vec::new(), in_use }
    }

    /// A request begins.
    pub fn start(&mut self, task: GuestTaskId, request: RequestContext) {
        self.open.retain(|(_, r)| !r.state.is_over());
        self.in_use.begin_request();
        *lock(&request.state.instance) = Some(Arc::clone(&self.in_use));
        if request.state.is_over() {
            // Given up between being queued and being started.
            if let Some(instance) = lock(&request.state.instance).take() {
                instance.end_request();
            }
        }
        self.open.push((task, request));
    }

    /// The instance is stopped at a limit: by `task`, if that is known, else by any of its requests.
    pub fn stop(&self, task: Option<GuestTaskId>, why: Stop) {
        let guilty = self.open.iter().find(|(own, _)| Some(*own) == task);
        match guilty {
            Some((_, request)) => request.state.set_stop(why),
            None => self.open.iter().for_each(|(_, request)| request.state.set_stop(why)),
        }
    }

    /// The instance ends before its requests do. Their response bodies must not look complete.
    pub fn interrupt(&self) {
        self.open.iter().for_each(|(_, request)| request.state.broken.store(true, SeqCst));
    }

    /// Who makes a call to the host: `innermost` is the guest task that does, `root` the one of its request. Without
    /// them, as in calls that block their instance, the request that began last is as good a guess as any.
    pub fn caller(&self, innermost: Option<GuestTaskId>, root: Option<GuestTaskId>) -> Option<Caller> {
        let own = root.and_then(|root| self.open.iter().rev().find(|(task, _)| *task == root));
        let (_, request) = own.or_else(|| self.open.last())?;
        Some(Caller { spans: Arc::clone(&request.spans), task: innermost.map(TaskId::new), part: None })
    }

    /// The ids of the requests in progress, for logs.
    pub fn ids(&self) -> String {
        let ids: Vec<&str> =
            self.open.iter().filter(|(_, r)| !r.state.is_over()).map(|(_, r)| &*r.id).collect();
        ids.join(" ")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
