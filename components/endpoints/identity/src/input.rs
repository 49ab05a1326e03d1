//! Reading what a client sends.

use bytes::Bytes;
use endpoint::{RequestBody, body, json, query};
use http::{HeaderMap, Uri};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use crate::auth_error::AuthError;

/// Reads a JSON body as a `T`. Members that `T` does not have are passed over, as Better Auth does: its clients may send fields that
/// another server has.
///
/// # Errors
/// 400 for what is no JSON object or has a member that is missing or of the wrong type; 413; 415.
pub async fn read<T: DeserializeOwned>(headers: &HeaderMap, content: RequestBody) -> Result<T, AuthError> {
    known(&text(headers, content).await?)
}

/// Reads a JSON body as it is.
///
/// # Errors
/// 400 when it does not arrive whole; 413; 415.
pub async fn text(headers: &HeaderMap, content: RequestBody) -> Result<Bytes, AuthError> {
    Ok(body::read(headers, content, &["application/json"]).await?)
}

/// Reads a JSON text as a `T`, as [`read`] does.
///
/// # Errors
/// As [`read`].
pub fn known<T: DeserializeOwned>(text: &[u8]) -> Result<T, AuthError> {
    Ok(json::read_known(text)?)
}

/// Reads the query of a URI as a `T`. Parameters that `T` does not have are passed over.
///
/// # Errors
/// 400 for a parameter that is missing, there twice or of the wrong type.
pub fn parameters<T: DeserializeOwned>(uri: &Uri) -> Result<T, AuthError> {
    Ok(query::read_known(uri.query())?)
}

/// Whether JavaScript would take a value as true: what Better Auth asks of members that can't be set.
pub fn is_set(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => true,
    }
}

/// Tells a member that is `null` from one that is not there.
///
/// # Errors
/// The value is of the wrong type.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
