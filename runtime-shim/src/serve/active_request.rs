//! One request and its response, and what is told about them when both are over.

use super::request_id::{REQUEST_ID, request_id};
use super::response_body::{ResponseBody, declared_length};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, header};
use runtime_observability::{Metrics, RequestEnd, RequestSpans, ServerSpan, Tracing};
use std::sync::Arc;
use std::time::Instant;

/// A request that is being answered.
pub(super) struct ActiveRequest {
    /// Its id.
    pub id: Arc<str>,
    /// When its head was there.
    pub started: Instant,
    /// Who answers; empty while nobody does.
    pub component: String,
    method: Method,
    path: String,
    route: String,
    server_span: ServerSpan,
    metrics: Arc<Metrics>,
}

impl ActiveRequest {
    /// The request with this head, for `route`.
    pub fn begin(metrics: &Arc<Metrics>, tracing: &Tracing, parts: &Parts, route: &str) -> Self {
        metrics.request_started();
        Self {
            id: request_id(&parts.headers),
            started: Instant::now(),
            component: String::new(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            route: route.to_owned(),
            server_span: ServerSpan::begin(tracing, parts, route),
            metrics: Arc::clone(metrics),
        }
    }

    /// Its way through the component, which is told of the trace in `headers`.
    pub fn spans(&self, tracing: &Tracing, headers: &mut HeaderMap) -> Arc<RequestSpans> {
        RequestSpans::begin(&self.server_span, tracing, &self.metrics, &self.component, headers)
    }

    /// Counts, logs and closes the span when `response` has been sent, or given up.
    pub fn end_with(self, mut response: Response<ResponseBody>) -> Response<ResponseBody> {
        let status = response.status().as_u16();
        if let Ok(value) = HeaderValue::from_str(&self.id) {
            response.headers_mut().entry(REQUEST_ID).or_insert(value);
        }
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        let streamed = kind.is_some_and(|kind| kind.starts_with(b"text/event-stream"));
        let bodiless = self.method == Method::HEAD || matches!(status, 204 | 304);
        let length = if bodiless { Some(0) } else { declared_length(response.headers()) };
        response.map(|body| {
            body.long(length).then(Box::new(move |complete| self.over(status, streamed, complete)))
        })
    }

    fn over(self, status: u16, streamed: bool, complete: bool) {
        let took = self.started.elapsed();
        self.metrics.request_finished(RequestEnd {
            component: &self.component,
            route: &self.route,
            method: self.method.as_str(),
            status,
            streamed,
            took,
            trace_id: self.server_span.kept_trace_id(),
        });
        tracing::info!(
            target: "access",
            request_id = &*self.id,
            trace_id = self.server_span.trace_id(),
            span_id = self.server_span.span_id(),
            method = self.method.as_str(),
            path = self.path,
            route = self.route,
            component = self.component,
            status,
            complete,
            duration_ms = took.as_secs_f64() * 1000.0,
        );
        self.server_span.end(status, complete);
    }
}
