//! Tokens of another issuer: which are accepted, and how each other one is told apart.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod accepted;
mod keys;
mod refused;

use std::sync::OnceLock;

use access_token::{Claims, Issuer, IssuerKey, KeyAlgorithm, Recipient, Secret, SigningKey, VerifyError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use hmac::{Hmac, KeyInit, Mac};
use rsa::pkcs1v15;
use rsa::signature::SignatureEncoding as _;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use sha2::Sha256;
use web_origin::Origin;

const ISSUER: &str = "https://id.example/realms/todo";
const APP: &str = "https://todo.example";
const NOW: i64 = 1_795_000_000;
const SECRET: &str = "a secret that both servers have, long enough";

fn issuer() -> Issuer {
    Issuer::new(ISSUER).unwrap()
}

fn secret() -> Secret {
    Secret::new(SECRET).unwrap()
}

fn payload() -> Value {
    json!({"iss": ISSUER, "aud": APP, "sub": "ann", "exp": NOW + 900, "scope": "tasks:read"})
}

fn with(name: &str, value: Value) -> Value {
    let mut payload = payload();
    payload[name] = value;
    payload
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token of this header and payload, with whatever `sign` makes of them as its signature.
fn token(header: &Value, payload: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", encode(header.to_string()), encode(payload.to_string()));
    let signature = encode(sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// With a right signature by the key that the header names: made by other code than the one that is tested.
fn signed(header: &Value, payload: &Value) -> String {
    token(header, payload, |message| match header["alg"].as_str().unwrap() {
        "EdDSA" => ed25519_dalek::SigningKey::from_bytes(&[7; 32]).sign(message).to_bytes().to_vec(),
        "ES256" => {
            let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
            let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(&key, message);
            signature.to_bytes().to_vec()
        }
        "HS256" => hmac(SECRET.as_bytes(), message),
        _ => pkcs1v15::SigningKey::<Sha256>::new(rsa_key().clone()).sign(message).to_vec(),
    })
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(message).finalize().into_bytes().to_vec()
}

fn rsa_key() -> &'static rsa::PrivateKey {
    static KEY: OnceLock<rsa::PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| rsa::PrivateKey::new(&mut UnwrapErr(SysRng), 2048).unwrap())
}

fn rsa_jwk() -> Value {
    let key = rsa_key().to_public_key();
    let number = |number: &[u8]| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        encode(&number[zeros..])
    };
    let (modulus, exponent) = (key.n().to_be_bytes(), key.e().to_be_bytes());
    json!({"kty": "RSA", "n": number(&modulus), "e": number(&exponent), "kid": "rs", "alg": "RS256", "use": "sig"})
}

fn jwk(id: &str, algorithm: KeyAlgorithm) -> Value {
    SigningKey::new(id.to_owned(), algorithm, &[7; 32]).unwrap().public_key().to_jwk()
}

/// One key of each kind: `ed`, `es` and `rs`.
fn keys() -> Vec<IssuerKey> {
    let set = json!({"keys": [jwk("ed", KeyAlgorithm::EdDsa), jwk("es", KeyAlgorithm::Es256), rsa_jwk()]});
    let keys = IssuerKey::read_set(&set).unwrap();
    assert_eq!(keys.len(), 3);
    keys
}

fn verify(issuer: &Issuer, token: &str) -> Result<Claims, VerifyError> {
    let app = Origin::new(APP).unwrap();
    issuer.verify(&keys(), token, &Recipient::app(&app), NOW)
}
