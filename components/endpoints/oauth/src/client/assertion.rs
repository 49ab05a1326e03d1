//! A program proves who it is by a token that it signs itself (RFC 7523, section 2.2), so that no secret leaves it.

use access_token::{Audience, PublicKey, check_times, read_signed};
use endpoint::Context;
use serde::Deserialize;
use user_database::Database;

use crate::client::Client;
use crate::error::OAuthError;
use crate::routes::paths;
use crate::signature::{self, Purpose};
use crate::site::Site;
use crate::store;

/// What says that the other parameter is such a token.
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Which types such a token may say that it has; one that says nothing is a JWT.
const TOKEN_TYPES: [&str; 2] = ["jwt", "client-authentication+jwt"];
/// How far ahead its end may be, in seconds. It is remembered for as long as it could come again.
const MAX_LIFETIME_SECONDS: i64 = 10 * 60;
/// The longest name of one, in bytes.
const MAX_ID_BYTES: usize = 256;

/// What such a token says (RFC 7523, section 3).
#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    jti: String,
}

/// Whether the client signed this token for this server, now and for the first time.
///
/// # Errors
/// When the database is out of reach.
pub async fn proves(
    context: &Context,
    site: &Site,
    database: &Database,
    client: &Client,
    token: &str,
) -> Result<bool, OAuthError> {
    let now = context.now_us.div_euclid(1_000_000);
    let Some(id) = read(site, &client.keys, &client.id, token, now) else { return Ok(false) };
    // One in an hour is free, and none lives as long.
    let key = signature::sign(&site.settings.secrets, Purpose::ClientAssertion, id.as_bytes());
    Ok(store::count(database, Some(key), 1).await? == 0)
}

/// What names the token, if one of these keys signed it for this server and client, and it is time for it.
fn read(site: &Site, keys: &[PublicKey], client_id: &str, token: &str, now: i64) -> Option<String> {
    let claims: Claims = read_signed(keys, token, &TOKEN_TYPES).ok()?;
    let is_own = claims.iss == client_id && claims.sub == client_id;
    let is_meant = [site.origin.as_str().to_owned(), site.url(paths::TOKEN)]
        .iter()
        .any(|recipient| claims.aud.includes(recipient));
    let is_time = check_times(claims.exp, claims.nbf, now).is_ok()
        && claims.exp <= now.saturating_add(MAX_LIFETIME_SECONDS);
    let is_named = (1..=MAX_ID_BYTES).contains(&claims.jti.len());
    (is_own && is_meant && is_time && is_named).then(|| format!("{client_id}\n{}", claims.jti))
}

/// Whom a token is about that nobody has checked yet: whose keys to look for.
pub fn claimed_client(token: &str) -> Option<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[derive(Deserialize)]
    struct Subject {
        sub: String,
    }
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice::<Subject>(&payload).ok().map(|subject| subject.sub)
}

#[cfg(test)]
mod tests {
    use access_token::{KeyAlgorithm, Signer, SigningKey};
    use serde_json::{Value, json};

    use super::*;
    use crate::site;

    const NOW: i64 = 1_795_000_000;
    const URL: &str = "https://todo.example";

    fn key(algorithm: KeyAlgorithm, number: u8) -> SigningKey {
        SigningKey::new("k".to_owned(), algorithm, &[number; 32]).unwrap()
    }

    fn claims() -> Value {
        json!({"iss": "c", "sub": "c", "aud": URL, "exp": NOW + 60, "iat": NOW, "jti": "1"})
    }

    fn accepted(claims: &Value, typ: &str, signer: &SigningKey) -> bool {
        let keys = [
            key(KeyAlgorithm::EdDsa, 1).public_key().clone(),
            key(KeyAlgorithm::Es256, 1).public_key().clone(),
        ];
        let token = Signer::with_key(signer).sign_typed(typ, claims).unwrap();
        assert_eq!(claimed_client(&token).as_deref(), claims["sub"].as_str());
        read(&site::example(URL), &keys, "c", &token, NOW).is_some()
    }

    #[test]
    fn a_token_that_the_client_signed_for_this_server_proves_who_it_is() {
        for algorithm in KeyAlgorithm::ALL {
            assert!(accepted(&claims(), "JWT", &key(algorithm, 1)));
            assert!(accepted(&claims(), "client-authentication+jwt", &key(algorithm, 1)));
            assert!(!accepted(&claims(), "at+jwt", &key(algorithm, 1)), "an access token is none");
            assert!(!accepted(&claims(), "JWT", &key(algorithm, 2)), "another key");
        }
    }

    #[test]
    fn one_for_somebody_else_or_another_time_does_not() {
        for (name, value) in [
            ("iss", json!("d")),
            ("sub", json!("d")),
            ("aud", json!("https://other.example")),
            ("aud", json!("https://todo.example.evil.example")),
            ("aud", json!([])),
            ("exp", json!(NOW - 6)),
            ("exp", json!(NOW + 601)),
            ("exp", json!(i64::MAX)),
            ("nbf", json!(NOW + 60)),
            ("jti", json!("")),
            ("jti", json!("x".repeat(257))),
            ("jti", json!(7)),
        ] {
            let mut changed = claims();
            changed[name] = value;
            assert!(!accepted(&changed, "JWT", &key(KeyAlgorithm::EdDsa, 1)), "{changed}");
        }
        for name in ["iss", "aud", "exp", "jti"] {
            let mut changed = claims();
            changed.as_object_mut().unwrap().remove(name);
            assert!(!accepted(&changed, "JWT", &key(KeyAlgorithm::EdDsa, 1)), "without {name}");
        }
        for audience in [json!(["x", URL]), json!("https://todo.example/api/auth/oauth2/token")] {
            let mut changed = claims();
            changed["aud"] = audience;
            assert!(accepted(&changed, "JWT", &key(KeyAlgorithm::EdDsa, 1)), "{changed}");
        }
    }
}
