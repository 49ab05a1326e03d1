//! What says something about an artifact: an SBOM, for one (OCI 1.1 referrers).

use super::{Reference, Registry, RegistryError, by_digest};
use crate::image::{Descriptor, Manifest};
use crate::pack::{Artifact, Blob};
use crate::{Digest, media_type};
use http::HeaderValue;
use oci_client::RegistryOperation;
use serde::{Deserialize, Serialize};

/// A list of manifests.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u8,
    media_type: String,
    manifests: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
struct Entry {
    media_type: String,
    digest: String,
    size: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    artifact_type: Option<String>,
}

impl Entry {
    /// cosign lists its bundles by the type of their empty configuration.
    fn may_be(&self, kind: &str) -> bool {
        [Some(kind), Some(media_type::EMPTY), None].contains(&self.artifact_type.as_deref())
    }
}

/// What becomes of documents of the same kind that are attached already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// They stay beside the new one.
    Stay,
    /// The new one takes their place.
    Go,
}

impl Registry {
    /// Attaches `document` to the manifest `subject` in `reference`'s repository.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn attach(
        &self,
        reference: &Reference,
        subject: &Digest,
        document: Blob,
        earlier: Earlier,
    ) -> Result<Digest, RegistryError> {
        let failed = |e: serde_json::Error| RegistryError::other(reference.registry(), "the attachment", &e);
        let (_, bytes) = self.manifest(reference, subject).await?;
        let kind = document.media_type;
        let config = Blob::new(media_type::EMPTY, b"{}".to_vec());
        let manifest = Manifest {
            artifact_type: Some(kind.to_owned()),
            subject: Some(Descriptor {
                media_type: media_type::MANIFEST.to_owned(),
                digest: subject.clone(),
                size: bytes.len() as u64,
                annotations: Default::default(),
            }),
            ..Manifest::new(&config, std::slice::from_ref(&document))
        };
        let artifact = Artifact::new(&manifest, config, vec![document]).map_err(failed)?;
        let digest = artifact.digest();
        self.push(&by_digest(reference, &digest), &artifact).await?;
        let entries = self.entries(reference, subject).await?;
        if !entries.iter().any(|entry| entry.digest == digest.as_str()) {
            // A registry that keeps no list of them: then the client does, under a tag.
            let mut manifests = entries;
            manifests
                .retain(|entry| earlier == Earlier::Stay || entry.artifact_type.as_deref() != Some(kind));
            manifests.push(Entry {
                media_type: media_type::MANIFEST.to_owned(),
                digest: digest.to_string(),
                size: i64::try_from(artifact.manifest.len()).unwrap_or(i64::MAX),
                artifact_type: Some(kind.to_owned()),
            });
            let index = Index { schema_version: 2, media_type: media_type::INDEX.to_owned(), manifests };
            self.push_index(reference, subject, &serde_json::to_vec(&index).map_err(failed)?).await?;
        }
        Ok(digest)
    }

    /// The newest documents of `kind` attached to the manifest `subject`, `most` of them.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn attached(
        &self,
        reference: &Reference,
        subject: &Digest,
        kind: &str,
        most: usize,
    ) -> Result<Vec<Vec<u8>>, RegistryError> {
        let entries = self.entries(reference, subject).await?;
        let mut documents = Vec::new();
        for entry in entries.iter().rev().filter(|entry| entry.may_be(kind)).take(most) {
            let digest: Digest = entry
                .digest
                .parse()
                .map_err(|e| RegistryError::Reference { text: reference.whole(), reason: format!("{e}") })?;
            let (manifest, _) = self.manifest(reference, &digest).await?;
            // A registry's list is a hint; the manifest says itself what it is, and about what.
            let about = manifest.subject.as_ref().map(|about| &about.digest);
            if about != Some(subject) || manifest.artifact_type.as_deref() != Some(kind) {
                continue;
            }
            if let Some(layer) = manifest.layers.first() {
                documents.push(self.blob(reference, layer).await?);
            }
        }
        Ok(documents)
    }

    async fn entries(&self, reference: &Reference, subject: &Digest) -> Result<Vec<Entry>, RegistryError> {
        let subject = by_digest(reference, subject);
        self.enter(&subject, RegistryOperation::Pull).await?;
        let index =
            self.client.pull_referrers(&subject, None).await.map_err(|e| self.explain(&subject, e))?;
        let entry = |entry: oci_client::manifest::ImageIndexEntry| Entry {
            media_type: entry.media_type,
            digest: entry.digest,
            size: entry.size,
            artifact_type: entry.artifact_type,
        };
        Ok(index.manifests.into_iter().map(entry).collect())
    }

    async fn push_index(
        &self,
        reference: &Reference,
        subject: &Digest,
        index: &[u8],
    ) -> Result<(), RegistryError> {
        let tag = format!("sha256-{}", subject.hex());
        let place =
            Reference::with_tag(reference.registry().to_owned(), reference.repository().to_owned(), tag);
        self.enter(&place, RegistryOperation::Push).await?;
        let pushed = self.client.push_manifest_raw(
            &place,
            index.to_vec(),
            HeaderValue::from_static(media_type::INDEX),
        );
        pushed.await.map(drop).map_err(|e| self.explain(&place, e))
    }
}
