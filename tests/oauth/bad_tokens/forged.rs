//! Tokens that a stranger signs: with no algorithm, with another one, with a key of their own, or with what is public taken for a
//! secret (RFC 8725, section 2.1).

use serde_json::{Value, json};

use super::{Bad, Known};
use crate::tokens::{decode, ed25519_jwk, eddsa, encode, es256, hs256, message, p256_jwk, with_signature};

pub fn tokens(known: &Known) -> Vec<Bad> {
    let mut all = Vec::new();
    let claims = &known.claims;
    let id = known.key["kid"].as_str().unwrap();
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let message = message(&json!({"alg": none, "typ": "at+jwt", "kid": id}), claims);
        all.push((format!("algorithm {none:?}, no signature"), format!("{message}.")));
        all.push((format!("algorithm {none:?}, a signature"), with_signature(&message, [7; 64])));
    }
    for other in
        ["HS384", "HS512", "RS256", "RS512", "PS256", "ES384", "ES512", "ES256K", "Ed448", "ECDH-ES", "dir"]
    {
        let header = json!({"alg": other, "typ": "at+jwt", "kid": id});
        all.push((format!("algorithm {other}"), hs256(&header, claims, &[7; 32])));
    }
    // What is public, taken for the secret.
    let x = decode(known.key["x"].as_str().unwrap());
    let secrets: [(&str, Vec<u8>); 6] = [
        ("nothing", vec![0]),
        ("the public key's bytes", x.clone()),
        ("the public key's text", known.key["x"].as_str().unwrap().into()),
        ("the public key's document", known.key.to_string().into()),
        ("the key's id", id.into()),
        ("the app's name", known.url.clone().into()),
    ];
    for (what, secret) in secrets {
        for header in
            [json!({"alg": "HS256", "typ": "at+jwt", "kid": id}), json!({"alg": "HS256", "typ": "JWT"})]
        {
            all.push((format!("HS256 with {what}: {header}"), hs256(&header, claims, &secret)));
        }
    }
    // A key of the stranger's own, in the name of the app's, or brought along.
    let own = |name: &str, value: Value| known.with_header(name, value);
    let (jwk, p256) = (ed25519_jwk(9, id), p256_jwk(9, id));
    let point = encode(&x);
    all.extend(
        [
            ("Ed25519 in the name of the app's key", eddsa(&known.header, claims, 9)),
            ("Ed25519 without a name", eddsa(&own("kid", Value::Null), claims, 9)),
            ("Ed25519 with a key in the header", eddsa(&own("jwk", jwk), claims, 9)),
            (
                "Ed25519 with the address of keys",
                eddsa(&own("jku", json!("https://evil.example/jwks")), claims, 9),
            ),
            (
                "Ed25519 with the address of a certificate",
                eddsa(&own("x5u", json!("https://evil.example/x")), claims, 9),
            ),
            ("Ed25519 with a certificate", eddsa(&own("x5c", json!([point])), claims, 9)),
            ("P-256 in the name of the app's key", es256(&own("alg", json!("ES256")), claims, 9)),
            (
                "P-256 with a key in the header",
                es256(&json!({"alg": "ES256", "typ": "at+jwt", "jwk": p256}), claims, 9),
            ),
            ("Ed25519 called P-256", eddsa(&own("alg", json!("ES256")), claims, 9)),
            ("P-256 called Ed25519", es256(&known.header, claims, 9)),
            ("Ed25519 called HS256", eddsa(&own("alg", json!("HS256")), claims, 9)),
            ("an extension that has to be understood", eddsa(&own("crit", json!(["exp"])), claims, 9)),
            ("a payload that is not encoded", eddsa(&own("b64", json!(false)), claims, 9)),
            ("a compressed payload", eddsa(&own("zip", json!("DEF")), claims, 9)),
        ]
        .map(|(what, token)| (what.to_owned(), token)),
    );
    for id in [
        json!(""),
        json!("unknown"),
        json!("../../../dev/null"),
        json!("' OR true--"),
        json!("https://evil.example/key"),
        json!("A".repeat(27)),
        json!(format!("{id}A")),
        json!(7),
        json!(["a"]),
        json!({"a": 1}),
        json!("k".repeat(4_000)),
    ] {
        let header = known.with_header("kid", id.clone());
        all.push((format!("a key called {:.40}", id.to_string()), eddsa(&header, claims, 9)));
    }
    // The app's own signature under other claims.
    let (_, signature) = known.token.rsplit_once('.').unwrap();
    for (name, value) in [
        ("sub", json!("00000000-0000-4000-8000-000000000000")),
        ("scope", json!("admin")),
        ("exp", json!(9_999_999_999_i64)),
    ] {
        let moved = message(&known.header, &known.with(name, value));
        all.push((format!("the signature of a token with another {name}"), format!("{moved}.{signature}")));
    }
    all
}
