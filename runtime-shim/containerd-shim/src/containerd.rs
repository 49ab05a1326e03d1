//! What containerd pulled: its content store, read by digest.

use app_artifact::Digest;
use containerd_client::services::v1::ReadContentRequest;
use containerd_client::services::v1::content_client::ContentClient;
use containerd_client::tonic::metadata::{Ascii, MetadataValue};
use containerd_client::tonic::transport::Channel;
use containerd_client::tonic::{Request, Status};

/// Content that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// containerd does not answer.
    #[error("containerd at {address}: {reason}")]
    Connect {
        /// Its socket.
        address: String,
        /// Why.
        reason: String,
    },
    /// A name of a namespace that cannot be one.
    #[error("{0:?} is no namespace of containerd")]
    Namespace(String),
    /// containerd does not give the content.
    #[error("containerd has no content {digest}: {}", .status.message())]
    Read {
        /// The content.
        digest: Digest,
        /// Its answer.
        status: Box<Status>,
    },
    /// Something else came than was asked for.
    #[error("containerd gave other content than {0}")]
    Other(Digest),
}

/// containerd's content store.
pub struct Contents {
    client: ContentClient<Channel>,
    namespace: MetadataValue<Ascii>,
}

impl Contents {
    /// Connects to containerd's socket at `address`.
    ///
    /// # Errors
    /// [`ContentError`].
    pub async fn connect(address: &str, namespace: &str) -> Result<Self, ContentError> {
        let channel = containerd_client::connect(address)
            .await
            .map_err(|e| ContentError::Connect { address: address.to_owned(), reason: format!("{e:?}") })?;
        let namespace = namespace.parse().map_err(|_| ContentError::Namespace(namespace.to_owned()))?;
        Ok(Self { client: ContentClient::new(channel), namespace })
    }

    /// The content that `digest` names, compared with it: what is compiled from it outlives containerd's own check.
    ///
    /// # Errors
    /// [`ContentError`].
    pub async fn read(&mut self, digest: &Digest) -> Result<Vec<u8>, ContentError> {
        let failed = |status| ContentError::Read { digest: digest.clone(), status: Box::new(status) };
        let mut request = Request::new(ReadContentRequest { digest: digest.to_string(), offset: 0, size: 0 });
        request.metadata_mut().insert("containerd-namespace", self.namespace.clone());
        let mut stream = self.client.read(request).await.map_err(failed)?.into_inner();
        let mut content = Vec::new();
        while let Some(part) = stream.message().await.map_err(failed)? {
            content.extend_from_slice(&part.data);
        }
        if digest.names(&content) { Ok(content) } else { Err(ContentError::Other(digest.clone())) }
    }
}
