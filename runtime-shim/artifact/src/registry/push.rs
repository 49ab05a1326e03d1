//! Pushing.

use super::{Reference, Registry, RegistryError};
use crate::pack::{Artifact, Blob};
use crate::{Digest, media_type};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::HeaderValue;
use oci_client::RegistryOperation;

/// Uploads at a time.
const AT_ONCE: usize = 4;

impl Registry {
    /// Pushes `artifact` under `reference`, with what the registry lacks of it, and gives its digest. The manifest comes
    /// last: until then the old artifact is there whole.
    ///
    /// # Errors
    /// Any [`RegistryError`].
    pub async fn push(&self, reference: &Reference, artifact: &Artifact) -> Result<Digest, RegistryError> {
        self.enter(reference, RegistryOperation::Push).await?;
        let blobs = artifact.layers.iter().chain([&artifact.config]);
        stream::iter(blobs)
            .map(|blob| self.push_blob(reference, blob))
            .buffer_unordered(AT_ONCE)
            .try_collect::<Vec<()>>()
            .await?;
        let content_type = HeaderValue::from_static(media_type::MANIFEST);
        self.client
            .push_manifest_raw(reference, artifact.manifest.clone(), content_type)
            .await
            .map_err(|e| self.explain(reference, e))?;
        Ok(artifact.digest())
    }

    async fn push_blob(&self, reference: &Reference, blob: &Blob) -> Result<(), RegistryError> {
        let digest = blob.digest.as_str();
        // A registry that does not say is asked to take it.
        if matches!(self.client.blob_exists(reference, digest).await, Ok(true)) {
            return Ok(());
        }
        tracing::debug!(%digest, bytes = blob.bytes.len(), "pushing");
        let pushed = self.client.push_blob(reference, blob.bytes.clone(), digest).await;
        pushed.map(drop).map_err(|e| self.explain(reference, e))
    }
}
