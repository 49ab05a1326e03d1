use access_token::{IssuerKey, KeyAlgorithm, MAX_KEYS};
use serde_json::{Value, json};

use crate::{encode, issuer, jwk, payload, rsa_jwk, signed};

fn altered(mut jwk: Value, name: &str, value: Value) -> Value {
    jwk[name] = value;
    jwk
}

#[test]
fn what_is_no_public_key_for_these_signatures_is_passed_over() {
    let ed = || jwk("ed", KeyAlgorithm::EdDsa);
    for jwk in [
        json!({}),
        json!({"kty": "oct", "k": "AAAA", "alg": "HS256"}),
        altered(ed(), "d", json!("AAAA")),
        altered(ed(), "use", json!("enc")),
        altered(ed(), "alg", json!("ES256")),
        altered(ed(), "key_ops", json!(["sign"])),
        altered(ed(), "key_ops", json!("verify")),
        altered(ed(), "crv", json!("X25519")),
        altered(ed(), "x", json!("AAAA")),
        altered(rsa_jwk(), "d", json!("AAAA")),
        altered(rsa_jwk(), "use", json!("enc")),
        altered(rsa_jwk(), "alg", json!("PS256")),
        // Too small, too large, and an exponent with which anybody signs.
        altered(rsa_jwk(), "n", json!(encode([0xff; 128]))),
        altered(rsa_jwk(), "n", json!(encode([0xff; 513]))),
        altered(rsa_jwk(), "e", json!(encode([1]))),
        altered(rsa_jwk(), "e", json!(encode([0xff; 5]))),
        altered(rsa_jwk(), "n", json!("not base64!")),
    ] {
        assert!(IssuerKey::from_jwk(&jwk).is_none(), "{jwk}");
    }
    for jwk in [ed(), rsa_jwk(), altered(ed(), "key_ops", json!(["verify"]))] {
        assert!(IssuerKey::from_jwk(&jwk).is_some(), "{jwk}");
    }
}

#[test]
fn a_set_is_read_as_far_as_it_is_understood() {
    for document in [json!([]), json!({}), json!({"keys": {}}), json!("keys")] {
        assert!(IssuerKey::read_set(&document).is_none(), "{document}");
    }
    let set = json!({"keys": [{"kty": "new"}, jwk("ed", KeyAlgorithm::EdDsa), 7]});
    assert_eq!(IssuerKey::read_set(&set).unwrap().len(), 1);
    let many: Vec<Value> = (0..100).map(|number| jwk(&number.to_string(), KeyAlgorithm::EdDsa)).collect();
    assert_eq!(IssuerKey::read_set(&json!({ "keys": many })).unwrap().len(), MAX_KEYS);
}

#[test]
fn a_token_says_which_key_it_needs() {
    let needed =
        issuer().needed_key(&signed(&json!({"alg": "EdDSA", "kid": "ed"}), &payload())).unwrap().unwrap();
    let is = |id, algorithm| needed.is(&IssuerKey::from_jwk(&jwk(id, algorithm)).unwrap());
    assert!(is("ed", KeyAlgorithm::EdDsa));
    assert!(!is("ed", KeyAlgorithm::Es256) && !is("other", KeyAlgorithm::EdDsa));
}
