//! Asking `client-documents` for a document. It is a component of its own, which may go anywhere and knows nothing; this one knows
//! people and goes nowhere else.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use endpoint::Context;
use futures_util::future::{Either, select};
use http::StatusCode;
use http_body_util::{BodyExt, Limited};
use serde::Deserialize;
use serde_json::{Map, Value};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;

/// Inside the app.
const ADDRESS: &str = "http://client-documents.spin.internal/";
/// The longest wait: it gives up by itself after five seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(8);
/// The largest answer, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// A document.
#[derive(Debug, Deserialize)]
pub struct Fetched {
    /// Its members.
    pub document: Map<String, Value>,
    /// For how many seconds it may be kept.
    pub max_age: u32,
}

/// The document at an address; `None` where there is none, or none that may be asked for. Why is in the log.
pub async fn fetch(context: &Context, address: &str) -> Option<Fetched> {
    match select(pin!(exchange(context, address)), pin!(sleep(ANSWER_TIMEOUT))).await {
        Either::Left((fetched, _)) => fetched,
        Either::Right(_) => None,
    }
}

async fn exchange(context: &Context, address: &str) -> Option<Fetched> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("url", address).finish();
    let mut request =
        http::Request::get(format!("{ADDRESS}?{query}")).header("x-request-id", &context.request_id);
    if let Some(traceparent) = &context.traceparent {
        request = request.header("traceparent", traceparent);
    }
    let request = request.body(FullBody::new(Bytes::new())).ok()?;
    let response = with_spawned(spin_sdk::http::send(request)).await;
    let (parts, body) =
        response.map_err(|error| log::warn!("client-documents can't be reached: {error}")).ok()?.into_parts();
    if parts.status != StatusCode::OK {
        return None;
    }
    let body = Limited::new(body, MAX_BYTES).collect().await.ok()?.to_bytes();
    serde_json::from_slice(&body).ok()
}
