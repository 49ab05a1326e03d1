//! `GET /api/auth/error`

use http::Uri;
use serde::Deserialize;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::{input, redirect};

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    error: String,
}

/// Sends a browser whose link did not work to the page, which says so.
///
/// # Errors
/// 400 for a query that can't be read.
pub fn error_page(site: &Site, uri: &Uri) -> Result<Answer, AuthError> {
    let Shown { error } = input::parameters(uri)?;
    let is_code = !error.is_empty()
        && error.len() <= 64
        && error.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let code = if is_code { error.as_str() } else { "UNKNOWN" };
    Ok(Answer::redirect(&redirect::with_parameter(site, "/", "error", code)))
}
