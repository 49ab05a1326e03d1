//! An answer that may set cookies.

use endpoint::{Response, body};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::auth_error::AuthError;
use crate::site::Site;
use crate::{cookies, signature};

/// What is added to the answer of Better Auth's bearer and JWT plugins, so that scripts may read it across origins.
const SET_AUTH_TOKEN: HeaderName = HeaderName::from_static("set-auth-token");
const SET_AUTH_JWT: HeaderName = HeaderName::from_static("set-auth-jwt");

/// A JSON answer being put together.
#[derive(Debug)]
pub struct Answer(Response);

impl Answer {
    /// An answer with this value.
    pub fn new(status: StatusCode, value: &impl Serialize) -> Result<Self, AuthError> {
        Ok(Self(body::json(status, value)?))
    }

    /// An answer that sends a browser on.
    #[must_use]
    pub fn redirect(location: &str) -> Self {
        Self(body::empty(StatusCode::FOUND)).header(header::LOCATION, location)
    }

    /// A page, without scripts and styles.
    #[must_use]
    pub fn page(html: String) -> Self {
        Self(body::full(StatusCode::OK, "text/html; charset=utf-8", html))
    }

    /// Sets the cookies of a session and tells a client that can't read cookies its token, to be sent as a bearer token.
    #[must_use]
    pub fn keep_session(self, site: &Site, token: &str, remembered: bool) -> Self {
        self.cookies(&cookies::set_session_cookie(site, token, remembered))
            .header(SET_AUTH_TOKEN, &signature::sign(site.settings, token))
            .expose(SET_AUTH_TOKEN)
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
