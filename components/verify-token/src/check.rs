//! From the header to the user.

use access_token::{Claims, Recipient, Verifier, VerifyError, bearer_token};

use crate::bindings::exports::todo::identity::verifier::{Principal, Rejection};

/// Who sent this `Authorization` header to the recipient, at `now` in seconds since 1970-01-01T00:00:00Z.
pub fn check(
    verifier: &Verifier,
    recipient: &Recipient<'_>,
    authorization: &str,
    now: i64,
) -> Result<Principal, Rejection> {
    let token = bearer_token(authorization).ok_or(Rejection::Malformed)?;
    verifier.verify(token, recipient, now).map(principal).map_err(rejection)
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
fn rejection(error: VerifyError) -> Rejection {
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
    use access_token::{Claims, Recipient, Secret, Signer, Verifier};
    use web_origin::Origin;

    use crate::bindings::exports::todo::identity::verifier::{Principal, Rejection};

    const NOW: i64 = 1_795_000_000;
    const USER: &str = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11";

    fn secret(letter: &str) -> Secret {
        Secret::new(&letter.repeat(32)).unwrap()
    }

    fn header(origin: &str, key: &str) -> String {
        let issuer = Origin::new(origin).unwrap();
        let claims = Claims {
            scope: "tasks:read chat".to_owned(),
            zoneinfo: Some("Asia/Tokyo".to_owned()),
            ..Claims::new(&issuer, USER.parse().unwrap(), NOW, 900)
        };
        format!("Bearer {}", Signer::new(&secret(key)).sign(&claims).unwrap())
    }

    fn check(authorization: &str, now: i64) -> Result<Principal, Rejection> {
        let app = Origin::new("https://todo.example").unwrap();
        super::check(&Verifier::new([&secret("a")]), &Recipient::app(&app), authorization, now)
    }

    #[test]
    fn a_good_token_names_its_user() {
        let user = check(&header("https://todo.example", "a"), NOW).unwrap();
        assert_eq!(user.user_id, USER);
        assert_eq!(user.scopes, ["tasks:read", "chat"]);
        assert_eq!(user.time_zone.as_deref(), Some("Asia/Tokyo"));
        assert_eq!(user.email, None);
        assert_eq!(user.expires_at, NOW + 900);
    }

    #[test]
    fn each_refusal_says_what_to_do_next() {
        let good = header("https://todo.example", "a");
        assert!(matches!(check(&good, NOW + 1000), Err(Rejection::Expired)));
        assert!(matches!(check("Basic abc", NOW), Err(Rejection::Malformed)));
        assert!(matches!(check("Bearer abc", NOW), Err(Rejection::Malformed)));
        let forged = header("https://todo.example", "b");
        assert!(matches!(check(&forged, NOW), Err(Rejection::Untrusted)));
        let elsewhere = header("https://other.example", "a");
        assert!(matches!(check(&elsewhere, NOW), Err(Rejection::Untrusted)));
    }
}
