//! Who is calling.

use access_token::{Recipient, bearer_token};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use crate::State;

impl State {
    /// The user that the request's token names, as text.
    pub fn user(&self, headers: &HeaderMap) -> Option<String> {
        let authorization = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let now = jiff::Timestamp::now().as_second();
        let claims =
            self.verifier.verify(bearer_token(authorization)?, &Recipient::app(&self.origin), now).ok()?;
        Some(claims.sub.to_string())
    }
}
