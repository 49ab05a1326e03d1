//! The headers that repeat parts of the body, so that what stands between client and server can route by them
//! (2026-07-28, Streamable HTTP, "Request Metadata"). They are worth nothing unless they are held to the body.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::HeaderMap;
use serde_json::{Value, value::RawValue};

use crate::{
    message::{RpcError, quoted},
    server::ParameterHeader,
};

/// Names the revision.
pub(crate) const PROTOCOL_VERSION: &str = "mcp-protocol-version";
/// Repeats `method`.
pub(crate) const METHOD: &str = "mcp-method";
/// Repeats `params.name` or `params.uri`.
pub(crate) const NAME: &str = "mcp-name";

/// The value of a header that may occur once.
pub(crate) fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, RpcError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(RpcError::header_mismatch(format!("The header {name} occurs more than once.")));
    }
    match value.to_str() {
        Ok(text) => Ok(Some(text.trim_matches([' ', '\t']))),
        Err(_) => {
            Err(RpcError::header_mismatch(format!("The header {name} has characters outside visible ASCII.")))
        }
    }
}

/// Holds `Mcp-Method` to the body's method.
pub(crate) fn check_method(headers: &HeaderMap, method: &str) -> Result<(), RpcError> {
    match single(headers, METHOD)? {
        Some(value) if value == method => Ok(()),
        value => Err(mismatch(METHOD, value, method)),
    }
}

/// Holds `Mcp-Name` to the body's name or URI.
pub(crate) fn check_name(headers: &HeaderMap, name: &str) -> Result<(), RpcError> {
    let value = single(headers, NAME)?;
    match value.map(decode) {
        Some(Ok(decoded)) if decoded == name => Ok(()),
        Some(Err(NotBase64)) => {
            Err(RpcError::header_mismatch(format!("The header {NAME} is not Base64 of UTF-8.")))
        }
        _ => Err(mismatch(NAME, value, name)),
    }
}

/// Holds the headers that a tool wants for its parameters to the arguments.
pub(crate) fn check_parameters(
    headers: &HeaderMap,
    wanted: &[ParameterHeader],
    arguments: Option<&RawValue>,
) -> Result<(), RpcError> {
    if wanted.is_empty() {
        return Ok(());
    }
    let arguments: Value =
        arguments.and_then(|text| serde_json::from_str(text.get()).ok()).unwrap_or_default();
    for ParameterHeader { header, pointer } in wanted {
        let value = single(headers, header)?;
        let argument = arguments.pointer(pointer).filter(|argument| !argument.is_null());
        let (Some(value), Some(argument)) = (value, argument) else {
            if value.is_some() != argument.is_some() {
                let body = argument.map_or_else(|| "null".to_owned(), Value::to_string);
                return Err(mismatch(header, value, &body));
            }
            continue;
        };
        let not_base64 =
            |NotBase64| RpcError::header_mismatch(format!("The header {header} is not Base64 of UTF-8."));
        let decoded = decode(value).map_err(not_base64)?;
        let is_same = match argument {
            Value::String(text) => decoded == text.as_str(),
            // Compared as numbers: 42.0 is 42.
            Value::Number(number) => decoded.parse::<f64>().ok() == number.as_f64(),
            other => decoded == other.to_string(),
        };
        if !is_same {
            return Err(mismatch(header, Some(value), &argument.to_string()));
        }
    }
    Ok(())
}

fn mismatch(header: &str, value: Option<&str>, body: &str) -> RpcError {
    let body = quoted(body);
    RpcError::header_mismatch(match value {
        None => format!("The header {header} is missing; the body says {body}."),
        Some(value) => format!("The header {header} says {}, the body says {body}.", quoted(value)),
    })
}

struct NotBase64;

/// A value as it was meant: `=?base64?…?=` stands for the text whose UTF-8 it encodes.
fn decode(value: &str) -> Result<Cow<'_, str>, NotBase64> {
    let Some(encoded) = value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) else {
        return Ok(Cow::Borrowed(value));
    };
    let bytes = STANDARD.decode(encoded).map_err(|_| NotBase64)?;
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| NotBase64)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn with_name(value: &str) -> HeaderMap {
        [(http::HeaderName::from_static(NAME), HeaderValue::from_str(value).unwrap())].into_iter().collect()
    }

    #[test]
    fn a_name_is_compared_after_decoding() {
        assert!(check_name(&with_name("add_task"), "add_task").is_ok());
        assert!(check_name(&with_name(" add_task\t"), "add_task").is_ok());
        assert!(check_name(&with_name("=?base64?SGVsbG8sIOS4lueVjA==?="), "Hello, 世界").is_ok());
        assert!(check_name(&with_name("=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="), "=?base64?literal?=").is_ok());
    }

    #[test]
    fn a_name_that_differs_in_any_way_is_refused() {
        for value in [
            "Add_task",
            "add_task ,",
            "=?base64?YWRk?=",
            "=?base64?%%%?=",
            "=?BASE64?YWRkX3Rhc2s=?=",
            "=?base64?/w==?=",
        ] {
            assert!(check_name(&with_name(value), "add_task").is_err(), "{value}");
        }
        assert!(check_name(&HeaderMap::new(), "add_task").is_err());
    }

    #[test]
    fn a_header_that_occurs_twice_or_is_not_ascii_is_refused() {
        let mut headers = with_name("add_task");
        headers.append(NAME, HeaderValue::from_static("add_task"));
        assert!(check_name(&headers, "add_task").is_err());
        headers.insert(NAME, HeaderValue::from_bytes(b"add_t\xe4sk").unwrap());
        assert!(check_name(&headers, "add_task").is_err());
    }
}
