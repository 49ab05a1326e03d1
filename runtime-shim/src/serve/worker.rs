//! How long one instance lives and what it counts on the way.

use super::instance::InstancePolicy;
use runtime_host::wasi::ComponentOutput;
use runtime_host::{InstanceState, RequestContext};
use runtime_limits::{CpuBudget, InstanceUse, Limits};
use runtime_observability::{Metrics, Stop};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::Sleep;
use wasmtime::component::GuestTaskId;
use wasmtime::{Store, StoreContextMut};
use wasmtime_wasi_http::handler::{ShouldAccept, WorkerExpiration, WorkerState, WorkerStatus};

/// Decides on requests for one instance.
pub struct Worker {
    pub(super) component: Arc<str>,
    pub(super) policy: InstancePolicy,
    pub(super) limits: Limits,
    pub(super) cpu: Arc<CpuBudget>,
    pub(super) output: ComponentOutput,
    pub(super) in_use: Arc<InstanceUse>,
    pub(super) metrics: Arc<Metrics>,
}

impl WorkerState for Worker {
    type StoreData = InstanceState;
    type RequestData = RequestContext;

    fn should_accept_request(&self, concurrent: usize, total: usize) -> ShouldAccept {
        if total >= self.policy.max_requests || self.in_use.is_large() {
            ShouldAccept::Never
        } else if concurrent.max(self.in_use.open()) >= self.policy.concurrency {
            // A response may still be streaming when its handler has returned: that counts, too.
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        mut store: StoreContextMut<'_, InstanceState>,
        request: RequestContext,
        task: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + 'static + Send + Sync>> {
        self.cpu.refill();
        self.metrics.instance_request(&self.component);
        self.output.set_request(request.clone());
        let deadline = request.started + self.limits.response_head;
        store.data_mut().requests.start(task, request);
        let in_use = Arc::clone(&self.in_use);
        Box::pin(async move {
            tokio::time::sleep_until(deadline.into()).await;
            in_use.timed_out();
        })
    }

    fn drop(&self, store: Store<InstanceState>, result: Result<(), wasmtime::Error>) {
        self.metrics.instance_ended(&self.component);
        let Err(error) = result else { return };
        // Before the store is gone, and the bodies end with it.
        store.data().requests.interrupt();
        let why = if self.cpu.is_exhausted() {
            Stop::Cpu
        } else if self.in_use.was_memory_refused() {
            Stop::Memory
        } else if error.downcast_ref::<wasmtime::Trap>().is_some() {
            Stop::Trap
        } else {
            Stop::Timeout
        };
        self.metrics.stopped(&self.component, why);
        tracing::error!(
            component = &*self.component,
            request_id = store.data().requests.ids(),
            reason = ?why,
            error = %error.root_cause(),
            "instance stopped"
        );
    }
}

/// Ends an instance that idles or does not come to an end.
pub struct Expiration {
    pub(super) policy: InstancePolicy,
    pub(super) limits: Limits,
    pub(super) cpu: Arc<CpuBudget>,
    pub(super) in_use: Arc<InstanceUse>,
    pub(super) timer: Option<Pin<Box<Sleep>>>,
}

impl WorkerExpiration for Expiration {
    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        status: WorkerStatus,
        start: Instant,
    ) -> Poll<()> {
        // This is called whenever the instance gives its thread back.
        self.cpu.paused();
        self.in_use.register(cx.waker());
        if self.in_use.is_abandoned() {
            return Poll::Ready(());
        }
        let limit = match status {
            WorkerStatus::Idle if self.in_use.is_large() => Duration::ZERO,
            WorkerStatus::Idle => self.policy.idle_timeout,
            WorkerStatus::Requests => self.limits.response_head,
            WorkerStatus::PostReturn => self.limits.total,
        };
        let deadline = start + limit;
        loop {
            if deadline <= Instant::now() {
                return Poll::Ready(());
            }
            let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline.into())));
            // A timer that is set too early only asks once more; moving it for every request would cost more.
            if timer.deadline() > deadline.into() {
                timer.as_mut().reset(deadline.into());
            }
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            timer.as_mut().reset(deadline.into());
        }
    }
}
