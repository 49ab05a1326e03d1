//! Sending one reminder by `webhook-caller`.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{StatusCode, header};
use http_body_util::{BodyExt, Limited};
use serde::Deserialize;
use serde_json::json;
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;

use super::message;
use super::take::{Taken, now_us};
use crate::signing::WebhookSecret;

/// Inside the app.
const ADDRESS: &str = "http://webhook-caller.spin.internal/";
/// The longest wait: it gives up by itself after ten seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// The largest answer of `webhook-caller`, in bytes.
const MAX_BYTES: usize = 1024;

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The receiver has it.
    Sent,
    /// It may work another time.
    Failed(String),
    /// The receiver wants no more of them (410).
    Gone,
}

#[derive(Deserialize)]
struct Answer {
    status: Option<u16>,
}

/// Sends a reminder to where its user wants it.
pub async fn send(request_id: &str, user_id: &str, secrets: &[String], taken: &Taken) -> Attempt {
    match select(pin!(exchange(request_id, user_id, secrets, taken)), pin!(sleep(ANSWER_TIMEOUT))).await {
        Either::Left((Some(status), _)) => attempt(status),
        Either::Left((None, _)) | Either::Right(_) => attempt(None),
    }
}

async fn exchange(request_id: &str, user_id: &str, secrets: &[String], taken: &Taken) -> Option<Option<u16>> {
    let (url, key_id) = (taken.url.as_deref()?, taken.key_id?);
    let (id, timestamp, message) = (message::id(taken), now_us() / 1_000_000, message::text(taken));
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| WebhookSecret::derive(secret, user_id, key_id).sign(&id, timestamp, &message))
        .collect();
    let asked = json!({
        "url": url, "id": id, "timestamp": timestamp.to_string(), "signature": signatures.join(" "), "message": message,
    });
    let request = http::Request::post(ADDRESS)
        .header(header::CONTENT_TYPE, "application/json")
        .header("x-request-id", request_id)
        .body(FullBody::new(Bytes::from(asked.to_string())))
        .ok()?;
    let response = with_spawned(spin_sdk::http::send(request)).await;
    let (parts, body) =
        response.map_err(|error| log::warn!("webhook-caller can't be reached: {error}")).ok()?.into_parts();
    if parts.status != StatusCode::OK {
        log::warn!("webhook-caller answers {}", parts.status);
        return None;
    }
    let body = Limited::new(body, MAX_BYTES).collect().await.ok()?.to_bytes();
    serde_json::from_slice::<Answer>(&body).ok().map(|answer| answer.status)
}

/// What a status of the receiver means; none where nobody answered.
fn attempt(status: Option<u16>) -> Attempt {
    match status {
        Some(200..=299) => Attempt::Sent,
        Some(410) => Attempt::Gone,
        Some(status) => Attempt::Failed(format!("The webhook answered with the status {status}.")),
        None => Attempt::Failed("The webhook did not answer, or not in time.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_status_of_success_means_that_it_is_there() {
        for status in [200, 202, 204] {
            assert_eq!(attempt(Some(status)), Attempt::Sent);
        }
        assert_eq!(attempt(Some(410)), Attempt::Gone);
        for status in [None, Some(301), Some(404), Some(429), Some(500)] {
            assert!(matches!(attempt(status), Attempt::Failed(_)), "{status:?}");
        }
    }
}
