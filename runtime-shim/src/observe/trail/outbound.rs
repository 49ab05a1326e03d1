//! HTTP requests of components, by the conventions for HTTP clients.

use super::{Caller, Work};
use crate::observe::entry::known_method;
use crate::observe::trace::{given_context, pass_on, span};
use crate::observe::{Metrics, Outcome};
use http::{Request, Response};
use http_body_util::BodyExt;
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;
use opentelemetry_semantic_conventions::attribute::{
    HTTP_REQUEST_METHOD, HTTP_RESPONSE_STATUS_CODE, SERVER_ADDRESS, SERVER_PORT, URL_FULL,
};
use wasmtime_wasi_http::{Error, WasiBody};

/// `caller` sends `request`, which is told the context of its span. A component that continues the trace itself is
/// taken at its word: its own context is the parent then.
pub fn begin_outbound<B>(caller: Caller, request: &mut Request<B>) -> Work {
    let given = given_context(request.headers());
    let traced = caller.trail.tracer.is_some();
    let work = Work::begin(caller, Metrics::outbound, |tracer, parent| {
        let own = given.is_valid() && given.trace_id() == parent.trace_id();
        let parent = if own { &given } else { parent };
        let method = known_method(request.method());
        span(tracer, parent, method.to_owned(), SpanKind::Client, attributes(request, method))
    });
    if traced || !given.is_valid() {
        pass_on(&work.context(), request.headers_mut());
    }
    work
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

/// The response came, or did not. `work` lasts until the body has been read.
pub fn until_body_ends(
    mut work: Work,
    result: Result<Response<WasiBody>, Error>,
) -> Result<Response<WasiBody>, Error> {
    match result {
        Ok(response) => {
            let status = response.status();
            work.note(|| KeyValue::new(HTTP_RESPONSE_STATUS_CODE, i64::from(status.as_u16())));
            let failed = status.is_client_error() || status.is_server_error();
            // It ends with the body, whether that is read to its end or dropped: how it came out is known by now.
            let held = Held(Some((work, failed.then(|| status.as_str().to_owned()))));
            Ok(response.map(|body| {
                body.map_frame(move |frame| {
                    let _ = &held;
                    frame
                })
                .boxed_unsync()
            }))
        }
        Err(error) => {
            work.finish(Outcome::Unavailable, Some(name(&error).into()));
            Err(error)
        }
    }
}

/// Finishes its work when it is dropped.
struct Held(Option<(Work, Option<String>)>);

impl Drop for Held {
    fn drop(&mut self) {
        match self.0.take() {
            Some((work, None)) => work.finish(Outcome::Ok, None),
            Some((work, Some(status))) => work.finish(Outcome::Error, Some(status.into())),
            None => {}
        }
    }
}

/// The variant's name alone: some carry data.
fn name(error: &Error) -> String {
    let text = format!("{error:?}");
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}
