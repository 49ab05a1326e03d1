//! Tokens made by hand, independently of the code under test.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// Bytes as tokens write them.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What a part of a token or a coordinate of a key stands for.
pub fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

/// Header and claims as they are signed.
pub fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string()), encode(claims.to_string()))
}

/// A token with this signature.
pub fn with_signature(message: &str, signature: impl AsRef<[u8]>) -> String {
    format!("{message}.{}", encode(signature))
}

/// A token signed by HMAC-SHA-256 with this key.
pub fn hs256(header: &Value, claims: &Value, key: &[u8]) -> String {
    let message = message(header, claims);
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("a key").chain_update(&message);
    with_signature(&message, mac.finalize().into_bytes())
}

/// A token signed by Ed25519 with the key of this seed.
pub fn eddsa(header: &Value, claims: &Value, seed: u8) -> String {
    let message = message(header, claims);
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    with_signature(&message, key.sign(message.as_bytes()).to_bytes())
}

/// A token signed by ECDSA with the key of this scalar on P-256.
pub fn es256(header: &Value, claims: &Value, scalar: u8) -> String {
    let message = message(header, claims);
    let key = p256::ecdsa::SigningKey::from_slice(&[scalar; 32]).expect("a scalar");
    let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(&key, message.as_bytes());
    with_signature(&message, signature.to_bytes())
}

/// The public key of this seed of Ed25519 as a JSON Web Key.
pub fn ed25519_jwk(seed: u8, id: &str) -> Value {
    let public = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).verifying_key();
    serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": encode(public.to_bytes()), "kid": id})
}

/// The public key of this scalar on P-256 as a JSON Web Key.
pub fn p256_jwk(scalar: u8, id: &str) -> Value {
    let key = p256::ecdsa::SigningKey::from_slice(&[scalar; 32]).expect("a scalar");
    let point = key.verifying_key().to_sec1_point(false);
    let bytes = point.as_bytes();
    serde_json::json!({
        "kty": "EC", "crv": "P-256", "x": encode(&bytes[1..33]), "y": encode(&bytes[33..]), "kid": id,
    })
}

/// The header of a token.
pub fn header(token: &str) -> Value {
    let part = token.split('.').next().expect("a token");
    serde_json::from_slice(&decode(part)).expect("JSON")
}

/// Whether one of these published keys signed a token.
pub fn is_signed(token: &str, jwks: &Value) -> bool {
    let (message, signature) = token.rsplit_once('.').expect("a token");
    let signature = decode(signature);
    let id = header(token)["kid"].clone();
    let keys = jwks["keys"].as_array().expect("keys");
    let Some(key) = keys.iter().find(|key| key["kid"] == id) else { return false };
    assert_eq!(header(token)["alg"], key["alg"]);
    let coordinate = |name: &str| decode(key[name].as_str().expect("a coordinate"));
    if key["kty"] == "OKP" {
        let bytes: [u8; 32] = coordinate("x").try_into().expect("32 bytes");
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).expect("a point");
        let signature = ed25519_dalek::Signature::from_slice(&signature).expect("a signature");
        return key.verify_strict(message.as_bytes(), &signature).is_ok();
    }
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).expect("a point");
    let signature = p256::ecdsa::Signature::from_slice(&signature).expect("a signature");
    p256::ecdsa::signature::Verifier::verify(&key, message.as_bytes(), &signature).is_ok()
}
