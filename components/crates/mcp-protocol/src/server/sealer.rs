//! Sealing what travels through a client and must come back unchanged: request states (2026-07-28, Multi Round-Trip
//! Requests, "Server Requirements") and session ids.

use std::time::Duration;

use rmcp::model::{RequestStateCodec, RequestStateError, SealOptions};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// Seals and opens. What is sealed for one purpose and user opens for no other.
#[derive(Clone, Debug)]
pub struct Sealer(RequestStateCodec);

/// Why something does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Its time is over.
    #[error("it has expired")]
    Expired,
    /// It was changed, or was sealed for something else.
    #[error("it was not given out here, or was changed")]
    Broken,
}

impl Sealer {
    /// A sealer whose keys are derived from these secrets: the current one, and the one before while it is being changed.
    ///
    /// # Errors
    ///
    /// Fails without a secret.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, RequestStateError> {
        let mut keys: Vec<(String, Vec<u8>)> = secrets.into_iter().map(derive_key).collect();
        // The current secret may be named as the one before as well, while nothing is being changed.
        keys.dedup();
        let current = keys.first().map(|(id, _)| id.clone()).unwrap_or_default();
        RequestStateCodec::new_with_keyring(current, keys).map(Self)
    }

    /// Seals a value for a purpose.
    pub(crate) fn seal(
        &self,
        value: &impl Serialize,
        associated_data: &[u8],
        time: Duration,
    ) -> Result<String, SealError> {
        let options = SealOptions::new().associated_data(associated_data).ttl(time);
        self.0.seal_json_with(value, &options).map_err(|_| SealError::Broken)
    }

    /// Opens what was sealed for the same purpose.
    pub(crate) fn unseal<T: DeserializeOwned>(
        &self,
        sealed: &str,
        associated_data: &[u8],
    ) -> Result<T, SealError> {
        self.0.open_json_with(sealed, associated_data).map_err(|error| match error {
            RequestStateError::Expired => SealError::Expired,
            _ => SealError::Broken,
        })
    }
}

/// A key of its own for this use, and a name that tells which secret it comes from without telling anything of it.
fn derive_key(secret: &[u8]) -> (String, Vec<u8>) {
    let hash = |label: &[u8]| Sha256::new().chain_update(label).chain_update(secret).finalize();
    let name = hash(b"mcp-protocol/seal/name\0").iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    (name, hash(b"mcp-protocol/seal/key\0").to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn sealer(secrets: &[&[u8]]) -> Sealer {
        Sealer::new(secrets.iter().copied()).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_for_its_purpose_alone() {
        let sealer = sealer(&[b"secret"]);
        let sealed = sealer.seal(&7, b"purpose", MINUTE).unwrap();
        assert_eq!(sealer.unseal::<u8>(&sealed, b"purpose"), Ok(7));
        assert_eq!(sealer.unseal::<u8>(&sealed, b"another"), Err(SealError::Broken));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            if changed == sealed.as_bytes() {
                continue;
            }
            assert!(sealer.unseal::<u8>(str::from_utf8(&changed).unwrap(), b"purpose").is_err(), "{place}");
        }
    }

    #[test]
    fn it_opens_until_its_time_is_over() {
        let sealed = sealer(&[b"secret"]).seal(&7, b"", Duration::ZERO).unwrap();
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(sealer(&[b"secret"]).unseal::<u8>(&sealed, b""), Err(SealError::Expired));
    }

    #[test]
    fn a_secret_can_be_changed_without_breaking_what_is_on_its_way() {
        let sealed = sealer(&[b"old"]).seal(&7, b"", MINUTE).unwrap();
        assert_eq!(sealer(&[b"new", b"old"]).unseal::<u8>(&sealed, b""), Ok(7));
        assert_eq!(sealer(&[b"new"]).unseal::<u8>(&sealed, b""), Err(SealError::Broken));
        assert_eq!(sealer(&[b"old", b"old"]).unseal::<u8>(&sealed, b""), Ok(7));
        assert!(Sealer::new([]).is_err());
    }
}
