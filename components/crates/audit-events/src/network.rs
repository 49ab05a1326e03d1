//! What a network is known under in the audit log.

use access_token::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Keeps these hashes apart from everything else that is made with the secret.
const LABEL: &[u8] = b"audit/network\0";

/// A hash under the app's secret: events of one network can be told to be that, and which network it is can't.
#[must_use]
pub fn network_hash(secret: &Secret, network: &str) -> Vec<u8> {
    let keyed = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok();
    let mac = keyed.map(|mac| mac.chain_update(LABEL).chain_update(network).finalize());
    mac.map(|mac| mac.into_bytes().to_vec()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_one_hash_under_a_secret() {
        let secret = |letter: &str| Secret::new(&letter.repeat(32)).unwrap();
        let hash = network_hash(&secret("a"), "203.0.113.7");
        assert_eq!(hash.len(), 32);
        assert_eq!(hash, network_hash(&secret("a"), "203.0.113.7"));
        assert_ne!(hash, network_hash(&secret("a"), "203.0.113.8"));
        assert_ne!(hash, network_hash(&secret("b"), "203.0.113.7"));
    }
}
