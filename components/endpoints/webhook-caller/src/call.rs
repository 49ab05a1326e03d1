//! One call of a webhook.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{StatusCode, header};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;
use spin_sdk::variables;
use web_origin::Origin;

use crate::Asked;

/// The longest wait for an answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends the message; the status of the answer.
///
/// # Errors
/// Why there is none, without the address: it may hold a password of its owner's.
pub async fn call(asked: &Asked) -> Result<StatusCode, String> {
    match select(pin!(exchange(asked)), pin!(sleep(ANSWER_TIMEOUT))).await {
        Either::Left((status, _)) => status,
        Either::Right(_) => Err("it takes too long".to_owned()),
    }
}

async fn exchange(asked: &Asked) -> Result<StatusCode, String> {
    let beside = variables::get("webhook_origin").await.ok().and_then(|origin| Origin::new(&origin).ok());
    let url = outbound_address::webhook(&asked.url, beside.as_ref()).map_err(|error| error.to_string())?;
    let request = http::Request::post(url.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, concat!("todo-assistant/", env!("CARGO_PKG_VERSION")))
        .header("webhook-id", &asked.id)
        .header("webhook-timestamp", &asked.timestamp)
        .header("webhook-signature", &asked.signature)
        .body(FullBody::new(Bytes::from(asked.message.clone())))
        .map_err(|error| error.to_string())?;
    let response = with_spawned(spin_sdk::http::send(request)).await;
    Ok(response.map_err(|error| error.to_string())?.status())
}
