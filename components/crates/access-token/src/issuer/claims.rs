//! What a token of another issuer says.

use serde::Deserialize;

use crate::{Audience, Claims, VerifyError};

use super::user_id;

/// The longest subject, in bytes (OpenID Connect Core, section 2, has 255).
const MAX_SUBJECT_BYTES: usize = 255;
/// The longest of the claims that are passed on, in characters.
const MAX_CHARACTERS: usize = 254;

/// The claims that are read (RFC 9068, section 2.2; OpenID Connect Core, section 5.1). The four without `Option` have to be there.
#[derive(Deserialize)]
pub struct IssuerClaims {
    pub iss: String,
    pub aud: Audience,
    pub exp: i64,
    sub: String,
    #[serde(default)]
    pub nbf: Option<i64>,
    #[serde(default)]
    iat: Option<i64>,
    #[serde(default)]
    jti: Option<String>,
    #[serde(default)]
    scope: Option<Scopes>,
    /// As some name it (Okta, Microsoft Entra ID).
    #[serde(default)]
    scp: Option<Scopes>,
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    zoneinfo: Option<String>,
}

/// Names with spaces between, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scopes {
    Text(String),
    List(Vec<String>),
}

impl IssuerClaims {
    /// The same as claims of the app: the user by their id here, and what the token allows, else `default_scope`.
    pub fn into_claims(self, default_scope: &str) -> Result<Claims, VerifyError> {
        let is_subject = (1..=MAX_SUBJECT_BYTES).contains(&self.sub.len());
        if !is_subject || self.sub.chars().any(char::is_control) {
            return Err(VerifyError::Malformed);
        }
        let scope = match self.scope.or(self.scp) {
            Some(Scopes::Text(text)) => text,
            Some(Scopes::List(names)) => names.join(" "),
            None => default_scope.to_owned(),
        };
        Ok(Claims {
            sub: user_id(&self.iss, &self.sub),
            iss: self.iss,
            aud: self.aud,
            exp: self.exp,
            iat: self.iat,
            nbf: self.nbf,
            jti: self.jti,
            scope,
            client_id: self.client_id,
            email: told(self.email),
            name: told(self.name),
            zoneinfo: told(self.zoneinfo),
        })
    }
}

/// What is passed on of a text that tells of a person, and decides nothing.
fn told(text: Option<String>) -> Option<String> {
    text.filter(|text| {
        (1..=MAX_CHARACTERS).contains(&text.chars().count()) && !text.chars().any(char::is_control)
    })
}
