//! From the token to the user.

use access_token::{Claims, Issuer, IssuerKey, PublicKey, Recipient, Verifier, VerifyError};

use crate::bindings::exports::todo::identity::verifier::{Principal, Rejection};

/// Who sent this token to the recipient, at `now` in seconds since 1970-01-01T00:00:00Z. It is signed with the shared secret, or with
/// one of these keys.
pub fn own(
    verifier: &Verifier,
    keys: &[PublicKey],
    token: &str,
    recipient: &Recipient<'_>,
    now: i64,
) -> Result<Principal, VerifyError> {
    verifier.verify_with(keys, token, recipient, now).map(principal)
}

/// Who sent this token of another issuer, which is signed with the secret that is shared with it, or with one of these keys of its.
pub fn other(
    issuer: &Issuer,
    keys: &[IssuerKey],
    token: &str,
    recipient: &Recipient<'_>,
    now: i64,
) -> Result<Principal, VerifyError> {
    issuer.verify(keys, token, recipient, now).map(principal)
}

/// Why a token is none of ours for this recipient, in a word for the audit log; nothing for one that is too old or can't be read.
pub const fn forgery(error: &VerifyError) -> Option<&'static str> {
    match error {
        VerifyError::Malformed | VerifyError::Expired | VerifyError::NotYetValid => None,
        VerifyError::BadSignature => Some("bad_signature"),
        VerifyError::WrongAlgorithm => Some("wrong_algorithm"),
        VerifyError::WrongType => Some("wrong_type"),
        VerifyError::WrongIssuer => Some("wrong_issuer"),
        VerifyError::WrongAudience => Some("wrong_audience"),
    }
}

fn principal(claims: Claims) -> Principal {
    Principal {
        user_id: claims.sub.to_string(),
        scopes: claims.scopes().map(str::to_owned).collect(),
        email: claims.email,
        name: claims.name,
        time_zone: claims.zoneinfo,
        expires_at: claims.exp,
    }
}

/// What the caller does next decides the case.
pub fn rejection(error: VerifyError) -> Rejection {
    match error {
        VerifyError::Malformed => Rejection::Malformed,
        VerifyError::Expired | VerifyError::NotYetValid => Rejection::Expired,
        VerifyError::BadSignature
        | VerifyError::WrongAlgorithm
        | VerifyError::WrongType
        | VerifyError::WrongIssuer
        | VerifyError::WrongAudience => Rejection::Untrusted,
    }
}

#[cfg(test)]
mod tests {
    use access_token::{Claims, KeyAlgorithm, PublicKey, Recipient, Secret, Signer, SigningKey, Verifier};
    use web_origin::Origin;

    use crate::bindings::exports::todo::identity::verifier::{Principal, Rejection};

    const NOW: i64 = 1_795_000_000;
    const USER: &str = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11";

    fn secret(letter: &str) -> Secret {
        Secret::new(&letter.repeat(32)).unwrap()
    }

    fn key(number: u8) -> SigningKey {
        SigningKey::new(format!("key-{number}"), KeyAlgorithm::EdDsa, &[number; 32]).unwrap()
    }

    fn token(origin: &str, signer: &Signer) -> String {
        let issuer = Origin::new(origin).unwrap();
        let claims = Claims {
            scope: "tasks:read chat".to_owned(),
            zoneinfo: Some("Asia/Tokyo".to_owned()),
            ..Claims::new(&issuer, USER.parse().unwrap(), NOW, 900)
        };
        signer.sign(&claims).unwrap()
    }

    fn check(token: &str, now: i64) -> Result<Principal, Rejection> {
        let app = Origin::new("https://todo.example").unwrap();
        let keys: [PublicKey; 1] = [key(1).public_key().clone()];
        let verifier = Verifier::new([&secret("a")]);
        super::own(&verifier, &keys, token, &Recipient::app(&app), now).map_err(super::rejection)
    }

    #[test]
    fn a_good_token_names_its_user() {
        for signer in [Signer::new(&secret("a")), Signer::with_key(&key(1))] {
            let user = check(&token("https://todo.example", &signer), NOW).unwrap();
            assert_eq!(user.user_id, USER);
            assert_eq!(user.scopes, ["tasks:read", "chat"]);
            assert_eq!(user.time_zone.as_deref(), Some("Asia/Tokyo"));
            assert_eq!(user.email, None);
            assert_eq!(user.expires_at, NOW + 900);
        }
    }

    #[test]
    fn each_refusal_says_what_to_do_next() {
        let signer = Signer::new(&secret("a"));
        let good = token("https://todo.example", &signer);
        assert!(matches!(check(&good, NOW + 1000), Err(Rejection::Expired)));
        assert!(matches!(check("abc", NOW), Err(Rejection::Malformed)));
        for forger in [Signer::new(&secret("b")), Signer::with_key(&key(2))] {
            let forged = token("https://todo.example", &forger);
            assert!(matches!(check(&forged, NOW), Err(Rejection::Untrusted)));
        }
        let elsewhere = token("https://other.example", &signer);
        assert!(matches!(check(&elsewhere, NOW), Err(Rejection::Untrusted)));
    }
}
