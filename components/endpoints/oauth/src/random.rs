//! What nobody can guess, and what is stored of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::OAuthError;

/// 256 random bits as text: a code, or a client's secret.
///
/// # Errors
/// `server_error` when the host has none.
pub fn text() -> Result<String, OAuthError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| OAuthError::internal(&format!("no randomness: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of it. It has too many bits to be guessed, so a plain hash does.
pub fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}
