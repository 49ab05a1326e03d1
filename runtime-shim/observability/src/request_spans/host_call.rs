//! Something a component asked of the host, until it is over.

use super::Caller;
use crate::{Metrics, Outcome};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, SpanContext, Status};
use opentelemetry_sdk::trace::{SdkTracer, Span};
use opentelemetry_semantic_conventions::attribute::ERROR_TYPE;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where one kind of work is counted: component, part, how it came out, how long it took.
pub(super) type Record = fn(&Metrics, &Arc<str>, &Arc<str>, Outcome, Duration);

/// A call to the host in progress, and its span where the request is sampled. Dropped before [`Self::finish`], it counts as abandoned.
pub struct HostCallSpan {
    caller: Caller,
    record: Record,
    span: Option<Span>,
    started: Instant,
    over: bool,
}

impl HostCallSpan {
    /// A call of `caller`, with the span that `make` gives it below its parent if the request is sampled.
    pub(super) fn begin(
        caller: Caller,
        record: Record,
        make: impl FnOnce(&SdkTracer, &SpanContext) -> Span,
    ) -> Self {
        let started = Instant::now();
        let parent = caller.spans.enter(&caller, started);
        let span = caller.spans.tracer.as_ref().map(|tracer| make(tracer, &parent));
        Self { caller, record, span, started, over: false }
    }

    /// What is done on its behalf elsewhere has this as its parent.
    pub fn context(&self) -> SpanContext {
        self.span
            .as_ref()
            .map_or_else(|| self.caller.spans.context.clone(), |span| span.span_context().clone())
    }

    /// Adds to the span, if there is one.
    pub fn note(&mut self, attribute: impl FnOnce() -> KeyValue) {
        if let Some(span) = &mut self.span {
            span.set_attribute(attribute());
        }
    }

    /// It is over. `error` names what went wrong, by a code that holds no data.
    pub fn finish(mut self, outcome: Outcome, error: Option<Cow<'static, str>>) {
        self.end(outcome, error);
    }

    fn end(&mut self, outcome: Outcome, error: Option<Cow<'static, str>>) {
        if std::mem::replace(&mut self.over, true) {
            return;
        }
        let now = Instant::now();
        if let Some(mut span) = self.span.take() {
            if outcome != Outcome::Ok {
                let error = error.unwrap_or(Cow::Borrowed(outcome.name()));
                span.set_attribute(KeyValue::new(ERROR_TYPE, error));
                span.set_status(Status::error(""));
            }
            span.end();
        }
        let spans = &self.caller.spans;
        let part = self.caller.part.as_ref().unwrap_or(&spans.component);
        (self.record)(&spans.metrics, &spans.component, part, outcome, now.duration_since(self.started));
        spans.leave(&self.caller, outcome, now);
    }
}

impl Drop for HostCallSpan {
    fn drop(&mut self) {
        self.end(Outcome::Abandoned, None);
    }
}
