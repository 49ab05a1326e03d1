//! Asking the service over HTTP.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Request, StatusCode, header};
use serde_json::{Value, json};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;
use spin_sdk::wasip3::http::types::ErrorCode;

use crate::bindings::exports::todo::mail::sender::{Message, SendError};
use crate::settings::{Format, Settings};

/// A service that says nothing for this long has hung.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// Posts a message.
///
/// # Errors
/// The service can't be reached, or does not take it.
pub async fn send(settings: &Settings, message: &Message) -> Result<(), SendError> {
    let request = request(settings, message)?;
    match select(pin!(with_spawned(spin_sdk::http::send(request))), pin!(sleep(ANSWER_TIMEOUT))).await {
        Either::Left((Ok(response), _)) => outcome(response.status()),
        Either::Left((Err(error), _)) => Err(unreachable(&error)),
        Either::Right(_) => Err(SendError::Unavailable("The mail service does not answer.".to_owned())),
    }
}

fn request(settings: &Settings, message: &Message) -> Result<Request<FullBody<Bytes>>, SendError> {
    let mut request = Request::post(settings.endpoint.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header(header::USER_AGENT, concat!("todo-assistant/", env!("CARGO_PKG_VERSION")));
    if !settings.key.is_empty() {
        request = match settings.format {
            Format::Resend => request.header(header::AUTHORIZATION, format!("Bearer {}", settings.key)),
            Format::Postmark => request.header("x-postmark-server-token", &settings.key),
        };
    }
    request.body(FullBody::new(Bytes::from(body(settings, message).to_string()))).map_err(|_| {
        SendError::Refused("The variables of the mail service make no valid request.".to_owned())
    })
}

fn body(settings: &Settings, message: &Message) -> Value {
    let Message { recipient, subject, text } = message;
    match settings.format {
        Format::Resend => json!({"from": settings.from, "to": [recipient], "subject": subject, "text": text}),
        Format::Postmark => {
            json!({"From": settings.from, "To": recipient, "Subject": subject, "TextBody": text})
        }
    }
}

/// What a status means. The service's own words are left out: they tend to quote the recipient or the key.
fn outcome(status: StatusCode) -> Result<(), SendError> {
    let code = status.as_u16();
    match code {
        200..=299 => Ok(()),
        408 | 425 | 429 | 500..=599 => {
            Err(SendError::Unavailable(format!("The mail service is busy ({code}).")))
        }
        401 | 403 => Err(SendError::Refused(format!(
            "The mail service does not accept the key ({code}). Check the variable mail_api_key."
        ))),
        300..=399 => Err(SendError::Refused(format!(
            "The mail service answers with a redirection ({code}). Check the variables mail_origin and mail_path."
        ))),
        _ => Err(SendError::Refused(format!(
            "The mail service refuses the message ({code}). Check the variables mail_format, mail_path and mail_from."
        ))),
    }
}

fn unreachable(error: &ErrorCode) -> SendError {
    match error {
        ErrorCode::HttpRequestDenied | ErrorCode::DestinationIpProhibited => SendError::Refused(
            "The app may not reach the mail service: its origin is not in allowed_outbound_hosts.".to_owned(),
        ),
        ErrorCode::TlsCertificateError | ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) => {
            SendError::Refused(
                "The mail service's TLS certificate is not trusted. Check the variable mail_origin."
                    .to_owned(),
            )
        }
        _ => SendError::Unavailable("The mail service can't be reached.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    fn message() -> Message {
        Message { recipient: "ann@example.org".into(), subject: "Hello".into(), text: "Text".into() }
    }

    #[test]
    fn a_message_has_the_form_of_the_service() {
        let resend = settings::example("resend");
        assert_eq!(
            body(&resend, &message()),
            json!({"from": "Todo <todo@example.org>", "to": ["ann@example.org"], "subject": "Hello", "text": "Text"})
        );
        assert_eq!(request(&resend, &message()).unwrap().headers()["authorization"], "Bearer key-1");
        let postmark = settings::example("postmark");
        assert_eq!(
            body(&postmark, &message()),
            json!({"From": "Todo <todo@example.org>", "To": "ann@example.org", "Subject": "Hello", "TextBody": "Text"})
        );
        assert_eq!(request(&postmark, &message()).unwrap().headers()["x-postmark-server-token"], "key-1");
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let of = |code| outcome(StatusCode::from_u16(code).unwrap());
        assert!(of(200).is_ok() && of(202).is_ok());
        for code in [408, 429, 500, 503] {
            assert!(matches!(of(code), Err(SendError::Unavailable(_))), "{code}");
        }
        for code in [301, 400, 401, 404, 422] {
            assert!(matches!(of(code), Err(SendError::Refused(_))), "{code}");
        }
    }
}
