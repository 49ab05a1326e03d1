//! What a program may be allowed to do (RFC 6749, section 3.3).

use task_model::scope;

use crate::error::{ErrorCode, OAuthError};

/// Talking to the assistant.
pub const CHAT: &str = "chat";
/// Going on while the person is away: a refresh token (OpenID Connect Core, section 11).
const OFFLINE_ACCESS: &str = "offline_access";

/// Learning who the person is (OpenID Connect Core, section 3.1.2.1), and what else of them (section 5.4).
pub const OPENID: &str = "openid";
/// Their name, picture and time zone.
pub const PROFILE: &str = "profile";
/// Their e-mail address.
pub const EMAIL: &str = "email";

/// Every scope, with what it means to a person.
pub const ALL: [(&str, &str); 8] = [
    (scope::READ, "See your tasks"),
    (scope::WRITE, "Add tasks, change them and mark them as done"),
    (scope::DELETE, "Delete your tasks"),
    (CHAT, "Talk to the assistant in your name and read your conversations"),
    (OFFLINE_ACCESS, "Go on while you are away, until you withdraw it"),
    (OPENID, "Know that it is you who signs in"),
    (PROFILE, "See your name, your picture and your time zone"),
    (EMAIL, "See your e-mail address"),
];

/// What a program gets that asks for nothing in particular.
const DEFAULT: [&str; 3] = [scope::READ, scope::WRITE, scope::DELETE];

/// The scopes that a program asks for, each once and in the order of [`ALL`].
///
/// # Errors
/// `invalid_scope` when one of them is not known.
pub fn requested(text: Option<&str>) -> Result<String, OAuthError> {
    let Some(text) = text else { return Ok(DEFAULT.join(" ")) };
    let wanted: Vec<&str> = text.split(' ').filter(|name| !name.is_empty()).collect();
    if wanted.iter().any(|name| ALL.iter().all(|(known, _)| known != name)) {
        let known = ALL.map(|(name, _)| name).join(", ");
        let sentence = format!("A scope is not known here. There are: {known}.");
        return Err(OAuthError::new(ErrorCode::InvalidScope, sentence));
    }
    let ordered: Vec<&str> = ALL.iter().map(|(name, _)| *name).filter(|name| wanted.contains(name)).collect();
    if ordered.is_empty() { Ok(DEFAULT.join(" ")) } else { Ok(ordered.join(" ")) }
}

/// What a program is left with that asks for less than it was allowed (RFC 6749, section 6).
///
/// # Errors
/// `invalid_scope` when it asks for more.
pub fn narrowed(text: Option<&str>, allowed: &str) -> Result<String, OAuthError> {
    let Some(text) = text else { return Ok(allowed.to_owned()) };
    let wanted = requested(Some(text))?;
    if wanted.split(' ').all(|name| allowed.split(' ').any(|one| one == name)) {
        return Ok(wanted);
    }
    Err(OAuthError::new(ErrorCode::InvalidScope, "That is more than the person allowed: ask them again."))
}

/// What the scopes mean to a person, one sentence each.
pub fn in_words(scope: &str) -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(move |(name, _)| scope.split(' ').any(|one| one == *name)).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_known_names_each_once() {
        assert_eq!(requested(None).unwrap(), "tasks:read tasks:write tasks:delete");
        assert_eq!(requested(Some("tasks:write  tasks:read tasks:read")).unwrap(), "tasks:read tasks:write");
        for text in [
            "admin",
            "tasks:read admin",
            "tasks",
            "TASKS:READ",
            "tasks:read,tasks:write",
            "tasks:read\ttasks:write",
        ] {
            assert_eq!(requested(Some(text)).unwrap_err().code, ErrorCode::InvalidScope, "{text}");
        }
    }

    #[test]
    fn a_program_may_ask_for_less_and_not_for_more() {
        assert_eq!(narrowed(None, "tasks:read").unwrap(), "tasks:read");
        assert_eq!(narrowed(Some("tasks:read"), "tasks:read tasks:write").unwrap(), "tasks:read");
        assert!(narrowed(Some("tasks:read tasks:delete"), "tasks:read").is_err());
    }

    #[test]
    fn each_scope_has_words() {
        assert_eq!(in_words("tasks:read chat").count(), 2);
        assert_eq!(in_words("tasks:readx").count(), 0);
    }
}
