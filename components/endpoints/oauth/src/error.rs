//! Why a request was refused, in the terms of OAuth.

use std::borrow::Cow;

use endpoint::{Response, body};
use http::{HeaderName, HeaderValue, StatusCode, header};
use problem_details::{Kind, Problem};
use serde_json::json;
use user_database::{DbError, LoggedDbError};

/// OAuth's own names for what went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// A parameter is missing, repeated or wrong (RFC 6749, section 5.2).
    InvalidRequest,
    /// The client is not known, or did not prove who it is.
    InvalidClient,
    /// The code or refresh token is not good, or not this client's.
    InvalidGrant,
    /// The client may not ask in this way.
    UnauthorizedClient,
    /// This server gives no tokens in this way.
    UnsupportedGrantType,
    /// Only `code` is answered.
    UnsupportedResponseType,
    /// A scope is not known, or more than was allowed.
    InvalidScope,
    /// Tokens for this resource are not given here (RFC 8707, section 2).
    InvalidTarget,
    /// The person said no, or the request may not be theirs.
    AccessDenied,
    /// A page would have to be shown, and the client wants none (OpenID Connect Core, section 3.1.2.6).
    LoginRequired,
    /// The same, to somebody who is signed in.
    ConsentRequired,
    /// A redirect URI can't be registered (RFC 7591, section 3.2.2).
    InvalidRedirectUri,
    /// Something else of a registration is wrong.
    InvalidClientMetadata,
    /// Request objects are not read (OpenID Connect Core, section 3.1.2.6).
    RequestNotSupported,
    /// The person has not answered a device's request yet (RFC 8628, section 3.5).
    AuthorizationPending,
    /// The same, and the program asks too often.
    SlowDown,
    /// The person did not answer in time.
    ExpiredToken,
    /// The person said no to a program on a device, which learns of it at the token endpoint.
    DeviceDenied,
    /// Try again later.
    TemporarilyUnavailable,
    /// An access token is not good here (RFC 6750, section 3.1).
    InvalidToken,
    /// An access token does not allow this (RFC 6750, section 3.1).
    InsufficientScope,
    /// A fault of ours.
    ServerError,
}

impl ErrorCode {
    /// Its name in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::AccessDenied | Self::DeviceDenied => "access_denied",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidClientMetadata => "invalid_client_metadata",
            Self::RequestNotSupported => "request_not_supported",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::ServerError => "server_error",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::InvalidClient | Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::AccessDenied | Self::InsufficientScope => StatusCode::FORBIDDEN,
            Self::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

/// Why a request was refused.
#[derive(Debug, Clone)]
pub struct OAuthError {
    /// OAuth's name for it.
    pub code: ErrorCode,
    /// What happened, as a sentence for a person.
    pub description: Cow<'static, str>,
    /// The status, where an answer says it.
    pub status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl OAuthError {
    /// An error with a sentence for a person. It must not hold what a stranger sent.
    pub fn new(code: ErrorCode, description: impl Into<Cow<'static, str>>) -> Self {
        Self { code, description: description.into(), status: code.status(), headers: Vec::new() }
    }

    /// A client that did not prove who it is; `WWW-Authenticate` where it tried by `Authorization` (RFC 6749, section 5.2).
    pub fn invalid_client(description: &'static str, by_header: bool) -> Self {
        let mut error = Self::new(ErrorCode::InvalidClient, description);
        if by_header {
            let challenge = HeaderValue::from_static("Basic realm=\"oauth2\", charset=\"UTF-8\"");
            error.headers.push((header::WWW_AUTHENTICATE, challenge));
        }
        error
    }

    /// A request without an access token that is good for it, with the challenge to bring another (RFC 6750, section 3).
    pub fn unauthorized(code: ErrorCode, description: &'static str, challenge: &'static str) -> Self {
        let mut error = Self::new(code, description);
        error.headers.push((header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge)));
        error
    }

    /// Too many requests of one kind; try again after this many seconds.
    pub fn too_many(description: impl Into<Cow<'static, str>>, seconds: u32) -> Self {
        let mut error = Self::new(ErrorCode::TemporarilyUnavailable, description);
        error.status = StatusCode::TOO_MANY_REQUESTS;
        error.headers.push((header::RETRY_AFTER, HeaderValue::from(seconds)));
        error
    }

    /// A fault of ours. What happened is logged.
    pub fn internal(logged: &str) -> Self {
        log::error!("{logged}");
        Self::new(ErrorCode::ServerError, "Something went wrong on our side.")
    }

    /// The answer to a program (RFC 6749, section 5.2).
    pub fn into_response(self) -> Response {
        let value = json!({"error": self.code.name(), "error_description": self.description});
        let mut response = body::full(self.status, "application/json", value.to_string());
        self.add_headers(&mut response);
        response
    }

    /// Adds the headers that an answer of whatever form has to have.
    pub fn add_headers(&self, response: &mut Response) {
        for (name, value) in &self.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
}

impl From<Problem> for OAuthError {
    fn from(problem: Problem) -> Self {
        let code = match problem.kind {
            Kind::InternalError => ErrorCode::ServerError,
            Kind::Unavailable => ErrorCode::TemporarilyUnavailable,
            _ => ErrorCode::InvalidRequest,
        };
        let (status, description) = (problem.status(), problem.sentence().into_owned());
        let headers = problem.headers.clone();
        Self { code, description: description.into(), status, headers }
    }
}

impl From<LoggedDbError> for OAuthError {
    /// The database's failures are in the log already.
    fn from(failure: LoggedDbError) -> Self {
        match failure.error {
            DbError::Unavailable { retry_after, .. } => {
                Problem::new(Kind::Unavailable).retry_after(retry_after).into()
            }
            _ => Self::new(ErrorCode::ServerError, "Something went wrong on our side."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_keeps_its_status_and_its_headers() {
        let unavailable = OAuthError::from(Problem::new(Kind::Unavailable).retry_after(5));
        assert_eq!(unavailable.code, ErrorCode::TemporarilyUnavailable);
        let response = unavailable.into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["retry-after"]),
            (503, &HeaderValue::from(5))
        );
        assert_eq!(OAuthError::from(Problem::new(Kind::NotFound)).into_response().status(), 404);
    }

    #[test]
    fn who_tried_by_header_is_challenged() {
        let challenged = OAuthError::invalid_client("x", true).into_response();
        assert_eq!(challenged.status(), 401);
        assert!(challenged.headers().contains_key(header::WWW_AUTHENTICATE));
        assert!(
            !OAuthError::invalid_client("x", false)
                .into_response()
                .headers()
                .contains_key(header::WWW_AUTHENTICATE)
        );
    }
}
