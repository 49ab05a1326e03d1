//! Fetches a file over HTTP.

use std::error::Error;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use url::Url;

/// For a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// For the next bytes.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// No archive is as large, in bytes.
const MAX_BYTES: u64 = 128 << 20;

/// Writes what is at `url` to `file`, and gives its SHA-256 in hexadecimal. Proxies are those of the environment
/// (`HTTPS_PROXY`), authorities those of the system.
///
/// # Errors
/// In words.
pub(super) async fn fetch(url: &str, file: &Path) -> Result<String, String> {
    // The client brings no provider of its own; an error says that one was chosen already.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT).read_timeout(READ_TIMEOUT);
    let answer = client.build().map_err(words)?.get(url).send().await;
    let mut answer = answer.and_then(reqwest::Response::error_for_status).map_err(words)?;
    let mut out = File::create(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut hash = Sha256::new();
    let mut length: u64 = 0;
    while let Some(chunk) = answer.chunk().await.map_err(words)? {
        length += chunk.len() as u64;
        if length > MAX_BYTES {
            return Err(format!("it is larger than {MAX_BYTES} bytes"));
        }
        hash.update(&chunk);
        out.write_all(&chunk).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A URL as it may be shown: a mirror's may hold a password.
pub(super) fn without_credentials(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) if url.has_host() => {
            // An error says that this kind of URL has none.
            let _none = url.set_username("").and_then(|()| url.set_password(None));
            url.to_string()
        }
        _ => "(its address is no URL)".to_owned(),
    }
}

/// An error with its causes, which name the host or the certificate; without the URL.
fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(without_credentials("https://me:s3cret@mirror/maven/x.jar"), "https://mirror/maven/x.jar");
        assert!(!without_credentials("me:s3cret@mirror").contains("s3cret"));
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_an_error_with_its_cause() {
        let folder = tempfile::tempdir().unwrap();
        let error = fetch("http://me:s3cret@127.0.0.1:1/x.jar", &folder.path().join("x")).await.unwrap_err();
        assert!(error.contains("refused") && !error.contains("s3cret"), "{error}");
    }
}
