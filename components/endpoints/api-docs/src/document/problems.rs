//! The problems of an operation (`x-problems`) as its responses. A name with `@` stands for several.

use endpoint::{Kind, Problem};
use serde_json::{Map, Value, json};

use super::Error;

/// Of every operation that needs a user.
const USER: [Kind; 10] = [
    Kind::InvalidHeader,
    Kind::Unauthenticated,
    Kind::InvalidToken,
    Kind::TokenExpired,
    Kind::InsufficientScope,
    Kind::HostNotAllowed,
    Kind::NotAcceptable,
    Kind::TooManyRequests,
    Kind::InternalError,
    Kind::Unavailable,
];
/// Of every operation that reads a body.
const BODY: [Kind; 5] = [
    Kind::MalformedJson,
    Kind::UnreadableBody,
    Kind::ContentTooLarge,
    Kind::UnsupportedMediaType,
    Kind::InvalidInput,
];
/// Of every operation that refuses one.
const NO_BODY: [Kind; 4] =
    [Kind::MalformedJson, Kind::UnreadableBody, Kind::ContentTooLarge, Kind::InvalidInput];

/// Of signing up and in. They answer as Better Auth does: what is wrong with the body is 400.
const ACCOUNT_BODY: [Kind; 9] = [
    Kind::MalformedJson,
    Kind::UnreadableBody,
    Kind::InvalidAccountData,
    Kind::OriginNotAllowed,
    Kind::HostNotAllowed,
    Kind::ContentTooLarge,
    Kind::UnsupportedMediaType,
    Kind::InternalError,
    Kind::Unavailable,
];

pub(super) fn expand(operation: &mut Map<String, Value>) -> Result<(), Error> {
    let Some(Value::Array(names)) = operation.shift_remove("x-problems") else { return Ok(()) };
    let mut kinds = Vec::new();
    for name in &names {
        kinds.extend_from_slice(&named(name.as_str().unwrap_or_default())?);
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    // In the order of the statuses, as readers expect.
    for kind in Kind::all().filter(|kind| kinds.contains(kind)) {
        let mut response = response(kind);
        // What a description itself says of a status is more than its name.
        let place = format!("/{}", kind.status().as_str());
        if let (Some(_), Some(said)) = (
            responses.pointer(&format!("{place}/description")),
            response.pointer_mut(&place).and_then(Value::as_object_mut),
        ) {
            said.shift_remove("description");
        }
        super::merge::into(responses, response);
    }
    Ok(())
}

fn named(name: &str) -> Result<Vec<Kind>, Error> {
    match name {
        "@user" => Ok(USER.to_vec()),
        "@body" => Ok(BODY.to_vec()),
        "@account-body" => Ok(ACCOUNT_BODY.to_vec()),
        "@no-body" => Ok(NO_BODY.to_vec()),
        _ => Kind::from_name(name).map(|kind| vec![kind]).ok_or_else(|| Error::Unknown(name.to_owned())),
    }
}

/// The responses object with this kind alone.
fn response(kind: Kind) -> Value {
    let status = kind.status();
    let example = serde_json::to_value(Problem::new(kind).body()).unwrap_or_default();
    let mut response = json!({
        "description": status.canonical_reason().unwrap_or("A problem."),
        "content": {
            "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "examples": { kind.name(): { "summary": kind.title(), "value": example } }
            }
        }
    });
    let header = match status.as_u16() {
        401 | 403 => Some(("WWW-Authenticate", "WwwAuthenticate")),
        429 | 503 => Some(("Retry-After", "RetryAfter")),
        405 => Some(("Allow", "Allow")),
        _ => None,
    };
    if let (Some((name, component)), Some(response)) = (header, response.as_object_mut()) {
        response.insert(
            "headers".to_owned(),
            json!({ name: { "$ref": format!("#/components/headers/{component}") } }),
        );
    }
    json!({ status.as_str(): response })
}
