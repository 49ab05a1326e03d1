//! One component ready to answer, and what comes of asking it.

use super::admission::{Admission, Permit};
use super::instance::ComponentHandler;
use super::problem::Problem;
use http::{Request, Response};
use runtime_host::{RequestContext, RequestState};
use runtime_limits::MemoryShortageError;
use runtime_observability::RequestSpans;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};
use wasmtime_wasi_http::WasiBody;
use wasmtime_wasi_http::handler::{ExpirationError, InstantiationError, ProxyHandler};

/// How soon a request is tried again for which no instance could be made.
const RETRY_INTERVAL: Duration = Duration::from_millis(5);

/// One component ready to answer.
pub struct Served {
    /// Its instances.
    pub handler: ProxyHandler<ComponentHandler>,
    /// Who may use them.
    pub admission: Arc<Admission>,
}

impl Served {
    /// Has an instance answer. An instance that has just become free may be overlooked, and another one begun in vain: then the
    /// request is tried again.
    pub(super) async fn handle(
        &self,
        mut context: RequestContext,
        mut request: Request<WasiBody>,
        wait: Duration,
    ) -> wasmtime::Result<Response<WasiBody>> {
        let last = Instant::now() + wait;
        loop {
            let error = match self.handler.handle(context, request).await {
                Ok(response) => return Ok(response),
                Err(error) => error.downcast::<InstantiationError<RequestContext>>()?,
            };
            if !is_shortage(&error.error) || Instant::now() > last {
                return Err(error.into());
            }
            tokio::time::sleep(RETRY_INTERVAL).await;
            context = error.request_data;
            context.started = Instant::now();
            request = error.request.into_inner().unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Held until a response is over.
pub(super) struct Done {
    pub state: Arc<RequestState>,
    pub spans: Arc<RequestSpans>,
    pub _permit: Permit,
}

impl Drop for Done {
    fn drop(&mut self) {
        self.spans.finish(self.state.is_broken().then_some("stopped"));
        self.state.finish();
    }
}

/// What the client is told when a component gave no response.
pub(super) fn problem_of(error: &wasmtime::Error, state: &RequestState) -> Problem {
    if error.is::<ExpirationError>() {
        return Problem::TimedOut;
    }
    if state.stop().is_some() {
        return Problem::OverLimit;
    }
    match error.downcast_ref::<InstantiationError<RequestContext>>() {
        Some(failed) if is_shortage(&failed.error) => Problem::Busy,
        _ => Problem::ComponentFailed,
    }
}

/// Whether an instance was not made because there are too many.
fn is_shortage(error: &wasmtime::Error) -> bool {
    error.is::<wasmtime::PoolConcurrencyLimitError>() || error.is::<MemoryShortageError>()
}
