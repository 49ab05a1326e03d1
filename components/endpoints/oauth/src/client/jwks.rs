//! The public keys of programs that sign who they are.

use access_token::PublicKey;
use serde_json::Value;

/// How many keys a program may have at a time: one in use, one that takes its place, and some.
const MAX_KEYS: usize = 5;

/// The keys of a JSON Web Key Set, or of a single key, each of which has to be a public one for signatures of Ed25519 or P-256.
pub fn read(value: &Value) -> Option<Vec<PublicKey>> {
    let keys = match value.get("keys") {
        Some(keys) => keys.as_array()?.iter().map(PublicKey::from_jwk).collect::<Option<Vec<_>>>()?,
        None => vec![PublicKey::from_jwk(value)?],
    };
    (1..=MAX_KEYS).contains(&keys.len()).then_some(keys)
}

/// The keys as they are stored.
pub fn write(keys: &[PublicKey]) -> Value {
    let keys: Vec<Value> = keys.iter().map(PublicKey::to_jwk).collect();
    serde_json::json!({ "keys": keys })
}

#[cfg(test)]
mod tests {
    use access_token::{KeyAlgorithm, SigningKey};
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_read_as_they_were_written_and_private_ones_are_not() {
        let keys: Vec<PublicKey> = KeyAlgorithm::ALL
            .iter()
            .map(|algorithm| {
                SigningKey::new("k".to_owned(), *algorithm, &[3; 32]).unwrap().public_key().clone()
            })
            .collect();
        assert_eq!(read(&write(&keys)).unwrap(), keys);
        let single = keys[0].to_jwk();
        assert_eq!(read(&single).unwrap(), keys[..1]);
        let mut private = single.clone();
        private["d"] = json!("AAAA");
        let mut for_encryption = single.clone();
        for_encryption["use"] = json!("enc");
        let mut short = single.clone();
        short["x"] = json!("AAAA");
        for wrong in [
            json!({}),
            json!({"keys": []}),
            json!({"keys": vec![&single; 6]}),
            json!({"keys": [single, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}),
            json!({"keys": "x"}),
            json!({"kty": "oct", "k": "AAAA"}),
            private,
            for_encryption,
            short,
        ] {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }
}
