//! What is signed: "simple signing", a document that names a manifest.

use crate::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const TYPE: &str = "cosign container image signature";

/// The document.
#[derive(Debug, Deserialize, Serialize)]
pub struct Payload {
    critical: Critical,
    #[serde(default)]
    optional: Value,
}

#[derive(Debug, Deserialize, Serialize)]
struct Critical {
    identity: Identity,
    image: Image,
    r#type: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Identity {
    docker_reference: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Image {
    docker_manifest_digest: String,
}

impl Payload {
    /// The document for the manifest `digest` in `repository` (with its registry in front).
    pub fn new(repository: String, digest: &Digest) -> Self {
        Self {
            critical: Critical {
                identity: Identity { docker_reference: repository },
                image: Image { docker_manifest_digest: digest.to_string() },
                r#type: TYPE.to_owned(),
            },
            optional: Value::Null,
        }
    }

    /// Whether this speaks of the manifest `digest`. A valid signature over another manifest is none for this one.
    pub fn names(&self, digest: &Digest) -> bool {
        self.critical.r#type == TYPE && self.critical.image.docker_manifest_digest == digest.as_str()
    }
}
