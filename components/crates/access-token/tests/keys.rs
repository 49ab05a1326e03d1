//! Tokens that are signed with pairs of keys: which are accepted, and that a key checks what it was made for alone.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use access_token::{
    Claims, KeyAlgorithm, PublicKey, Recipient, Secret, Signer, SigningKey, Verifier, VerifyError,
    new_key_id, read_signed,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use web_origin::Origin;

const NOW: i64 = 1_795_000_000;
const USER: &str = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11";

fn secret() -> Secret {
    Secret::new(&"s".repeat(32)).unwrap()
}

fn key(algorithm: KeyAlgorithm, number: u8) -> SigningKey {
    let id = new_key_id(&secret(), [number; 12]);
    SigningKey::new(id, algorithm, &[number; 32]).unwrap()
}

fn issuer() -> Origin {
    Origin::new("https://todo.example").unwrap()
}

fn claims() -> Claims {
    Claims::new(&issuer(), USER.parse().unwrap(), NOW, 900)
}

fn verify(keys: &[PublicKey], token: &str, now: i64) -> Result<Claims, VerifyError> {
    Verifier::new([&secret()]).verify_with(keys, token, &Recipient::app(&issuer()), now)
}

fn public(keys: &[&SigningKey]) -> Vec<PublicKey> {
    keys.iter().map(|key| key.public_key().clone()).collect()
}

#[test]
fn a_token_is_checked_with_the_key_that_it_names() {
    let (ed, p256) = (key(KeyAlgorithm::EdDsa, 1), key(KeyAlgorithm::Es256, 2));
    let keys = public(&[&ed, &p256]);
    for signing in [&ed, &p256] {
        let token = Signer::with_key(signing).sign(&claims()).unwrap();
        assert_eq!(verify(&keys, &token, NOW).unwrap(), claims());
        assert_eq!(verify(&keys, &token, NOW + 905), Err(VerifyError::Expired));
        assert_eq!(verify(&[], &token, NOW), Err(VerifyError::WrongAlgorithm), "there are no keys");
        let others = public(&[&key(KeyAlgorithm::EdDsa, 8), &key(KeyAlgorithm::Es256, 9)]);
        assert_eq!(verify(&others, &token, NOW), Err(VerifyError::BadSignature));
        let other = Origin::new("https://other.example").unwrap();
        let refused = Verifier::new([&secret()]).verify_with(&keys, &token, &Recipient::app(&other), NOW);
        assert_eq!(refused, Err(VerifyError::WrongIssuer));
    }
    // Tokens of the secret go on counting.
    assert!(verify(&keys, &Signer::new(&secret()).sign(&claims()).unwrap(), NOW).is_ok());
}

#[test]
fn the_name_of_one_key_does_not_make_another_one_count() {
    let (ed, p256) = (key(KeyAlgorithm::EdDsa, 1), key(KeyAlgorithm::Es256, 2));
    let keys = public(&[&ed, &p256]);
    for (named, algorithm) in
        [(&ed, KeyAlgorithm::Es256), (&p256, KeyAlgorithm::EdDsa), (&ed, KeyAlgorithm::EdDsa)]
    {
        let forger = SigningKey::new(named.public_key().id().to_owned(), algorithm, &[7; 32]).unwrap();
        let token = Signer::with_key(&forger).sign(&claims()).unwrap();
        assert_eq!(verify(&keys, &token, NOW), Err(VerifyError::BadSignature));
    }
}

#[test]
fn a_token_of_another_type_is_no_access_token() {
    let ed = key(KeyAlgorithm::EdDsa, 1);
    let keys = public(&[&ed]);
    for typ in ["JWT", "jwt", "logout+jwt", ""] {
        let token = Signer::with_key(&ed).sign_typed(typ, &claims()).unwrap();
        assert_eq!(verify(&keys, &token, NOW), Err(VerifyError::WrongType), "{typ}");
        let read = read_signed::<Value>(&keys, &token, &["jwt"]);
        assert_eq!(read.is_ok(), typ.eq_ignore_ascii_case("jwt"), "{typ}");
    }
}

#[test]
fn a_key_is_looked_for_where_the_app_made_one_with_its_id_and_it_is_not_known() {
    let ed = key(KeyAlgorithm::EdDsa, 1);
    let verifier = Verifier::new([&secret()]);
    let token = Signer::with_key(&ed).sign(&claims()).unwrap();
    assert_eq!(verifier.missing_key(&[], &token).as_deref(), Some(ed.public_key().id()));
    assert_eq!(verifier.missing_key(&public(&[&ed]), &token), None);
    let made_up = SigningKey::new("a-stranger-s-id".to_owned(), KeyAlgorithm::EdDsa, &[7; 32]).unwrap();
    let token = Signer::with_key(&made_up).sign(&claims()).unwrap();
    assert_eq!(verifier.missing_key(&[], &token), None);
    assert_eq!(verifier.missing_key(&[], &Signer::new(&secret()).sign(&claims()).unwrap()), None);
    assert_eq!(verifier.missing_key(&[], "x"), None);
}

#[test]
fn the_example_of_rfc_8037_is_read() {
    // Appendix A: the key, and a signature made with it.
    let jwk = json!({
        "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    });
    let seed = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
    let key = SigningKey::new(String::new(), KeyAlgorithm::EdDsa, &seed).unwrap();
    assert_eq!(PublicKey::from_jwk(&jwk).as_ref(), Some(key.public_key()));
    let written = key.public_key().to_jwk();
    assert_eq!(
        (&written["x"], &written["alg"], &written["use"]),
        (&jwk["x"], &json!("EdDSA"), &json!("sig"))
    );
}

#[test]
fn bytes_that_are_no_key_check_nothing() {
    let ed = key(KeyAlgorithm::EdDsa, 1);
    let token = Signer::with_key(&ed).sign(&claims()).unwrap();
    let p256 = key(KeyAlgorithm::Es256, 1);
    let id = ed.public_key().id().to_owned();
    assert!(PublicKey::new(id.clone(), KeyAlgorithm::EdDsa, vec![0; 31]).is_none());
    assert!(PublicKey::new(id.clone(), KeyAlgorithm::Es256, vec![2; 65]).is_none());
    // A point of small order, which any signature of zeros would fit.
    let small = PublicKey::new(id, KeyAlgorithm::EdDsa, [&[1][..], &[0; 31]].concat()).unwrap();
    let (message, _) = token.rsplit_once('.').unwrap();
    let zeros = format!("{message}.{}", URL_SAFE_NO_PAD.encode([&[1][..], &[0; 63]].concat()));
    assert_eq!(verify(&[small], &zeros, NOW), Err(VerifyError::BadSignature));
    let off_curve = [&[4][..], &[5; 64]].concat();
    let off_curve =
        PublicKey::new(p256.public_key().id().to_owned(), KeyAlgorithm::Es256, off_curve).unwrap();
    let token = Signer::with_key(&p256).sign(&claims()).unwrap();
    assert_eq!(verify(&[off_curve], &token, NOW), Err(VerifyError::BadSignature));
    assert!(SigningKey::new(String::new(), KeyAlgorithm::Es256, &[0; 32]).is_none());
    assert!(SigningKey::new(String::new(), KeyAlgorithm::Es256, &[255; 32]).is_none());
}
