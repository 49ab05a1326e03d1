//! Signatures lie beside what they are about, where cosign puts them: under the tag `sha256-<hex digits>.sig`, each signature
//! a layer, which all its versions read; and as bundles that refer to the manifest, as version 3 writes them.

use super::{Earlier, Reference, Registry, RegistryError};
use crate::image::{Descriptor, Manifest};
use crate::pack::{Artifact, Blob};
use crate::sign::{Bundle, Key, Payload, PublicKey};
use crate::{Digest, media_type};
use serde_json::json;

/// Where a layer's signature is written.
const SIGNATURE: &str = "dev.cosignproject.cosign/signature";
/// Signatures looked at: more on one artifact are somebody's attempt to keep us busy.
const MAX_SIGNATURES: usize = 64;

/// Why an artifact is not trusted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The registry.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// Nobody has signed it.
    #[error("{reference} ({digest}) is not signed")]
    Unsigned {
        /// What was asked for.
        reference: String,
        /// What it is.
        digest: Digest,
    },
    /// Others have.
    #[error("{reference} ({digest}) is signed, but not by the key that is asked for ({looked_at} looked at)")]
    Foreign {
        /// What was asked for.
        reference: String,
        /// What it is.
        digest: Digest,
        /// Signatures that do not count.
        looked_at: usize,
    },
}

impl Registry {
    /// Signs the manifest `digest` in `reference`'s repository, in both formats. Signatures by others stay.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn sign(&self, reference: &Reference, digest: &Digest, key: &Key) -> Result<(), RegistryError> {
        self.sign_with_layer(reference, digest, key).await?;
        let bundle = Bundle::new(key, digest).and_then(|bundle| serde_json::to_vec(&bundle));
        let bundle = bundle.map_err(|e| RegistryError::other(reference.registry(), "the signature", &e))?;
        let bundle = Blob::new(media_type::BUNDLE, bundle);
        self.attach(reference, digest, bundle, Earlier::Stay).await.map(drop)
    }

    async fn sign_with_layer(
        &self,
        reference: &Reference,
        digest: &Digest,
        key: &Key,
    ) -> Result<(), RegistryError> {
        let repository = format!("{}/{}", reference.registry(), reference.repository());
        let payload = serde_json::to_vec(&Payload::new(repository, digest))
            .map_err(|e| RegistryError::other(reference.registry(), "the signature", &e))?;
        let signature = key.sign(&payload);
        let place = place(reference, digest);
        let earlier = self.existing(&place).await?;

        let blob = Blob::new(media_type::SIMPLE_SIGNING, payload);
        let mut layer = Descriptor::from(&blob);
        layer.annotations.insert(SIGNATURE.to_owned(), signature);
        let mut layers = earlier.map(|manifest| manifest.layers).unwrap_or_default();
        if layers.contains(&layer) {
            return Ok(());
        }
        layers.push(layer);
        let failed = |e: serde_json::Error| RegistryError::other(reference.registry(), "the signature", &e);
        let config = Blob::new(media_type::IMAGE_CONFIG, config(&layers).map_err(failed)?);
        let manifest = Manifest { layers, ..Manifest::new(&config, &[]) };
        let artifact = Artifact::new(&manifest, config, vec![blob]).map_err(failed)?;
        self.push(&place, &artifact).await.map(drop)
    }

    /// That `key` has signed the manifest `digest` in `reference`'s repository.
    ///
    /// # Errors
    /// [`TrustError`] when it has not, or that cannot be found out.
    pub async fn verify(
        &self,
        reference: &Reference,
        digest: &Digest,
        key: &PublicKey,
    ) -> Result<(), TrustError> {
        let mut looked_at = 0;
        let place = place(reference, digest);
        let manifest = self.existing(&place).await?;
        let layers = manifest.map(|manifest| manifest.layers).unwrap_or_default();
        let signed =
            layers.iter().filter(|layer| layer.media_type == media_type::SIMPLE_SIGNING).take(MAX_SIGNATURES);
        for layer in signed {
            looked_at += 1;
            let Some(signature) = layer.annotations.get(SIGNATURE) else { continue };
            let payload = self.blob(&place, layer).await?;
            let speaks_of_it = || serde_json::from_slice::<Payload>(&payload).is_ok_and(|p| p.names(digest));
            if key.verifies(&payload, signature) && speaks_of_it() {
                return Ok(());
            }
        }
        // Second, as they take a request each to find and one to read.
        for bundle in self.attached(reference, digest, media_type::BUNDLE, MAX_SIGNATURES).await? {
            looked_at += 1;
            if serde_json::from_slice::<Bundle>(&bundle).is_ok_and(|bundle| bundle.holds(key, digest)) {
                return Ok(());
            }
        }
        let (reference, digest) = (reference.whole(), digest.clone());
        Err(match looked_at {
            0 => TrustError::Unsigned { reference, digest },
            looked_at => TrustError::Foreign { reference, digest, looked_at },
        })
    }

    /// The manifest under the tag of `place`, if there is one.
    async fn existing(&self, place: &Reference) -> Result<Option<Manifest>, RegistryError> {
        match self.resolve(place).await {
            Ok(digest) => Ok(Some(self.manifest(place, &digest).await?.0)),
            Err(RegistryError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn place(reference: &Reference, digest: &Digest) -> Reference {
    let tag = format!("sha256-{}.sig", digest.hex());
    Reference::with_tag(reference.registry().to_owned(), reference.repository().to_owned(), tag)
}

fn config(layers: &[Descriptor]) -> Result<Vec<u8>, serde_json::Error> {
    let diff_ids: Vec<&str> = layers.iter().map(|layer| layer.digest.as_str()).collect();
    serde_json::to_vec(&json!({
        "architecture": "",
        "os": "",
        "config": {},
        "rootfs": { "type": "layers", "diff_ids": diff_ids }
    }))
}
