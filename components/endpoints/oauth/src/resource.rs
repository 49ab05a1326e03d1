//! Whom tokens are for (RFC 8707).

use endpoint::Origin;

use crate::error::{ErrorCode, OAuthError};

/// The path of the resource that agents use.
const MCP: &str = "/mcp";

/// The resource that a program wants tokens for: the app's MCP endpoint unless it says otherwise, or the app as a whole.
///
/// # Errors
/// `invalid_target` when it is another one, or two different ones.
pub fn requested<'a>(origin: &Origin, wanted: impl Iterator<Item = &'a str>) -> Result<String, OAuthError> {
    let mut found: Option<String> = None;
    for name in wanted {
        let resource = known(origin, name).ok_or_else(|| refused(origin))?;
        if found.as_ref().is_some_and(|other| *other != resource) {
            return Err(refused(origin));
        }
        found = Some(resource);
    }
    Ok(found.unwrap_or_else(|| format!("{origin}{MCP}")))
}

/// Refuses a token request that names another resource than the person was asked for.
///
/// # Errors
/// `invalid_target`; `invalid_grant` when the person was asked at another name of this machine, whose tokens are others.
pub fn check<'a>(
    origin: &Origin,
    granted: &str,
    wanted: impl Iterator<Item = &'a str>,
) -> Result<(), OAuthError> {
    if known(origin, granted).is_none() {
        let sentence = "The person was asked at another address of this service: use that one.";
        return Err(OAuthError::new(ErrorCode::InvalidGrant, sentence));
    }
    for name in wanted {
        if known(origin, name).as_deref() != Some(granted) {
            return Err(refused(origin));
        }
    }
    Ok(())
}

/// Whether tokens for the resource are given at this origin.
pub fn is_known(origin: &Origin, resource: &str) -> bool {
    known(origin, resource).is_some()
}

/// The resource as tokens name it.
fn known(origin: &Origin, name: &str) -> Option<String> {
    let name = name.strip_suffix('/').unwrap_or(name);
    let path = name.strip_prefix(origin.as_str())?;
    (path.is_empty() || path == MCP).then(|| name.to_owned())
}

fn refused(origin: &Origin) -> OAuthError {
    let sentence = format!("Tokens are given here for {origin}{MCP} or {origin}.");
    OAuthError::new(ErrorCode::InvalidTarget, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin::new("https://todo.example").unwrap()
    }

    #[test]
    fn tokens_are_for_this_app_or_its_mcp_endpoint() {
        let of = |names: &[&'static str]| requested(&origin(), names.iter().copied());
        assert_eq!(of(&[]).unwrap(), "https://todo.example/mcp");
        assert_eq!(of(&["https://todo.example/mcp/"]).unwrap(), "https://todo.example/mcp");
        assert_eq!(of(&["https://todo.example/"]).unwrap(), "https://todo.example");
        for names in [
            &["https://evil.example/mcp"][..],
            &["https://todo.example.evil.example/mcp"],
            &["https://todo.example/other"],
            &["https://todo.example//"],
            &["http://todo.example/mcp"],
            &["https://todo.example/mcp#x"],
            &["https://todo.example", "https://todo.example/mcp"],
        ] {
            assert_eq!(of(names).unwrap_err().code, ErrorCode::InvalidTarget, "{names:?}");
        }
    }

    #[test]
    fn a_token_is_for_what_the_person_was_asked_for() {
        let granted = "https://todo.example/mcp";
        let of = |wanted: &'static [&'static str]| check(&origin(), granted, wanted.iter().copied());
        assert!(of(&[]).is_ok() && of(&["https://todo.example/mcp/"]).is_ok());
        assert_eq!(of(&["https://todo.example"]).unwrap_err().code, ErrorCode::InvalidTarget);
        let elsewhere = check(&origin(), "http://localhost:3000/mcp", std::iter::empty());
        assert_eq!(elsewhere.unwrap_err().code, ErrorCode::InvalidGrant);
    }
}
