//! One call of a composed part, as far as the host sees it: from the first thing it asks of the host to the last.

use super::TaskId;
use crate::Outcome;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, SpanContext, Status};
use opentelemetry_sdk::trace::Span;
use opentelemetry_semantic_conventions::attribute::ERROR_TYPE;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

pub(super) struct PartCall {
    part: Arc<str>,
    task: Option<TaskId>,
    span: Option<Span>,
    context: SpanContext,
    started: Instant,
    ended: Instant,
    /// The same by the clock on the wall, where there is a span.
    ended_at: Option<SystemTime>,
    running: u32,
    outcome: Outcome,
}

impl PartCall {
    pub fn new(
        part: Arc<str>,
        task: Option<TaskId>,
        span: Option<Span>,
        parent: &SpanContext,
        now: Instant,
    ) -> Self {
        let context = span.as_ref().map_or_else(|| parent.clone(), |span| span.span_context().clone());
        let (ended, ended_at, outcome) = (now, None, Outcome::Ok);
        Self { part, task, span, context, started: now, ended, ended_at, running: 0, outcome }
    }

    pub fn is(&self, part: &Arc<str>, task: Option<TaskId>) -> bool {
        self.task == task && self.part == *part
    }

    pub fn part(&self) -> &Arc<str> {
        &self.part
    }

    pub fn is_running(&self) -> bool {
        self.running > 0
    }

    /// It asks for something; the context to put that below.
    pub fn begin(&mut self) -> SpanContext {
        self.running += 1;
        self.context.clone()
    }

    /// What it asked for is over. The first failure is the call's.
    pub fn end(&mut self, outcome: Outcome, now: Instant) {
        self.running = self.running.saturating_sub(1);
        self.ended = now;
        self.ended_at = self.span.as_ref().map(|_| SystemTime::now());
        if self.outcome == Outcome::Ok {
            self.outcome = outcome;
        }
    }

    /// Ends the span where the call ended, which may be a while ago.
    pub fn close(&mut self) -> (Outcome, Duration) {
        if let Some(mut span) = self.span.take() {
            if self.outcome != Outcome::Ok {
                span.set_attribute(KeyValue::new(ERROR_TYPE, self.outcome.name()));
                span.set_status(Status::error(""));
            }
            match self.ended_at {
                Some(at) => span.end_with_timestamp(at),
                None => span.end(),
            }
        }
        (self.outcome, self.ended.saturating_duration_since(self.started))
    }
}
