//! The token that says who somebody is (OpenID Connect Core, section 2).

use access_token::{PublicKey, Signer, VerifyError, read_signed};
use serde::{Deserialize, Serialize};

use super::claims::UserClaims;
use crate::access::{Issued, LIFETIME_SECONDS};
use crate::error::OAuthError;
use crate::site::Site;

/// Its type: not that of access tokens, so that it is never taken for one.
const TYPE: &str = "JWT";

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(flatten)]
    user: UserClaims<'a>,
}

/// The token for the program that the person let know who they are.
///
/// # Errors
/// When it can't be signed.
pub fn id_token(site: &Site, issued: &Issued<'_>, signer: &Signer, now: i64) -> Result<String, OAuthError> {
    let claims = Claims {
        iss: site.origin.as_str(),
        aud: issued.client_id,
        iat: now,
        exp: now.saturating_add(LIFETIME_SECONDS),
        nonce: issued.authorized.nonce.as_deref(),
        user: UserClaims::new(&issued.authorized.user, issued.scope),
    };
    signer.sign_typed(TYPE, &claims).map_err(|error| OAuthError::internal(&error.to_string()))
}

/// What a program says by bringing such a token back.
#[derive(Debug, Deserialize)]
struct Hint {
    iss: String,
    aud: String,
}

/// The program that a token was given to, if it was given here. That its time is over does not matter (OpenID Connect RP-Initiated
/// Logout, section 2).
///
/// # Errors
/// Where it was given by somebody else, or changed.
pub fn client_of(site: &Site, keys: &[PublicKey], token: &str) -> Result<String, VerifyError> {
    let hint: Hint = read_signed(keys, token, &["jwt"])?;
    if hint.iss == site.origin.as_str() { Ok(hint.aud) } else { Err(VerifyError::WrongIssuer) }
}

#[cfg(test)]
mod tests {
    use access_token::{KeyAlgorithm, Recipient, SigningKey, Verifier};
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::Value;

    use super::*;
    use crate::access::Authorized;
    use crate::{openid, site};

    #[test]
    fn it_says_who_for_whom_and_is_no_access_token() {
        let site = site::example("https://todo.example");
        let authorized = Authorized {
            user: openid::example(),
            scope: "openid email".to_owned(),
            resource: "https://todo.example/mcp".to_owned(),
            nonce: Some("n-1".to_owned()),
        };
        // A program could choose the app's address for its id: what it gets is no token for the app all the same.
        let client_id = "https://todo.example";
        let issued = Issued {
            client_id,
            authorized: &authorized,
            scope: "openid email",
            refresh_token: None,
            is_first: true,
        };
        let key = SigningKey::new("k".to_owned(), KeyAlgorithm::Es256, &[7; 32]).unwrap();
        let keys = [key.public_key().clone()];
        let token = id_token(&site, &issued, &Signer::with_key(&key), 1_795_000_000).unwrap();
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!((&claims["nonce"], &claims["aud"]), (&Value::from("n-1"), &Value::from(client_id)));
        assert_eq!(claims["email"], Value::from("ann@example.org"));
        assert_eq!(claims["name"], Value::Null, "not asked for");
        let verifier = Verifier::new(&site.settings.secrets);
        let refused = verifier.verify_with(&keys, &token, &Recipient::app(&site.origin), 1_795_000_000);
        assert_eq!(refused.unwrap_err(), VerifyError::WrongType);
        assert_eq!(client_of(&site, &keys, &token).unwrap(), client_id);
        assert!(client_of(&site::example("https://other.example"), &keys, &token).is_err());
        assert!(client_of(&site, &[], &token).is_err());
    }
}
