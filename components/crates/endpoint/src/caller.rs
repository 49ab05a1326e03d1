//! The caller that tools get: who, with what leave, and in which time zone they mean their days.

use http::{HeaderMap, HeaderName};
use problem_details::{Kind, Problem};
use task_model::{types::Caller, zone::zone};

use crate::{Context, Principal};

const TIME_ZONE: HeaderName = HeaderName::from_static("time-zone");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Makes the caller of a verified request. The time zone is that of the header `Time-Zone`, else the token's, else UTC;
/// the idempotency key that of the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), quoted or not.
///
/// # Errors
/// 400 when one of the two headers is repeated or has a value that can't be read.
pub fn caller(context: &Context, principal: &Principal, headers: &HeaderMap) -> Result<Caller, Problem> {
    let time_zone = match single(headers, &TIME_ZONE).map_err(|()| unknown_zone())? {
        Some(name) => zone(name).map_err(|_| unknown_zone())?.name,
        None => principal
            .time_zone
            .as_deref()
            .and_then(|name| zone(name).ok())
            .map_or_else(|| "UTC".to_owned(), |zone| zone.name),
    };
    let idempotency_key = match single(headers, &IDEMPOTENCY_KEY).map_err(|()| malformed_key())? {
        Some(value) => Some(key(value).ok_or_else(malformed_key)?.to_owned()),
        None => None,
    };
    Ok(Caller {
        user_id: principal.user_id.clone(),
        scopes: principal.scopes.clone(),
        request_id: context.request_id.clone(),
        time_zone,
        now: context.now_us,
        idempotency_key,
    })
}

fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(|value| Some(value.trim())).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

/// The key in a structured-field string, or bare as most clients send it: 1 to 255 visible ASCII characters.
fn key(value: &str) -> Option<&str> {
    let key = match value.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?,
        None => value,
    };
    let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'));
    ((1..=255).contains(&key.len()) && is_plain).then_some(key)
}

fn unknown_zone() -> Problem {
    let detail = "The header Time-Zone takes the name of one IANA time zone, such as Europe/Berlin.";
    Problem::with_detail(Kind::InvalidHeader, detail)
}

fn malformed_key() -> Problem {
    let detail = "The header Idempotency-Key takes one key of 1 to 255 visible ASCII characters, such as \"8e03978e-40d5-43e8\".";
    Problem::with_detail(Kind::InvalidHeader, detail)
}

#[cfg(test)]
mod tests {
    use http::Uri;

    use super::*;

    fn called(headers: &[(&HeaderName, &str)], zone: Option<&str>) -> Result<Caller, u16> {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| ((*name).clone(), value.parse().unwrap())).collect();
        let principal = Principal {
            user_id: "0192d4e0-7b1a-7c3e-8f00-000000000001".into(),
            scopes: vec!["tasks:read".into()],
            email: None,
            name: None,
            time_zone: zone.map(str::to_owned),
            expires_at: 0,
        };
        let context = Context::new(&Uri::from_static("/"), &headers, 9);
        caller(&context, &principal, &headers).map_err(|problem| problem.status().as_u16())
    }

    #[test]
    fn the_time_zone_is_the_headers_else_the_tokens_else_utc() {
        let header = [(&TIME_ZONE, "Asia/Tokyo")];
        for (headers, token, zone) in [
            (&header[..], Some("Europe/Berlin"), "Asia/Tokyo"),
            (&[], Some("Europe/Berlin"), "Europe/Berlin"),
            (&[], Some("Mars/Olympus"), "UTC"),
            (&[], None, "UTC"),
        ] {
            assert_eq!(called(headers, token).unwrap().time_zone, zone);
        }
    }

    #[test]
    fn an_unknown_time_zone_is_400() {
        for bad in ["Mars/Olympus", "", "+01:00", "Europe/Berlin, UTC"] {
            assert_eq!(called(&[(&TIME_ZONE, bad)], None).unwrap_err(), 400, "{bad}");
        }
        assert_eq!(called(&[(&TIME_ZONE, "UTC"), (&TIME_ZONE, "UTC")], None).unwrap_err(), 400);
    }

    #[test]
    fn a_key_is_the_same_quoted_and_bare() {
        for value in ["k-1", "\"k-1\""] {
            let caller = called(&[(&IDEMPOTENCY_KEY, value)], None).unwrap();
            assert_eq!(caller.idempotency_key.as_deref(), Some("k-1"));
        }
        let long = "k".repeat(256);
        for bad in ["", "\"\"", "\"k", "k\"", "a b", "a\\b", &long] {
            assert_eq!(called(&[(&IDEMPOTENCY_KEY, bad)], None).unwrap_err(), 400, "{bad}");
        }
    }
}
