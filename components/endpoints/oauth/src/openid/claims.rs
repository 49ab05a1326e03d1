//! What a program learns of a person (OpenID Connect Core, section 5.1).

use serde::Serialize;
use uuid::Uuid;

use crate::scope;

/// Every claim there may be.
pub const CLAIMS: [&str; 6] = ["sub", "name", "picture", "zoneinfo", "email", "email_verified"];

/// Who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: Uuid,
    /// Their e-mail address.
    pub email: String,
    /// Whether they have shown that it is theirs.
    pub email_verified: bool,
    /// Their name.
    pub name: String,
    /// The address of their picture.
    pub image: Option<String>,
    /// Their time zone.
    pub time_zone: Option<String>,
}

/// What scopes let a program know of them (OpenID Connect Core, section 5.4).
#[derive(Debug, Serialize)]
pub struct UserClaims<'a> {
    sub: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zoneinfo: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
}

impl<'a> UserClaims<'a> {
    /// The claims of a user that these scopes allow.
    pub fn new(user: &'a User, scope: &str) -> Self {
        let allows = |wanted: &str| scope.split(' ').any(|name| name == wanted);
        let (profile, email) = (allows(scope::PROFILE), allows(scope::EMAIL));
        Self {
            sub: user.id,
            name: profile.then_some(user.name.as_str()),
            picture: user.image.as_deref().filter(|_| profile),
            zoneinfo: user.time_zone.as_deref().filter(|_| profile),
            email: email.then_some(user.email.as_str()),
            email_verified: email.then_some(user.email_verified),
        }
    }
}

/// A user for tests.
#[cfg(test)]
pub fn example() -> User {
    User {
        id: Uuid::from_u128(42),
        email: "ann@example.org".to_owned(),
        email_verified: true,
        name: "Ann".to_owned(),
        image: None,
        time_zone: Some("Europe/Berlin".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_program_learns_what_its_scopes_name() {
        let user = example();
        let of = |scope: &str| serde_json::to_value(UserClaims::new(&user, scope)).unwrap();
        let sub = user.id.to_string();
        assert_eq!(of("openid tasks:read"), json!({"sub": sub}));
        assert_eq!(of("openid email")["email"], json!("ann@example.org"));
        assert_eq!(
            of("openid profile email"),
            json!({
                "sub": sub, "name": "Ann", "zoneinfo": "Europe/Berlin", "email": "ann@example.org", "email_verified": true,
            })
        );
        assert_eq!(of("openid profiles emailx"), json!({"sub": sub}));
    }
}
