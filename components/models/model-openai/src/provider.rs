//! Asking the provider over HTTP.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Request, header};
use http_body_util::{BodyExt, Limited};
use spawned_tasks::with_spawned;
use spin_sdk::http::{FullBody, Response};
use spin_sdk::time::sleep;
use spin_sdk::wasip3::http::types::ErrorCode;

use crate::bindings::todo::model::types::{ModelError, Turn};
use crate::failure;
use crate::request::{self, Dialect};
use crate::settings::{Api, Settings};

/// A provider that says nothing for this long has hung.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// Before the second and last attempt to connect.
const RETRY_INTERVAL: Duration = Duration::from_millis(250);
/// As much of a refusal is read, in bytes.
const MAX_ERROR_BYTES: usize = 64 * 1024;

/// Fires when the provider has been silent for too long.
pub async fn idle_timeout() {
    sleep(IDLE_TIMEOUT).await;
}

/// Sends the turn and answers the response once it is a success.
///
/// # Errors
/// The provider can't be reached, or refuses.
pub async fn ask(settings: &Settings, turn: &Turn) -> Result<Response, ModelError> {
    let mut dialect = Dialect::default();
    loop {
        let body = request::body(settings.api, turn, &settings.model, dialect);
        let response = send(settings, "application/json", &body).await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let (retry_after, text) = read_refusal(settings, response).await;
        // Of Responses there is one form.
        let can_differ = settings.api == Api::ChatCompletions && matches!(status.as_u16(), 400 | 422);
        let next = dialect.after_refusal(&text).filter(|_| can_differ);
        match next {
            // Each step leaves the members that were named behind, so this ends.
            Some(next) => dialect = next,
            None => return Err(failure::from_status(status.as_u16(), &text, retry_after.as_deref())),
        }
    }
}

/// Sends a recording as a form and answers the response once it is a success.
///
/// # Errors
/// The provider can't be reached, or refuses.
pub async fn post_form(settings: &Settings, media_type: &str, form: &[u8]) -> Result<Response, ModelError> {
    let response = send(settings, media_type, form).await?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let (retry_after, text) = read_refusal(settings, response).await;
    Err(failure::from_status(status.as_u16(), &text, retry_after.as_deref()))
}

/// When a refusal wants to be tried again, and its words without the key.
async fn read_refusal(settings: &Settings, response: Response) -> (Option<String>, String) {
    let value = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = value.map(str::to_owned);
    (retry_after, settings.redact(&read_error_body(response).await))
}

async fn read_error_body(response: Response) -> String {
    let read = pin!(Limited::new(response.into_body(), MAX_ERROR_BYTES).collect());
    match select(read, pin!(idle_timeout())).await {
        Either::Left((Ok(body), _)) => String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        Either::Left((Err(_), _)) | Either::Right(_) => String::new(),
    }
}

/// Sends once more if no connection came about: then nothing has been asked yet.
async fn send(settings: &Settings, media_type: &str, body: &[u8]) -> Result<Response, ModelError> {
    match attempt(settings, media_type, body).await {
        Err(Attempt::NotConnected) => {
            sleep(RETRY_INTERVAL).await;
            attempt(settings, media_type, body).await.map_err(Attempt::into_error)
        }
        result => result.map_err(Attempt::into_error),
    }
}

enum Attempt {
    NotConnected,
    Failed(ModelError),
}

impl Attempt {
    fn into_error(self) -> ModelError {
        match self {
            Self::NotConnected => failure::interrupted(),
            Self::Failed(error) => error,
        }
    }
}

async fn attempt(settings: &Settings, media_type: &str, body: &[u8]) -> Result<Response, Attempt> {
    let mut request = Request::post(settings.endpoint.as_str())
        .header(header::CONTENT_TYPE, media_type)
        .header(header::ACCEPT, "text/event-stream, application/json")
        .header(header::USER_AGENT, concat!("todo-assistant/", env!("CARGO_PKG_VERSION")));
    if !settings.key.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", settings.key));
    }
    let request = request
        .body(FullBody::new(Bytes::copy_from_slice(body)))
        .map_err(|_| Attempt::Failed(config_error("The variables of the provider make no valid request.")))?;
    match select(pin!(with_spawned(spin_sdk::http::send(request))), pin!(idle_timeout())).await {
        Either::Left((result, _)) => result.map_err(|error| classify(&error)),
        Either::Right(_) => Err(Attempt::Failed(failure::interrupted())),
    }
}

fn classify(error: &ErrorCode) -> Attempt {
    match error {
        ErrorCode::HttpRequestDenied | ErrorCode::DestinationIpProhibited => Attempt::Failed(config_error(
            "The app may not reach the provider: its origin is not in allowed_outbound_hosts.",
        )),
        ErrorCode::TlsCertificateError | ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) => {
            Attempt::Failed(config_error(
                "The provider's TLS certificate is not trusted. Check openai_base_url.",
            ))
        }
        ErrorCode::DnsError(_)
        | ErrorCode::DnsTimeout
        | ErrorCode::DestinationNotFound
        | ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionTimeout => Attempt::NotConnected,
        _ => Attempt::Failed(failure::interrupted()),
    }
}

fn config_error(text: &str) -> ModelError {
    ModelError::Refused(text.to_owned())
}
