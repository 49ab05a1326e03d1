//! HTTP requests of components, by the conventions for HTTP clients.

use super::{Caller, HostCallSpan};
use crate::Metrics;
use crate::server_span::known_method;
use crate::trace::{given_context, pass_on, span};
use http::Request;
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;
use opentelemetry_semantic_conventions::attribute::{
    HTTP_REQUEST_METHOD, SERVER_ADDRESS, SERVER_PORT, URL_FULL,
};

/// `caller` sends `request`, which is told the context of its span. A component that continues the trace itself is
/// taken at its word: its own context is the parent then.
pub fn begin_outbound<B>(caller: Caller, request: &mut Request<B>) -> HostCallSpan {
    let given = given_context(request.headers());
    let traced = caller.spans.tracer.is_some();
    let call = HostCallSpan::begin(caller, Metrics::outbound, |tracer, parent| {
        let own = given.is_valid() && given.trace_id() == parent.trace_id();
        let parent = if own { &given } else { parent };
        let method = known_method(request.method());
        span(tracer, parent, method.to_owned(), SpanKind::Client, attributes(request, method))
    });
    if traced || !given.is_valid() {
        pass_on(&call.context(), request.headers_mut());
    }
    call
}

/// The whole address but for its query and what stands before an `@`.
fn attributes<B>(request: &Request<B>, method: &str) -> Vec<KeyValue> {
    let uri = request.uri();
    let (scheme, host, port) = (uri.scheme_str().unwrap_or("http"), uri.host().unwrap_or(""), uri.port_u16());
    let port = port.unwrap_or(if scheme == "https" { 443 } else { 80 });
    vec![
        KeyValue::new(HTTP_REQUEST_METHOD, method.to_owned()),
        KeyValue::new(SERVER_ADDRESS, host.to_owned()),
        KeyValue::new(SERVER_PORT, i64::from(port)),
        KeyValue::new(URL_FULL, format!("{scheme}://{host}:{port}{}", uri.path())),
    ]
}
