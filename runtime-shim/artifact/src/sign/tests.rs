use super::*;
use crate::Digest;
use crypto_secretbox::aead::Aead as _;
use crypto_secretbox::{KeyInit as _, XSalsa20Poly1305};
use p256::pkcs8::{EncodePrivateKey as _, LineEnding};

/// A key made for this run, and the folder it is written to.
fn key_pair(seed: u8) -> (tempfile::TempDir, Key, PublicKey) {
    let folder = tempfile::tempdir().unwrap();
    let key = SigningKey::from_slice(&[seed; 32]).unwrap();
    let private = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    std::fs::write(folder.path().join("key.pem"), private.as_bytes()).unwrap();
    let public = key.verifying_key().to_public_key_pem(LineEnding::LF).unwrap();
    std::fs::write(folder.path().join("key.pub"), public).unwrap();
    let read = Key::read(&folder.path().join("key.pem"), None).unwrap();
    let public = PublicKey::read(&folder.path().join("key.pub")).unwrap();
    (folder, read, public)
}

#[test]
fn a_signature_holds_for_its_content_and_its_key_alone() {
    let ((_a, key, public), (_b, _, other)) = (key_pair(1), key_pair(2));
    let signature = key.sign(b"content");
    assert!(public.verifies(b"content", &signature));
    assert!(!public.verifies(b"Content", &signature));
    assert!(!other.verifies(b"content", &signature));
    for malformed in ["", "AAAA", "not base64!"] {
        assert!(!public.verifies(b"content", malformed));
    }
}

#[test]
fn the_same_content_gets_the_same_signature() {
    let (_folder, key, _) = key_pair(1);
    assert_eq!(key.sign(b"content"), key.sign(b"content"));
}

#[test]
fn the_document_is_the_one_cosign_writes() {
    let payload = Payload::new("registry.example/todo/app".to_owned(), &Digest::sha256(b"x"));
    let text = serde_json::to_string(&payload).unwrap();
    assert_eq!(
        text,
        format!(
            r#"{{"critical":{{"identity":{{"docker-reference":"registry.example/todo/app"}},"image":{{"docker-manifest-digest":"{}"}},"type":"cosign container image signature"}},"optional":null}}"#,
            Digest::sha256(b"x")
        )
    );
    assert!(payload.names(&Digest::sha256(b"x")) && !payload.names(&Digest::sha256(b"y")));
}

#[test]
fn a_bundle_holds_for_its_manifest_and_its_key_alone() {
    let ((_a, key, public), (_b, _, other)) = (key_pair(1), key_pair(2));
    let (digest, another) = (Digest::sha256(b"x"), Digest::sha256(b"y"));
    let text = serde_json::to_string(&Bundle::new(&key, &digest).unwrap()).unwrap();
    let read = |text: &str| serde_json::from_str::<Bundle>(text).unwrap();
    assert!(read(&text).holds(&public, &digest));
    assert!(!read(&text).holds(&other, &digest));
    assert!(!read(&text).holds(&public, &another));
    assert!(!read(&text.replace("in-toto+json", "in-toto")).holds(&public, &digest));
}

#[test]
fn a_statement_that_says_something_else_is_no_signature() {
    let (_folder, key, public) = key_pair(1);
    let digest = Digest::sha256(b"x");
    let mut bundle = serde_json::to_value(Bundle::new(&key, &digest).unwrap()).unwrap();
    let statement = BASE64_STANDARD.decode(bundle["dsseEnvelope"]["payload"].as_str().unwrap()).unwrap();
    let statement = String::from_utf8(statement).unwrap().replace("cosign/sign/v1", "cosign/attest/v1");
    let kind = "application/vnd.in-toto+json";
    let signed = format!("DSSEv1 {} {kind} {} {statement}", kind.len(), statement.len());
    bundle["dsseEnvelope"]["payload"] = BASE64_STANDARD.encode(&statement).into();
    bundle["dsseEnvelope"]["signatures"][0]["sig"] = key.sign(signed.as_bytes()).into();
    assert!(!serde_json::from_value::<Bundle>(bundle).unwrap().holds(&public, &digest));
}

#[test]
fn an_encrypted_key_opens_with_its_password_only() {
    let (folder, key, public) = key_pair(3);
    let path = folder.path().join("sealed.key");
    std::fs::write(&path, seal(&key, "secret", 1 << 15)).unwrap();
    assert!(public.verifies(b"c", &Key::read(&path, Some("secret")).unwrap().sign(b"c")));
    assert!(matches!(Key::read(&path, None), Err(KeyError::NoPassword { .. })));
    let error = Key::read(&path, Some("Secret")).err().unwrap();
    assert!(matches!(error, KeyError::Sealed { .. }) && !error.to_string().contains("Secret"), "{error}");
}

#[test]
fn a_key_that_asks_for_all_memory_is_refused() {
    let (folder, key, _) = key_pair(3);
    let path = folder.path().join("sealed.key");
    let text = seal(&key, "secret", 1 << 15);
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let json = String::from_utf8(BASE64_STANDARD.decode(body).unwrap()).unwrap();
    let greedy = json.replace("32768", "1073741824");
    let armoured = text.lines().next().unwrap().to_owned() + "\n" + &BASE64_STANDARD.encode(greedy) + "\n";
    std::fs::write(&path, armoured + text.lines().last().unwrap()).unwrap();
    assert!(matches!(Key::read(&path, Some("secret")), Err(KeyError::Sealed { .. })));
}

#[test]
fn something_else_is_not_taken_for_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    for text in
        ["", "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n"]
    {
        std::fs::write(&path, text).unwrap();
        assert!(matches!(Key::read(&path, Some("p")), Err(KeyError::Kind { .. })), "{text}");
        assert!(matches!(PublicKey::read(&path), Err(KeyError::Kind { .. })), "{text}");
    }
}

/// As `cosign generate-key-pair` does it.
fn seal(key: &Key, password: &str, n: u32) -> String {
    let der = key.0.to_pkcs8_der().unwrap();
    let params = scrypt::Params::new(u8::try_from(n.ilog2()).unwrap(), 8, 1).unwrap();
    let mut secret = [0; 32];
    scrypt::scrypt(password.as_bytes(), &[5; 32], &params, &mut secret).unwrap();
    let cipher = XSalsa20Poly1305::new(&secret.into());
    let ciphertext = cipher.encrypt(&[9; 24].into(), der.as_bytes()).unwrap();
    let json = serde_json::json!({
        "kdf": { "name": "scrypt", "params": { "N": n, "r": 8, "p": 1 }, "salt": BASE64_STANDARD.encode([5; 32]) },
        "cipher": { "name": "nacl/secretbox", "nonce": BASE64_STANDARD.encode([9; 24]) },
        "ciphertext": BASE64_STANDARD.encode(ciphertext)
    });
    let body = BASE64_STANDARD.encode(json.to_string());
    let lines: Vec<String> =
        body.as_bytes().chunks(64).map(|l| String::from_utf8_lossy(l).into_owned()).collect();
    let label = "ENCRYPTED SIGSTORE PRIVATE KEY";
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
