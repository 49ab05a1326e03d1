//! The server's side of one request: whose trace it belongs to, and its outermost span here.

use super::trace::{Tracing, given_context, span};
use http::request::Parts;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, SpanContext, SpanKind, Status};
use opentelemetry_sdk::trace::Span;
use opentelemetry_semantic_conventions::attribute::{
    ERROR_TYPE, HTTP_REQUEST_METHOD, HTTP_RESPONSE_STATUS_CODE, HTTP_ROUTE, SERVER_ADDRESS, SERVER_PORT,
    URL_PATH, URL_SCHEME,
};

/// One request, from its head to the end of its response.
pub struct ServerSpan {
    span: Option<Span>,
    context: SpanContext,
}

impl ServerSpan {
    /// A request with the head `parts` for `route`. A caller's valid context is its parent; where nothing is traced, that
    /// context is only passed on.
    pub fn begin(tracing: &Tracing, parts: &Parts, route: &str) -> Self {
        let given = given_context(&parts.headers);
        let Some(tracer) = tracing.tracer() else { return Self { span: None, context: given } };
        let method = known_method(&parts.method);
        let name = if route.is_empty() { method.to_owned() } else { format!("{method} {route}") };
        let span = span(tracer, &given, name, SpanKind::Server, attributes(parts, method, route));
        Self { context: span.span_context().clone(), span: Some(span) }
    }

    /// What children have as their parent; invalid where nothing is traced and nobody gave a context.
    #[inline]
    pub fn context(&self) -> &SpanContext {
        &self.context
    }

    /// The trace's id for log lines, if it has one.
    pub fn trace_id(&self) -> Option<String> {
        self.context.is_valid().then(|| self.context.trace_id().to_string())
    }

    /// The span's id for log lines.
    pub fn span_id(&self) -> Option<String> {
        self.context.is_valid().then(|| self.context.span_id().to_string())
    }

    /// The trace's id, if its spans are kept here.
    pub fn kept_trace_id(&self) -> Option<String> {
        let kept = self.span.as_ref().is_some_and(|_| self.context.is_sampled());
        kept.then(|| self.context.trace_id().to_string())
    }

    /// The response is over; `complete` when it was sent to its end.
    pub fn end(self, status: u16, complete: bool) {
        let Some(mut span) = self.span.filter(|span| span.is_recording()) else { return };
        span.set_attribute(KeyValue::new(HTTP_RESPONSE_STATUS_CODE, i64::from(status)));
        if status >= 500 {
            span.set_attribute(KeyValue::new(ERROR_TYPE, status.to_string()));
            span.set_status(Status::error(""));
        } else if !complete {
            span.set_attribute(KeyValue::new(ERROR_TYPE, "incomplete"));
        }
        span.end();
    }
}

/// The conventions' names for methods, which end where the standards end.
pub(super) fn known_method(method: &http::Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "TRACE" | "CONNECT") => {
            known
        }
        _ => "_OTHER",
    }
}

/// Never the query, which may hold anything.
fn attributes(parts: &Parts, method: &str, route: &str) -> Vec<KeyValue> {
    let scheme = parts.uri.scheme_str().unwrap_or("http");
    let mut attributes = vec![
        KeyValue::new(HTTP_REQUEST_METHOD, method.to_owned()),
        KeyValue::new(URL_PATH, parts.uri.path().to_owned()),
        KeyValue::new(URL_SCHEME, scheme.to_owned()),
    ];
    if !route.is_empty() {
        attributes.push(KeyValue::new(HTTP_ROUTE, route.to_owned()));
    }
    let host = || parts.headers.get(http::header::HOST)?.to_str().ok()?.parse().ok();
    if let Some(authority) = parts.uri.authority().cloned().or_else(host) {
        attributes.push(KeyValue::new(SERVER_ADDRESS, authority.host().to_owned()));
        if let Some(port) = authority.port_u16() {
            attributes.push(KeyValue::new(SERVER_PORT, i64::from(port)));
        }
    }
    attributes
}
