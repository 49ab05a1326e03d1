//! Private keys as cosign encrypts them: scrypt makes a key of the password, NaCl's secretbox opens the PKCS#8 inside.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use crypto_secretbox::aead::Aead as _;
use crypto_secretbox::{KeyInit as _, XSalsa20Poly1305};
use serde::Deserialize;
use zeroize::Zeroizing;

const LABELS: [&str; 2] = ["ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY"];
/// What scrypt may cost: cosign uses 2^15 and 2^16; a file must not be able to ask for all memory.
const LOG_N: std::ops::RangeInclusive<u32> = 10..=17;

/// The content of such a key.
#[derive(Deserialize)]
pub(super) struct Sealed {
    kdf: Kdf,
    cipher: Cipher,
    ciphertext: String,
}

#[derive(Deserialize)]
struct Kdf {
    name: String,
    params: Params,
    salt: String,
}

#[derive(Deserialize)]
struct Params {
    #[serde(rename = "N")]
    n: u32,
    r: u32,
    p: u32,
}

#[derive(Deserialize)]
struct Cipher {
    name: String,
    nonce: String,
}

/// What is inside of the armour, if `text` is such a key.
pub(super) fn body(text: &str) -> Option<Result<Sealed, String>> {
    let label = LABELS.iter().find(|label| text.contains(&format!("-----BEGIN {label}-----")))?;
    let inside = text
        .split_once(&format!("-----BEGIN {label}-----"))
        .and_then(|(_, rest)| rest.split_once(&format!("-----END {label}-----")))
        .map(|(inside, _)| inside.split_whitespace().collect::<String>());
    let inside = inside.ok_or_else(|| "its end is missing".to_owned());
    let json = inside.and_then(|inside| BASE64_STANDARD.decode(inside).map_err(|e| e.to_string()));
    Some(json.and_then(|json| serde_json::from_slice(&json).map_err(|e| e.to_string())))
}

/// The PKCS#8 inside, unless the password is wrong or the key is damaged.
pub(super) fn open(sealed: &Sealed, password: &str) -> Option<Zeroizing<Vec<u8>>> {
    let Params { n, r, p } = sealed.kdf.params;
    if sealed.kdf.name != "scrypt" || sealed.cipher.name != "nacl/secretbox" {
        return None;
    }
    if !n.is_power_of_two() || !LOG_N.contains(&n.ilog2()) || r > 16 || p > 4 {
        return None;
    }
    let salt = BASE64_STANDARD.decode(&sealed.kdf.salt).ok()?;
    let nonce: [u8; 24] = BASE64_STANDARD.decode(&sealed.cipher.nonce).ok()?.try_into().ok()?;
    let ciphertext = BASE64_STANDARD.decode(&sealed.ciphertext).ok()?;
    let params = scrypt::Params::new(u8::try_from(n.ilog2()).ok()?, r, p).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    scrypt::scrypt(password.as_bytes(), &salt, &params, key.as_mut()).ok()?;
    let cipher = XSalsa20Poly1305::new(&(*key).into());
    cipher.decrypt(&nonce.into(), ciphertext.as_slice()).ok().map(Zeroizing::new)
}
