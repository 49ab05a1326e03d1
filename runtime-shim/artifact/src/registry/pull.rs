//! Pulling.

use super::{Reference, Registry, RegistryError, by_digest};
use crate::image::{Descriptor, Manifest};
use crate::{Digest, media_type};
use futures_util::TryStreamExt as _;
use oci_client::RegistryOperation;
use oci_client::errors::{DigestError, OciDistributionError};
use oci_client::manifest::OciDescriptor;
use std::io;

/// Bytes a blob may have: WebAssembly and files of an app, not the images of machines.
const MAX_BLOB_BYTES: u64 = 256 << 20;

impl Registry {
    /// The digest of what `reference` means now: its own, or what its tag points to.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn resolve(&self, reference: &Reference) -> Result<Digest, RegistryError> {
        if let Some(digest) = reference.digest() {
            return parse_digest(reference, digest);
        }
        self.enter(reference, RegistryOperation::Pull).await?;
        let auth = self.credentials.to_auth();
        let found = self.client.fetch_manifest_digest(reference, &auth).await;
        parse_digest(reference, &found.map_err(|e| self.explain(reference, e))?)
    }

    /// The manifest `digest` in `reference`'s repository, and its bytes.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn manifest(
        &self,
        reference: &Reference,
        digest: &Digest,
    ) -> Result<(Manifest, Vec<u8>), RegistryError> {
        let reference = by_digest(reference, digest);
        self.enter(&reference, RegistryOperation::Pull).await?;
        let auth = self.credentials.to_auth();
        let pulled = self.client.pull_manifest_raw(&reference, &auth, &[media_type::MANIFEST]).await;
        let (bytes, _) = pulled.map_err(|e| self.tampering(e, digest, &reference))?;
        if !digest.names(&bytes) {
            return Err(self.tampered(digest));
        }
        let manifest = serde_json::from_slice(&bytes).map_err(|e| RegistryError::NotAnApp {
            reference: reference.whole(),
            reason: format!("no image manifest ({e})"),
        })?;
        Ok((manifest, bytes.to_vec()))
    }

    /// The content that `descriptor` names, in `reference`'s repository.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn blob(
        &self,
        reference: &Reference,
        descriptor: &Descriptor,
    ) -> Result<Vec<u8>, RegistryError> {
        let digest = &descriptor.digest;
        let too_large = || RegistryError::TooLarge { digest: digest.clone(), most: MAX_BLOB_BYTES };
        if descriptor.size > MAX_BLOB_BYTES {
            return Err(too_large());
        }
        tracing::debug!(%digest, bytes = descriptor.size, "pulling");
        let wanted = OciDescriptor { digest: digest.to_string(), ..OciDescriptor::default() };
        let stream = self.client.pull_blob_stream(reference, &wanted).await;
        let mut stream = stream.map_err(|e| self.explain(reference, e))?.stream;
        let mut bytes = Vec::with_capacity(usize::try_from(descriptor.size).unwrap_or_default());
        loop {
            let chunk = stream.try_next().await.map_err(|e| self.broken_off(&e, digest))?;
            let Some(chunk) = chunk else { break };
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > MAX_BLOB_BYTES {
                return Err(too_large());
            }
        }
        if digest.names(&bytes) { Ok(bytes) } else { Err(self.tampered(digest)) }
    }

    fn broken_off(&self, error: &io::Error, digest: &Digest) -> RegistryError {
        match error.get_ref() {
            Some(cause) if cause.is::<DigestError>() => self.tampered(digest),
            _ => RegistryError::Unreachable { registry: self.name.clone(), reason: error.to_string() },
        }
    }

    fn tampering(
        &self,
        error: OciDistributionError,
        digest: &Digest,
        reference: &Reference,
    ) -> RegistryError {
        match error {
            OciDistributionError::DigestError(_) => self.tampered(digest),
            error => self.explain(reference, error),
        }
    }

    fn tampered(&self, expected: &Digest) -> RegistryError {
        RegistryError::Tampered { registry: self.name.clone(), expected: expected.clone() }
    }
}

fn parse_digest(reference: &Reference, text: &str) -> Result<Digest, RegistryError> {
    text.parse().map_err(|e| RegistryError::Reference { text: reference.whole(), reason: format!("{e}") })
}
