//! The requests an instance works on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Instant;
use wasmtime::component::GuestTaskId;

/// One request on its way through an instance.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// The request id, valid and unique enough to find its log lines.
    pub id: Arc<str>,
    /// When the host took it on.
    pub started: Instant,
    /// Set when the instance was stopped at a limit while it worked on this.
    pub over_limit: Arc<AtomicBool>,
    /// Set when the response has been sent or given up.
    pub done: Arc<AtomicBool>,
}

/// The requests of one instance, with the guest task that works on each.
#[derive(Default)]
pub struct InstanceRequests {
    open: Vec<(GuestTaskId, RequestContext)>,
}

impl InstanceRequests {
    /// A request begins.
    pub fn start(&mut self, task: GuestTaskId, request: RequestContext) {
        self.open.retain(|(_, r)| !r.done.load(Relaxed));
        self.open.push((task, request));
    }

    /// The instance is stopped at a limit: all its requests end with it.
    pub fn over_limit(&self) {
        for (_, request) in &self.open {
            request.over_limit.store(true, Relaxed);
        }
    }

    /// The ids of the requests in progress, for logs.
    pub fn ids(&self) -> String {
        let ids: Vec<&str> =
            self.open.iter().filter(|(_, r)| !r.done.load(Relaxed)).map(|(_, r)| &*r.id).collect();
        ids.join(" ")
    }
}
