//! What a token says.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web_origin::Origin;

/// The claims of an access token: those of RFC 9068 (section 2.2) that apply here, and three of OpenID Connect Core
/// (section 5.1) that spare endpoints a look into the user's row. Claims not named here are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it (RFC 7519, section 4.1.1): the app's own origin.
    pub iss: String,
    /// Whom it is meant for (RFC 7519, section 4.1.3): the same.
    pub aud: Audience,
    /// The user (RFC 7519, section 4.1.2).
    pub sub: Uuid,
    /// From when on it is no longer valid, in seconds since 1970-01-01T00:00:00Z (RFC 7519, section 4.1.4).
    pub exp: i64,
    /// When it was issued, in the same unit (RFC 7519, section 4.1.6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    /// Before when it is not valid yet, in the same unit (RFC 7519, section 4.1.5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// Its own id (RFC 7519, section 4.1.7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// What it allows: names separated by spaces (RFC 8693, section 4.2). Nothing when left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// Which program got it (RFC 9068, section 2.2), where a person let one act for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The user's e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The user's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The user's IANA time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<String>,
}

impl Claims {
    /// A token of the app at `issuer`, and for it, for `user`, that is valid from `now` for `lifetime`, both in seconds. It
    /// allows nothing yet.
    #[must_use]
    pub fn new(issuer: &Origin, user: Uuid, now: i64, lifetime: i64) -> Self {
        Self {
            iss: issuer.as_str().to_owned(),
            aud: Audience::One(issuer.as_str().to_owned()),
            sub: user,
            exp: now.saturating_add(lifetime),
            iat: Some(now),
            nbf: None,
            jti: None,
            scope: String::new(),
            client_id: None,
            email: None,
            name: None,
            zoneinfo: None,
        }
    }

    /// The scopes one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_ascii_whitespace()
    }
}

/// One recipient, or several (RFC 7519, section 4.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// A single one, written as text.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl Audience {
    /// Whether `recipient` is meant.
    #[must_use]
    pub fn includes(&self, recipient: &str) -> bool {
        match self {
            Self::One(one) => one == recipient,
            Self::Many(many) => many.iter().any(|one| one == recipient),
        }
    }
}
