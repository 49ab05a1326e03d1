//! Which tokens are accepted, and how each other one is told apart.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use access_token::{Audience, Claims, Recipient, Secret, Signer, Verifier, VerifyError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;
use web_origin::Origin;

const NOW: i64 = 1_795_000_000;
const USER: &str = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11";

fn secret(letter: char) -> Secret {
    Secret::new(&letter.to_string().repeat(40)).unwrap()
}

fn issuer() -> Origin {
    Origin::new("https://todo.example").unwrap()
}

fn verify(token: &str, now: i64) -> Result<Claims, VerifyError> {
    Verifier::new([&secret('a')]).verify(token, &Recipient::app(&issuer()), now)
}

fn claims() -> Claims {
    Claims {
        scope: "tasks:read tasks:write".to_owned(),
        email: Some("ann@example.org".to_owned()),
        name: Some("Ann".to_owned()),
        zoneinfo: Some("Europe/Berlin".to_owned()),
        jti: Some("t1".to_owned()),
        ..Claims::new(&issuer(), USER.parse().unwrap(), NOW, 900)
    }
}

fn token_of(claims: &Claims) -> String {
    Signer::new(&secret('a')).sign(claims).unwrap()
}

/// A token built by hand, whatever its header and payload say, with a right HS256 signature.
fn handmade(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(payload));
    let mac =
        Hmac::<Sha256>::new_from_slice(secret('a').as_bytes()).unwrap().chain_update(&message).finalize();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
}

fn payload() -> Value {
    json!({"iss": "https://todo.example", "aud": "https://todo.example", "sub": USER, "exp": NOW + 900})
}

fn with(name: &str, value: Value) -> Value {
    let mut payload = payload();
    payload[name] = value;
    payload
}

fn without(name: &str) -> Value {
    let mut payload = payload();
    payload.as_object_mut().unwrap().remove(name);
    payload
}

#[test]
fn a_signed_token_is_read_back_with_every_claim() {
    let read = verify(&token_of(&claims()), NOW).unwrap();
    assert_eq!(read, claims());
    assert_eq!(read.scopes().collect::<Vec<_>>(), ["tasks:read", "tasks:write"]);
    assert_eq!(read.sub, USER.parse::<Uuid>().unwrap());
}

#[test]
fn a_token_of_another_library_is_read() {
    let token =
        handmade(&json!({"alg": "HS256", "typ": "JWT"}), &with("aud", json!(["x", "https://todo.example"])));
    let read = verify(&token, NOW).unwrap();
    assert_eq!(read.aud, Audience::Many(vec!["x".to_owned(), "https://todo.example".to_owned()]));
    assert_eq!(read.scopes().count(), 0, "no scope claim allows nothing");
    let untyped = handmade(&json!({"alg": "HS256"}), &payload());
    assert!(verify(&untyped, NOW).is_ok());
}

#[test]
fn a_token_is_valid_until_it_expires_and_no_longer_than_the_leeway() {
    let token = token_of(&claims());
    assert!(verify(&token, NOW + 899).is_ok());
    assert!(verify(&token, NOW + 904).is_ok());
    assert_eq!(verify(&token, NOW + 905), Err(VerifyError::Expired));
    let later = token_of(&Claims { nbf: Some(NOW + 60), ..claims() });
    assert_eq!(verify(&later, NOW), Err(VerifyError::NotYetValid));
    assert!(verify(&later, NOW + 55).is_ok());
}

#[test]
fn the_secret_before_is_accepted_while_it_is_being_changed() {
    let old = Signer::new(&secret('o')).sign(&claims()).unwrap();
    assert_eq!(verify(&old, NOW), Err(VerifyError::BadSignature));
    let rotating = Verifier::new([&secret('a'), &secret('o')]);
    let verify = |token: &str, now| rotating.verify(token, &Recipient::app(&issuer()), now);
    assert!(verify(&old, NOW).is_ok());
    assert!(verify(&token_of(&claims()), NOW).is_ok());
    assert_eq!(verify(&old, NOW + 905), Err(VerifyError::Expired));
}

#[test]
fn a_changed_token_is_refused() {
    let token = token_of(&claims());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let forged = format!("{}.{signature}", message.replacen("eyJ", "eyK", 1));
    assert!(verify(&forged, NOW).is_err());
    let other_user = handmade(&json!({"alg": "HS256"}), &with("sub", json!(Uuid::nil())));
    let (other_message, _) = other_user.rsplit_once('.').unwrap();
    assert_eq!(verify(&format!("{other_message}.{signature}"), NOW), Err(VerifyError::BadSignature));
    assert_eq!(verify(&format!("{message}."), NOW), Err(VerifyError::BadSignature));
    assert_eq!(verify(&format!("{message}.{}", &signature[..20]), NOW), Err(VerifyError::BadSignature));
}

#[test]
fn the_algorithm_is_not_taken_from_the_token() {
    for algorithm in ["HS384", "HS512", "RS256", "ES256", "EdDSA"] {
        let token = handmade(&json!({"alg": algorithm, "typ": "JWT"}), &payload());
        assert_eq!(verify(&token, NOW), Err(VerifyError::WrongAlgorithm), "{algorithm}");
    }
    for algorithm in ["none", "None", "", "hs256"] {
        let token = handmade(&json!({"alg": algorithm, "typ": "JWT"}), &payload());
        assert_eq!(verify(&token, NOW), Err(VerifyError::Malformed), "{algorithm}");
        let (message, _) = token.rsplit_once('.').unwrap();
        assert_eq!(verify(&format!("{message}."), NOW), Err(VerifyError::Malformed), "{algorithm}");
    }
}

#[test]
fn a_token_for_something_else_is_refused() {
    let header = json!({"alg": "HS256", "typ": "JWT"});
    for (payload, error) in [
        (with("iss", json!("https://evil.example")), VerifyError::WrongIssuer),
        (with("iss", json!("https://todo.example.evil.example")), VerifyError::WrongIssuer),
        (with("aud", json!("https://evil.example")), VerifyError::WrongAudience),
        (with("aud", json!(["https://evil.example"])), VerifyError::WrongAudience),
        (with("iss", json!(["https://todo.example"])), VerifyError::Malformed),
        (with("aud", json!([])), VerifyError::WrongAudience),
        (with("aud", json!(7)), VerifyError::Malformed),
        (with("sub", json!("ann")), VerifyError::Malformed),
        (with("exp", json!("tomorrow")), VerifyError::Malformed),
        (with("exp", json!(-1)), VerifyError::Malformed),
        (with("scope", json!(["tasks:read"])), VerifyError::Malformed),
        (without("iss"), VerifyError::Malformed),
        (without("aud"), VerifyError::Malformed),
        (without("sub"), VerifyError::Malformed),
        (without("exp"), VerifyError::Malformed),
    ] {
        assert_eq!(verify(&handmade(&header, &payload), NOW), Err(error), "{payload}");
    }
    let logout = handmade(&json!({"alg": "HS256", "typ": "logout+jwt"}), &payload());
    assert_eq!(verify(&logout, NOW), Err(VerifyError::WrongType));
    let critical = handmade(&json!({"alg": "HS256", "crit": ["b64"], "b64": false}), &payload());
    assert_eq!(verify(&critical, NOW), Err(VerifyError::Malformed));
}

#[test]
fn what_is_no_token_is_refused() {
    let long = "a".repeat(9000);
    for text in ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "💥.💥.💥", long.as_str()] {
        assert_eq!(verify(text, NOW), Err(VerifyError::Malformed), "{text}");
    }
}

#[test]
fn a_token_for_a_resource_is_good_for_it_alone() {
    let of = |audience: &str| {
        let claims = Claims {
            aud: Audience::One(audience.to_owned()),
            ..Claims::new(&issuer(), USER.parse().unwrap(), NOW, 900)
        };
        Signer::new(&secret('a')).sign(&claims).unwrap()
    };
    let whole = issuer().as_str().to_owned();
    let resource = format!("{whole}/mcp");
    let verifier = Verifier::new([&secret('a')]);
    let app = issuer();
    let at_resource = |audience: &str| verifier.verify(&of(audience), &Recipient::part(&app, &resource), NOW);
    assert!(at_resource(&resource).is_ok());
    assert!(at_resource(&whole).is_ok());
    assert_eq!(at_resource(&format!("{whole}/other")).unwrap_err(), VerifyError::WrongAudience);
    assert_eq!(verify(&of(&resource), NOW).unwrap_err(), VerifyError::WrongAudience);
}

#[test]
fn each_name_of_an_app_takes_its_own_tokens_alone() {
    let names =
        ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "http://localhost:3001"];
    let verifier = Verifier::new([&secret('a')]);
    for issuing in names {
        let claims = Claims::new(&Origin::new(issuing).unwrap(), USER.parse().unwrap(), NOW, 900);
        let token = token_of(&claims);
        for asked in names {
            let answer = verifier.verify(&token, &Recipient::app(&Origin::new(asked).unwrap()), NOW);
            let expected = if asked == issuing { Ok(claims.clone()) } else { Err(VerifyError::WrongIssuer) };
            assert_eq!(answer, expected, "{issuing} at {asked}");
        }
    }
}
