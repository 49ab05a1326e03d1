//! What one request leaves behind in a component: its span, the calls of composed parts, and what those asked of the
//! host. Counted always, and kept as spans where the request is sampled.

mod host_call;
mod outbound;
mod part;
mod statement;
mod task;

pub use host_call::HostCallSpan;
pub use outbound::begin_outbound;
pub use statement::{Statement, begin_statement};
pub use task::TaskId;

use super::Metrics;
use super::server_span::ServerSpan;
use super::trace::{Tracing, pass_on, span};
use http::HeaderMap;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, SpanContext, SpanKind, Status};
use opentelemetry_sdk::trace::{SdkTracer, Span};
use opentelemetry_semantic_conventions::attribute::ERROR_TYPE;
use part::PartCall;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The component's id in the manifest.
const COMPONENT: &str = "spin.component.id";
/// The composed part.
const PART: &str = "spin.component.part";

/// One request in one component.
pub struct RequestSpans {
    metrics: Arc<Metrics>,
    /// There where the request is sampled.
    tracer: Option<SdkTracer>,
    /// What everything below has as its parent, and what the component is told.
    context: SpanContext,
    component: Arc<str>,
    progress: Mutex<Progress>,
}

#[derive(Default)]
struct Progress {
    span: Option<Span>,
    calls: Vec<PartCall>,
    over: bool,
}

/// Who asks the host for something.
#[derive(Clone)]
pub struct Caller {
    /// The request it is for.
    pub spans: Arc<RequestSpans>,
    /// The innermost guest task, where it is known: one call of a part.
    pub task: Option<TaskId>,
    /// The composed part that asks, unless it is the component itself.
    pub part: Option<Arc<str>>,
}

impl Caller {
    /// Whether what it asks for becomes a span.
    #[inline]
    pub fn is_traced(&self) -> bool {
        self.spans.tracer.is_some()
    }
}

impl std::fmt::Debug for RequestSpans {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestSpans").field("component", &self.component).finish_non_exhaustive()
    }
}

impl RequestSpans {
    /// The request of `server_span` goes to `component`, which is told the context in `headers`.
    pub fn begin(
        server_span: &ServerSpan,
        tracing: &Tracing,
        metrics: &Arc<Metrics>,
        component: &str,
        headers: &mut HeaderMap,
    ) -> Arc<Self> {
        let component: Arc<str> = Arc::from(component);
        let tracer = tracing.tracer().filter(|_| server_span.context().is_sampled()).cloned();
        let span = tracer.as_ref().map(|tracer| {
            let about = vec![KeyValue::new(COMPONENT, Arc::clone(&component))];
            span(tracer, server_span.context(), component.to_string(), SpanKind::Internal, about)
        });
        let context =
            span.as_ref().map_or_else(|| server_span.context().clone(), |span| span.span_context().clone());
        if tracing.tracer().is_some() {
            pass_on(&context, headers);
        }
        let progress = Mutex::new(Progress { span, ..Progress::default() });
        Arc::new(Self { metrics: Arc::clone(metrics), tracer, context, component, progress })
    }

    /// The context of the component's span, or what is passed on in its place.
    #[inline]
    pub fn context(&self) -> &SpanContext {
        &self.context
    }

    /// The response is over. `error` says in one word why it is none, or not the component's.
    pub fn finish(&self, error: Option<&'static str>) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.over = true;
        progress.calls.retain_mut(|call| call.is_running() || !self.close(call));
        if let Some(mut span) = progress.span.take() {
            if let Some(error) = error {
                span.set_attribute(KeyValue::new(ERROR_TYPE, error));
                span.set_status(Status::error(""));
            }
            span.end();
        }
    }

    /// `caller`'s call begins something; the context to put it below, which is the call's own if a part makes it.
    fn enter(&self, caller: &Caller, now: Instant) -> SpanContext {
        let Some(part) = &caller.part else { return self.context.clone() };
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(call) = progress.calls.iter_mut().find(|call| call.is(part, caller.task)) {
            return call.begin();
        }
        let span = self.tracer.as_ref().map(|tracer| {
            let about = vec![
                KeyValue::new(COMPONENT, Arc::clone(&self.component)),
                KeyValue::new(PART, Arc::clone(part)),
            ];
            span(tracer, &self.context, part.to_string(), SpanKind::Internal, about)
        });
        let mut call = PartCall::new(Arc::clone(part), caller.task, span, &self.context, now);
        let context = call.begin();
        progress.calls.push(call);
        context
    }

    /// What `caller`'s call began is over.
    fn leave(&self, caller: &Caller, outcome: super::Outcome, now: Instant) {
        let Some(part) = &caller.part else { return };
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let over = progress.over;
        progress.calls.retain_mut(|call| {
            if call.is(part, caller.task) {
                call.end(outcome, now);
            }
            !over || call.is_running() || !self.close(call)
        });
    }

    /// Counts a call and ends its span. Always true.
    fn close(&self, call: &mut PartCall) -> bool {
        let (outcome, took) = call.close();
        self.metrics.part_called(&self.component, call.part(), outcome, took);
        true
    }
}
