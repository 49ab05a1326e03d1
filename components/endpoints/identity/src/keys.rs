//! `GET /api/auth/jwks`

use http::StatusCode;
use serde_json::json;

use crate::answer::Answer;
use crate::auth_error::AuthError;

/// The public keys of access tokens (RFC 7517, section 5). There are none: tokens are signed with the shared secret.
///
/// # Errors
/// None that a caller can bring about.
pub fn jwks() -> Result<Answer, AuthError> {
    Answer::new(StatusCode::OK, &json!({"keys": []}))
}
