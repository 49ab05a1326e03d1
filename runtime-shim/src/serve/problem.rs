//! Answers the host gives itself: problem details (RFC 9457).

use super::response_body::ResponseBody;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// Why the host answers instead of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No route for the path.
    NotFound,
    /// The request body is over the limit.
    BodyTooLarge,
    /// The request has no usable host or path.
    BadRequest,
    /// The component trapped, or answered nothing.
    ComponentFailed,
    /// The component used up its processor time or memory.
    OverLimit,
    /// The component took too long.
    TimedOut,
    /// The client took too long to send the request.
    RequestTimedOut,
    /// Too many requests in progress, or the process is stopping.
    Busy,
}

/// Seconds a client is told to wait before it tries again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    request_id: &'a str,
}

impl Problem {
    /// The status it is answered with.
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::ComponentFailed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::OverLimit | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::TimedOut => StatusCode::GATEWAY_TIMEOUT,
            Self::RequestTimedOut => StatusCode::REQUEST_TIMEOUT,
        }
    }

    /// What it is, in one word.
    pub fn name(self) -> &'static str {
        self.words().0.trim_start_matches("/problems/")
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotFound => {
                ("/problems/not-found", "Not found", "No part of this app answers for this path.")
            }
            Self::BodyTooLarge => (
                "/problems/body-too-large",
                "Request body too large",
                "The request body is over the limit of this server.",
            ),
            Self::BadRequest => (
                "/problems/bad-request",
                "Bad request",
                "The request has no valid host or path, or a body that cannot be read.",
            ),
            Self::ComponentFailed => (
                "/problems/internal",
                "Internal error",
                "The request could not be answered. Its id finds it in the logs.",
            ),
            Self::OverLimit => (
                "/problems/over-limit",
                "Stopped at a limit",
                "Answering took more processor time or memory than one request may use.",
            ),
            Self::TimedOut => {
                ("/problems/timeout", "Timed out", "Answering took longer than one request may take.")
            }
            Self::RequestTimedOut => (
                "/problems/request-timeout",
                "Request timed out",
                "The rest of the request did not arrive in time. Send it again.",
            ),
            Self::Busy => ("/problems/busy", "Busy", "Too many requests at this time. Try again."),
        }
    }

    /// The whole answer.
    pub fn response(self, request_id: &str) -> Response<ResponseBody> {
        let (kind, title, detail) = self.words();
        let status = self.status();
        let body = Body { r#type: kind, title, status: status.as_u16(), detail, request_id };
        // A struct of strings always serialises.
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(ResponseBody::full(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}
