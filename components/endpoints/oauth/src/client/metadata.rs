//! What a program says of itself, when it registers or in a document (RFC 7591, section 2).

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{AUTH_METHODS, Client, Description, PRIVATE_KEY_JWT, jwks, name, redirect_uri};
use crate::error::{ErrorCode, OAuthError};
use crate::random;
use crate::token::{CLIENT_CREDENTIALS, DEVICE_CODE, GRANT_TYPES};

/// How many addresses a program may be sent back to.
const MAX_REDIRECT_URIS: usize = 10;
/// What a program says of itself. What is not named here is ignored, as RFC 7591, section 2, asks.
#[derive(Deserialize)]
pub struct ClientMetadata {
    redirect_uris: Option<Vec<String>>,
    /// OpenID Connect RP-Initiated Logout, section 3.1.
    post_logout_redirect_uris: Option<Vec<String>>,
    token_endpoint_auth_method: Option<String>,
    /// What it signs with who it is. Keys at an address (`jwks_uri`) are not asked for.
    jwks: Option<Value>,
    grant_types: Option<Vec<String>>,
    response_types: Option<Vec<String>>,
    client_name: Option<String>,
    /// `native` or `web` (OpenID Connect Registration, section 2).
    pub application_type: Option<String>,
}

impl ClientMetadata {
    /// A program that registers, and its secret if it gets one.
    ///
    /// # Errors
    /// `invalid_redirect_uri` and `invalid_client_metadata`.
    pub fn register(self) -> Result<(Client, Option<String>), OAuthError> {
        // RFC 7591, section 2: without this member it is the first of these.
        let auth_method =
            self.token_endpoint_auth_method.clone().unwrap_or_else(|| "client_secret_basic".to_owned());
        if !AUTH_METHODS.contains(&auth_method.as_str()) {
            return Err(invalid(
                "token_endpoint_auth_method has to be none, client_secret_basic, client_secret_post or private_key_jwt.",
            ));
        }
        let keys = match (auth_method == PRIVATE_KEY_JWT, &self.jwks) {
            (false, _) => vec![],
            (true, Some(value)) => jwks::read(value).ok_or_else(wrong_keys)?,
            (true, None) => return Err(wrong_keys()),
        };
        let has_secret = auth_method != "none" && keys.is_empty();
        let secret = if has_secret { Some(random::text()?) } else { None };
        let secret_hash = secret.as_deref().map(random::hash);
        let mut client =
            self.check(Uuid::new_v4().to_string(), auth_method, secret_hash, Description::Registered)?;
        client.keys = keys;
        Ok((client, secret))
    }

    /// A program that a document describes. Everybody can read that, so there is no secret in it.
    ///
    /// # Errors
    /// As [`ClientMetadata::register`].
    pub fn describe(self, id: &str) -> Result<Client, OAuthError> {
        if self.token_endpoint_auth_method.as_deref().is_some_and(|method| method != "none") {
            return Err(invalid("token_endpoint_auth_method has to be none."));
        }
        self.check(id.to_owned(), "none".to_owned(), None, Description::Fresh)
    }

    fn check(
        self,
        id: String,
        auth_method: String,
        secret_hash: Option<Vec<u8>>,
        description: Description,
    ) -> Result<Client, OAuthError> {
        let asked = self.grant_types.unwrap_or_else(|| vec!["authorization_code".to_owned()]);
        let asks = |name: &str| asked.iter().any(|one| one == name);
        if !asks("authorization_code") && !asks(DEVICE_CODE) {
            return Err(invalid("grant_types has to hold authorization_code, or that of device codes."));
        }
        // Those that are not known here are left out, and the answer says so (RFC 7591, section 3.2.1).
        // A service has an owner, who makes it on a page.
        let registrable = GRANT_TYPES.iter().filter(|known| **known != CLIENT_CREDENTIALS);
        let grant_types: Vec<String> =
            registrable.filter(|known| asks(known)).map(|one| (*one).to_owned()).collect();
        let redirect_uris = self.redirect_uris.unwrap_or_default();
        let is_needed = asks("authorization_code");
        if (is_needed && redirect_uris.is_empty()) || redirect_uris.len() > MAX_REDIRECT_URIS {
            return Err(OAuthError::new(
                ErrorCode::InvalidRedirectUri,
                "redirect_uris has to name 1 to 10 addresses.",
            ));
        }
        let post_logout_redirect_uris = self.post_logout_redirect_uris.unwrap_or_default();
        if post_logout_redirect_uris.len() > MAX_REDIRECT_URIS {
            return Err(invalid("post_logout_redirect_uris may name up to 10 addresses."));
        }
        let mut uris = redirect_uris.iter().chain(&post_logout_redirect_uris);
        if !uris.all(|uri| redirect_uri::may_be_registered(uri)) {
            let sentence = "A redirect URI has to be https, http at localhost, 127.0.0.1 or [::1], or of a scheme of the \
                            program's own, without fragment and user name.";
            return Err(OAuthError::new(ErrorCode::InvalidRedirectUri, sentence));
        }
        if self.application_type.is_some_and(|kind| !["native", "web"].contains(&kind.as_str())) {
            return Err(invalid("application_type has to be native or web."));
        }
        if self.response_types.is_some_and(|types| types.iter().any(|one| one != "code")) {
            return Err(invalid("response_types may hold code alone."));
        }
        let name = name::tidy(self.client_name.as_deref())?;
        Ok(Client {
            id,
            name,
            redirect_uris,
            grant_types,
            auth_method,
            secret_hash,
            post_logout_redirect_uris,
            keys: vec![],
            service: None,
            description,
        })
    }
}

fn wrong_keys() -> OAuthError {
    invalid("jwks has to be a set of 1 to 5 public keys of Ed25519 or P-256.")
}

/// Something of it is wrong.
pub fn invalid(sentence: &'static str) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidClientMetadata, sentence)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn register(value: Value) -> Result<(Client, Option<String>), ErrorCode> {
        serde_json::from_value::<ClientMetadata>(value).unwrap().register().map_err(|error| error.code)
    }

    #[test]
    fn a_program_without_a_secret_and_one_with_register() {
        let public = json!({
            "redirect_uris": ["http://127.0.0.1:1/cb"], "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code", "refresh_token", "urn:other"], "response_types": ["code"],
            "client_name": "Tester", "application_type": "native", "scope": "tasks:read", "unknown": [1],
        });
        let (client, secret) = register(public).unwrap();
        assert_eq!((secret, client.secret_hash.clone()), (None, None));
        assert_eq!(client.grant_types, ["authorization_code", "refresh_token"]);
        let (client, secret) = register(json!({"redirect_uris": ["https://app.example/cb"]})).unwrap();
        assert_eq!(client.auth_method, "client_secret_basic");
        assert_eq!(client.secret_hash.clone().unwrap(), random::hash(&secret.unwrap()));
        assert!(!client.uses("refresh_token"));
    }

    #[test]
    fn a_program_on_a_device_needs_no_address_to_come_back_to() {
        let (client, _) =
            register(json!({"grant_types": [DEVICE_CODE], "token_endpoint_auth_method": "none"})).unwrap();
        assert!(
            client.uses(DEVICE_CODE) && !client.uses("authorization_code") && client.redirect_uris.is_empty()
        );
    }

    #[test]
    fn what_can_not_be_registered_is_refused() {
        let uris = json!(["https://app.example/cb"]);
        for (value, code) in [
            (json!({}), ErrorCode::InvalidRedirectUri),
            (json!({"redirect_uris": []}), ErrorCode::InvalidRedirectUri),
            (json!({"redirect_uris": ["javascript:alert(1)"]}), ErrorCode::InvalidRedirectUri),
            (json!({"redirect_uris": vec!["https://app.example/cb"; 11]}), ErrorCode::InvalidRedirectUri),
            (
                json!({"redirect_uris": uris, "post_logout_redirect_uris": ["http://evil.example"]}),
                ErrorCode::InvalidRedirectUri,
            ),
            (
                json!({"redirect_uris": uris, "post_logout_redirect_uris": vec!["https://app.example/"; 11]}),
                ErrorCode::InvalidClientMetadata,
            ),
            (
                json!({"redirect_uris": uris, "token_endpoint_auth_method": "tls"}),
                ErrorCode::InvalidClientMetadata,
            ),
            (
                json!({"redirect_uris": uris, "token_endpoint_auth_method": "private_key_jwt"}),
                ErrorCode::InvalidClientMetadata,
            ),
            (
                json!({
                    "redirect_uris": uris, "token_endpoint_auth_method": "private_key_jwt",
                    "jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]},
                }),
                ErrorCode::InvalidClientMetadata,
            ),
            (json!({"grant_types": ["client_credentials"]}), ErrorCode::InvalidClientMetadata),
            (json!({"redirect_uris": uris, "response_types": ["token"]}), ErrorCode::InvalidClientMetadata),
            (json!({"redirect_uris": uris, "grant_types": ["implicit"]}), ErrorCode::InvalidClientMetadata),
            (
                json!({"redirect_uris": uris, "grant_types": ["refresh_token"]}),
                ErrorCode::InvalidClientMetadata,
            ),
            (json!({"redirect_uris": uris, "application_type": "toaster"}), ErrorCode::InvalidClientMetadata),
            (json!({"redirect_uris": uris, "client_name": "a\u{202E}b"}), ErrorCode::InvalidClientMetadata),
        ] {
            assert_eq!(register(value.clone()).map(|_| ()), Err(code), "{value}");
        }
    }
}
