//! What is told about an outbound request when its response, or none, is there.

use http::Response;
use http_body_util::BodyExt;
use opentelemetry::KeyValue;
use opentelemetry_semantic_conventions::attribute::HTTP_RESPONSE_STATUS_CODE;
use runtime_observability::{HostCallSpan, Outcome};
use wasmtime_wasi_http::{Error, WasiBody};

/// The response came, or did not. `call` lasts until the body has been read.
pub(super) fn until_body_ends(
    mut call: HostCallSpan,
    result: Result<Response<WasiBody>, Error>,
) -> Result<Response<WasiBody>, Error> {
    match result {
        Ok(response) => {
            let status = response.status();
            call.note(|| KeyValue::new(HTTP_RESPONSE_STATUS_CODE, i64::from(status.as_u16())));
            let failed = status.is_client_error() || status.is_server_error();
            // It ends with the body, whether that is read to its end or dropped: how it came out is known by now.
            let held = Held(Some((call, failed.then(|| status.as_str().to_owned()))));
            Ok(response.map(|body| {
                body.map_frame(move |frame| {
                    let _ = &held;
                    frame
                })
                .boxed_unsync()
            }))
        }
        Err(error) => {
            call.finish(Outcome::Unavailable, Some(name(&error).into()));
            Err(error)
        }
    }
}

/// Finishes its call when it is dropped.
struct Held(Option<(HostCallSpan, Option<String>)>);

impl Drop for Held {
    fn drop(&mut self) {
        match self.0.take() {
            Some((call, None)) => call.finish(Outcome::Ok, None),
            Some((call, Some(status))) => call.finish(Outcome::Error, Some(status.into())),
            None => {}
        }
    }
}

/// The variant's name alone: some carry data.
fn name(error: &Error) -> String {
    let text = format!("{error:?}");
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}
