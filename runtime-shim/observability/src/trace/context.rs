//! W3C trace context in header fields: `traceparent` and `tracestate`.

use http::{HeaderMap, HeaderName};
use opentelemetry::Context;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use opentelemetry_sdk::propagation::TraceContextPropagator;

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The context a request brings; an invalid one when it brings none, or something else under that name.
pub fn given_context(headers: &HeaderMap) -> SpanContext {
    // Two of them are none: nobody can tell which is meant.
    if headers.get_all(TRACEPARENT).iter().count() != 1 {
        return SpanContext::empty_context();
    }
    let context =
        TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(headers));
    context.span().span_context().clone()
}

/// Gives a request `context` instead of the one it has. An invalid context leaves it as it is.
pub fn pass_on(context: &SpanContext, headers: &mut HeaderMap) {
    if !context.is_valid() {
        return;
    }
    headers.remove(TRACESTATE);
    let context = Context::new().with_remote_span_context(context.clone());
    TraceContextPropagator::new().inject_context(&context, &mut HeaderInjector(headers));
    if headers.get(TRACESTATE).is_some_and(http::HeaderValue::is_empty) {
        headers.remove(TRACESTATE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(TRACEPARENT, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_valid_context_comes_out_as_it_came_in() {
        let context = given_context(&headers(&[GIVEN]));
        assert!(context.is_valid() && context.is_sampled() && context.is_remote());
        let mut passed_on = HeaderMap::new();
        pass_on(&context, &mut passed_on);
        assert_eq!(passed_on.get(TRACEPARENT).unwrap(), GIVEN);
        assert_eq!(passed_on.len(), 1);
    }

    #[test]
    fn what_is_no_context_counts_as_none() {
        for bad in [
            &[][..],
            &[""],
            &["00-00000000000000000000000000000000-00f067aa0ba902b7-01"],
            &["00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"],
            &["00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"],
            &["ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
            &["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"],
            &[GIVEN, GIVEN],
        ] {
            let context = given_context(&headers(bad));
            assert!(!context.is_valid(), "{bad:?}");
            let mut kept = headers(bad);
            pass_on(&context, &mut kept);
            assert_eq!(kept, headers(bad));
        }
    }
}
