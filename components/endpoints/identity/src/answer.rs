//! An answer that may set cookies.

use endpoint::{Response, body};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::refusal::Refusal;

/// What is added to the answer of Better Auth's bearer and JWT plugins, so that scripts may read it across origins.
const SET_AUTH_TOKEN: HeaderName = HeaderName::from_static("set-auth-token");
const SET_AUTH_JWT: HeaderName = HeaderName::from_static("set-auth-jwt");

/// A JSON answer being put together.
#[derive(Debug)]
pub struct Answer(Response);

impl Answer {
    /// An answer with this value.
    pub fn new(status: StatusCode, value: &impl Serialize) -> Result<Self, Refusal> {
        Ok(Self(body::json(status, value)?))
    }

    /// Adds a header. A value that no header can hold is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers_mut().append(name, value);
        }
        self
    }

    /// Sets cookies.
    #[must_use]
    pub fn cookies(self, cookies: &[String]) -> Self {
        cookies.iter().fold(self, |answer, cookie| answer.header(header::SET_COOKIE, cookie))
    }

    /// Tells a client that can't read cookies its session: the signed token, to be sent as a bearer token.
    #[must_use]
    pub fn session_token(self, signed: &str) -> Self {
        self.header(SET_AUTH_TOKEN, signed).expose(SET_AUTH_TOKEN)
    }

    /// Hands out an access token beside the answer.
    #[must_use]
    pub fn access_token(self, token: &str) -> Self {
        self.header(SET_AUTH_JWT, token).expose(SET_AUTH_JWT)
    }

    fn expose(self, name: HeaderName) -> Self {
        self.header(header::ACCESS_CONTROL_EXPOSE_HEADERS, name.as_str())
    }

    /// The answer as it is sent.
    #[must_use]
    pub fn into_response(self) -> Response {
        self.0
    }
}
