use access_token::{Issuer, VerifyError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::{ISSUER, NOW, encode, hmac, issuer, payload, rsa_jwk, secret, signed, token, verify, with};

fn ed() -> Value {
    json!({"alg": "EdDSA", "kid": "ed"})
}

/// Both that a token is refused, and that none of those which can't be good has a key looked for.
fn refusal(issuer: &Issuer, token: &str) -> VerifyError {
    let error = verify(issuer, token).unwrap_err();
    if matches!(error, VerifyError::WrongAlgorithm | VerifyError::WrongIssuer | VerifyError::WrongType) {
        assert!(issuer.needed_key(token).is_err(), "{token}");
    }
    error
}

#[test]
fn no_algorithm_but_those_of_its_keys_is_taken() {
    for algorithm in ["none", "None", "HS256", "HS384", "HS512", "RS384", "RS512", "PS256", "ES384", "ES256K"]
    {
        for kid in ["ed", "es", "rs"] {
            let forged = token(&json!({"alg": algorithm, "kid": kid}), &payload(), |message| {
                // The public key as the secret: the oldest of confusions.
                let modulus = URL_SAFE_NO_PAD.decode(rsa_jwk()["n"].as_str().unwrap()).unwrap();
                if algorithm == "none" { Vec::new() } else { hmac(&modulus, message) }
            });
            let error = refusal(&issuer(), &forged);
            assert!(
                matches!(error, VerifyError::WrongAlgorithm | VerifyError::Malformed),
                "{algorithm} {kid}: {error}"
            );
        }
    }
    let forged = token(&json!({"alg": "HS256"}), &payload(), |message| hmac(&[7; 32], message));
    assert_eq!(refusal(&issuer().with_secret(Some(secret())), &forged), VerifyError::BadSignature);
}

#[test]
fn a_key_checks_its_own_algorithm_alone() {
    for (algorithm, kid) in
        [("EdDSA", "es"), ("EdDSA", "rs"), ("ES256", "ed"), ("ES256", "rs"), ("RS256", "ed"), ("RS256", "es")]
    {
        let token = signed(&json!({"alg": algorithm, "kid": kid}), &payload());
        assert_eq!(refusal(&issuer(), &token), VerifyError::BadSignature, "{algorithm} {kid}");
    }
    let unknown = signed(&json!({"alg": "EdDSA", "kid": "another"}), &payload());
    assert_eq!(refusal(&issuer(), &unknown), VerifyError::BadSignature);
}

#[test]
fn a_signature_that_is_not_its_own_is_refused() {
    for (algorithm, kid) in [("EdDSA", "ed"), ("ES256", "es"), ("RS256", "rs")] {
        let header = json!({"alg": algorithm, "kid": kid});
        let good = signed(&header, &payload());
        let (message, signature) = good.rsplit_once('.').unwrap();
        let other = encode(with("sub", json!("bob")).to_string());
        let header = message.split('.').next().unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        for (name, forged) in [
            ("another payload", format!("{header}.{other}.{signature}")),
            ("a flipped bit", format!("{message}.{}", encode(flipped))),
            ("cut off", format!("{message}.{}", encode(&bytes[..bytes.len() - 1]))),
            ("longer", format!("{message}.{}", encode([&bytes[..], &[0]].concat()))),
            ("zeros", format!("{message}.{}", encode(vec![0; bytes.len()]))),
            ("ones", format!("{message}.{}", encode(vec![255; bytes.len()]))),
            ("empty", format!("{message}.")),
        ] {
            let error = verify(&issuer(), &forged).unwrap_err();
            assert!(
                matches!(error, VerifyError::BadSignature | VerifyError::Malformed),
                "{algorithm} {name}: {error}"
            );
        }
    }
}

#[test]
fn each_claim_is_checked() {
    for (name, value, refused) in [
        ("iss", json!("https://id.example/realms/todo/"), VerifyError::WrongIssuer),
        ("iss", json!("https://ID.example/realms/todo"), VerifyError::WrongIssuer),
        ("iss", json!("https://todo.example"), VerifyError::WrongIssuer),
        ("iss", json!([ISSUER]), VerifyError::Malformed),
        ("aud", json!("https://todo.example.evil.example"), VerifyError::WrongAudience),
        ("aud", json!(["account"]), VerifyError::WrongAudience),
        ("aud", json!([]), VerifyError::WrongAudience),
        ("aud", json!({}), VerifyError::Malformed),
        ("exp", json!(NOW - 5), VerifyError::Expired),
        ("exp", json!(0), VerifyError::Expired),
        ("exp", json!("2027-01-01"), VerifyError::Malformed),
        ("nbf", json!(NOW + 6), VerifyError::NotYetValid),
        ("nbf", json!("soon"), VerifyError::Malformed),
        ("sub", json!(""), VerifyError::Malformed),
        ("sub", json!(7), VerifyError::Malformed),
        ("sub", json!("x".repeat(256)), VerifyError::Malformed),
        ("sub", json!("ann\u{0}"), VerifyError::Malformed),
        ("scope", json!({"tasks": true}), VerifyError::Malformed),
    ] {
        for header in [ed(), json!({"alg": "RS256", "kid": "rs"})] {
            assert_eq!(
                refusal(&issuer(), &signed(&header, &with(name, value.clone()))),
                refused,
                "{name} {value}"
            );
        }
    }
    for name in ["iss", "aud", "sub", "exp"] {
        for header in [ed(), json!({"alg": "RS256", "kid": "rs"})] {
            let mut payload = payload();
            payload.as_object_mut().unwrap().remove(name);
            assert_eq!(refusal(&issuer(), &signed(&header, &payload)), VerifyError::Malformed, "{name}");
        }
    }
    // Clocks may be five seconds apart.
    assert!(verify(&issuer(), &signed(&ed(), &with("exp", json!(NOW - 4)))).is_ok());
    assert!(verify(&issuer(), &signed(&ed(), &with("nbf", json!(NOW + 5)))).is_ok());
}

#[test]
fn headers_that_ask_for_more_and_tokens_for_something_else_are_refused() {
    for (header, refused) in [
        (json!({"alg": "EdDSA", "kid": "ed", "crit": ["b64"], "b64": false}), VerifyError::Malformed),
        (json!({"alg": "EdDSA", "kid": "ed", "crit": ["x"], "x": 1}), VerifyError::Malformed),
        (json!({"alg": "EdDSA", "kid": "ed", "typ": "dpop+jwt"}), VerifyError::WrongType),
        (json!({"alg": "EdDSA", "kid": "ed", "typ": "logout+jwt"}), VerifyError::WrongType),
        (json!({"kid": "ed"}), VerifyError::Malformed),
    ] {
        let token = token(&header, &payload(), |_| vec![1; 64]);
        assert_eq!(refusal(&issuer(), &token), refused, "{header}");
    }
    let long = signed(&ed(), &with("x", json!("x".repeat(9000))));
    assert_eq!(refusal(&issuer(), &long), VerifyError::Malformed);
    for text in ["", "a", "a.b", "a.b.c", "....", "eyJhbGciOiJFZERTQSJ9..", "eyJhbGciOiJFZERTQSJ9.e30"] {
        assert!(verify(&issuer(), text).is_err() && issuer().needed_key(text).is_err(), "{text}");
    }
}

#[test]
fn a_name_that_is_no_address_is_no_issuers() {
    let long = format!("https://id.example/{}", "x".repeat(512));
    for name in [
        "",
        "id.example",
        "ftp://id.example",
        "https://",
        "https:///x",
        "https://a?b",
        "https://a#b",
        "https://a b",
        &long,
    ] {
        assert!(Issuer::new(name).is_err(), "{name}");
    }
}
