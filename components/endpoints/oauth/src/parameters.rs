//! Parameters of queries and forms.

use std::collections::BTreeMap;

use endpoint::{Request, RequestBody, body};
use http::HeaderMap;

use crate::error::{ErrorCode, OAuthError};

/// The longest query or form that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024;

/// What may be there several times (RFC 8707, section 2).
const REPEATABLE: &str = "resource";

/// Parameters by name. An empty one counts as left out (RFC 6749, section 3.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, Vec<String>>);

impl Parameters {
    /// Reads a query, or a form's content.
    ///
    /// # Errors
    /// `invalid_request` when it is too long, no text, or names a parameter twice (RFC 6749, section 3.1).
    pub fn read(text: &[u8]) -> Result<Self, OAuthError> {
        let refused = |sentence: &'static str| Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
        if text.len() > MAX_BYTES {
            return refused("The parameters are too long.");
        }
        if percent_encoding::percent_decode(text).decode_utf8().is_err() {
            return refused("The parameters are not percent-encoded UTF-8.");
        }
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            if value.contains('\0') {
                return refused("A parameter holds a character that no text has.");
            }
            let values = found.entry(name.clone().into_owned()).or_default();
            if !values.is_empty() && name != REPEATABLE {
                return refused("A parameter is there more than once.");
            }
            values.push(value.into_owned());
        }
        Ok(Self(found))
    }

    /// Reads the body of a request.
    ///
    /// # Errors
    /// 415 where it is no form, 413 where it is too long, and as [`Parameters::read`].
    pub async fn from_form(headers: &HeaderMap, content: RequestBody) -> Result<Self, OAuthError> {
        body::require_media_type(headers, &["application/x-www-form-urlencoded"])?;
        Self::read(&body::collect(headers, content, MAX_BYTES).await?)
    }

    /// Reads the query of a request.
    ///
    /// # Errors
    /// As [`Parameters::read`].
    pub fn from_query(request: &Request) -> Result<Self, OAuthError> {
        Self::read(request.uri().query().unwrap_or_default().as_bytes())
    }

    /// The value of a parameter, if it is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of a parameter that has to be there.
    ///
    /// # Errors
    /// `invalid_request` that names it.
    pub fn require(&self, name: &'static str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| {
            OAuthError::new(ErrorCode::InvalidRequest, format!("The parameter {name} is missing."))
        })
    }

    /// The resources that tokens are asked for.
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.0.get(REPEATABLE).into_iter().flatten().map(String::as_str).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_resource_may_be_there_twice() {
        let read = |text: &str| Parameters::read(text.as_bytes());
        let parameters = read("resource=a&resource=b&state=x+y&empty=").unwrap();
        assert_eq!(parameters.resources().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((parameters.get("state"), parameters.get("empty")), (Some("x y"), None));
        for text in ["state=a&state=a", "client_id=a&client_id=b", "scope=%ff", "state=%00"] {
            assert_eq!(read(text).unwrap_err().code, ErrorCode::InvalidRequest, "{text}");
        }
        assert!(read(&format!("state={}", "x".repeat(MAX_BYTES))).is_err());
    }
}
