//! What a person says when they make a token.

use serde::Deserialize;
use serde_json::Value;
use task_model::scope;

use super::NewToken;
use crate::auth_error::AuthError;
use crate::{input, profile};

const MINUTE_SECONDS: i64 = 60;
const DAY_SECONDS: i64 = 24 * 60 * MINUTE_SECONDS;
/// When one ends that is made without a word about it: after 90 days.
const DEFAULT_LIFETIME_SECONDS: i64 = 90 * DAY_SECONDS;
/// A token that never ends is one that is forgotten: it is a year at most.
const MAX_LIFETIME_SECONDS: i64 = 365 * DAY_SECONDS;

/// What a token may be allowed.
const SCOPES: [&str; 4] = [scope::READ, scope::WRITE, scope::DELETE, "chat"];

/// The body of a request that makes one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Creation {
    name: Option<String>,
    /// In seconds.
    #[serde(default)]
    expires_in: Option<i64>,
    #[serde(default)]
    scopes: Option<Vec<String>>,
    /// Better Auth's form of the same, which its servers alone set.
    #[serde(default)]
    permissions: Option<Value>,
}

impl Creation {
    /// The token, still without its hash and start.
    ///
    /// # Errors
    /// Better Auth's codes for what is not valid.
    pub fn check(self) -> Result<NewToken, AuthError> {
        if self.permissions.as_ref().is_some_and(input::is_set) {
            return Err(AuthError::invalid(
                "SERVER_ONLY_PROPERTY",
                "The property you're trying to set can only be set from the server auth instance only.",
                "/permissions",
                "What a token may do is said in scopes.",
            ));
        }
        let name = self.name.as_deref().ok_or_else(|| {
            AuthError::invalid("NAME_REQUIRED", "API Key name is required.", "/name", "Give it a name.")
        })?;
        Ok(NewToken {
            name: profile::name(name)?,
            hash: Vec::new(),
            start: String::new(),
            scope: scope_of(self.scopes)?,
            lifetime_seconds: lifetime(self.expires_in.unwrap_or(DEFAULT_LIFETIME_SECONDS))?,
        })
    }
}

fn lifetime(seconds: i64) -> Result<i32, AuthError> {
    let refuse = |code, message| {
        AuthError::invalid(code, message, "/expiresIn", "It has to be 60 seconds to 365 days, in seconds.")
    };
    if seconds < MINUTE_SECONDS {
        let message = "The expiresIn is smaller than the predefined minimum value.";
        return Err(refuse("EXPIRES_IN_IS_TOO_SMALL", message));
    }
    let fits = i32::try_from(seconds).ok().filter(|_| seconds <= MAX_LIFETIME_SECONDS);
    fits.ok_or_else(|| {
        refuse("EXPIRES_IN_IS_TOO_LARGE", "The expiresIn is larger than the predefined maximum value.")
    })
}

/// The scopes, each once and in one order; reading tasks where nothing is said.
fn scope_of(wanted: Option<Vec<String>>) -> Result<String, AuthError> {
    let Some(wanted) = wanted else { return Ok(scope::READ.to_owned()) };
    if wanted.is_empty() || wanted.iter().any(|name| !SCOPES.contains(&name.as_str())) {
        let sentence = "It has to be one or more of tasks:read, tasks:write, tasks:delete and chat.";
        return Err(AuthError::invalid("INVALID_SCOPES", "Invalid scopes", "/scopes", sentence));
    }
    let ordered: Vec<&str> =
        SCOPES.into_iter().filter(|scope| wanted.iter().any(|name| name == scope)).collect();
    Ok(ordered.join(" "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(body: Value) -> Result<NewToken, AuthError> {
        serde_json::from_value::<Creation>(body).unwrap().check()
    }

    #[test]
    fn a_token_may_read_for_three_months_unless_its_owner_says_more() {
        let token = checked(json!({"name": " Laptop "})).unwrap();
        assert_eq!((token.name.as_str(), token.scope.as_str()), ("Laptop", "tasks:read"));
        assert_eq!(token.lifetime_seconds, 90 * 24 * 60 * 60);
        let scopes = json!(["chat", "tasks:write", "tasks:read", "chat"]);
        let token = checked(json!({"name": "x", "scopes": scopes, "expiresIn": 31_536_000})).unwrap();
        assert_eq!(token.scope, "tasks:read tasks:write chat");
    }

    #[test]
    fn what_is_not_valid_is_refused_by_better_auths_codes() {
        for (body, code) in [
            (json!({}), "NAME_REQUIRED"),
            (json!({"name": " "}), "VALIDATION_ERROR"),
            (json!({"name": "x", "expiresIn": 59}), "EXPIRES_IN_IS_TOO_SMALL"),
            (json!({"name": "x", "expiresIn": -1}), "EXPIRES_IN_IS_TOO_SMALL"),
            (json!({"name": "x", "expiresIn": 31_536_001}), "EXPIRES_IN_IS_TOO_LARGE"),
            (json!({"name": "x", "expiresIn": i64::MAX}), "EXPIRES_IN_IS_TOO_LARGE"),
            (json!({"name": "x", "scopes": []}), "INVALID_SCOPES"),
            (json!({"name": "x", "scopes": ["tasks:read tasks:delete"]}), "INVALID_SCOPES"),
            (json!({"name": "x", "scopes": ["openid"]}), "INVALID_SCOPES"),
            (json!({"name": "x", "permissions": {"tasks": ["read"]}}), "SERVER_ONLY_PROPERTY"),
        ] {
            assert_eq!(checked(body.clone()).unwrap_err().code(), code, "{body}");
        }
    }
}
