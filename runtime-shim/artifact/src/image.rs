//! The documents around the layers, as the OCI image specification (1.1) wants them. Fields are written in one order
//! and maps sorted, so that the same parts give the same bytes.

use crate::pack::Blob;
use crate::{Digest, media_type};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The label that makes the configurations of two apps differ, and with them their image ids on a node.
const APP_LABEL: &str = "com.fermyon.spin.lockedAppDigest";

/// An image manifest: what an artifact consists of.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// 2.
    pub schema_version: u8,
    /// [`media_type::MANIFEST`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What kind of artifact it is, where the configuration does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// Its configuration.
    pub config: Descriptor,
    /// Its layers.
    pub layers: Vec<Descriptor>,
    /// The manifest it says something about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Descriptor>,
    /// Words about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// Names a content.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// What it is.
    pub media_type: String,
    /// Its digest.
    pub digest: Digest,
    /// Its length in bytes.
    pub size: u64,
    /// Words about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of these parts.
    pub fn new(config: &Blob, layers: &[Blob]) -> Self {
        Self {
            schema_version: 2,
            media_type: Some(media_type::MANIFEST.to_owned()),
            artifact_type: None,
            config: config.into(),
            layers: layers.iter().map(Descriptor::from).collect(),
            subject: None,
            annotations: BTreeMap::new(),
        }
    }
}

impl From<&Blob> for Descriptor {
    fn from(blob: &Blob) -> Self {
        Self {
            media_type: blob.media_type.to_owned(),
            digest: blob.digest.clone(),
            size: blob.bytes.len() as u64,
            annotations: BTreeMap::new(),
        }
    }
}

#[derive(Serialize)]
struct Config<'a> {
    architecture: &'static str,
    os: &'static str,
    config: Labelled<'a>,
    rootfs: RootFs,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(rename = "Labels")]
    labels: BTreeMap<&'static str, &'a str>,
}

/// None of the layers is a part of a file system.
#[derive(Serialize)]
struct RootFs {
    r#type: &'static str,
    diff_ids: [&'static str; 0],
}

/// The image configuration of an app. Nodes choose by platform: `wasip1/wasm` is what the shims for WebAssembly ask for.
pub(crate) fn app_config(app: &Digest) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Config {
        architecture: "wasm",
        os: "wasip1",
        config: Labelled { labels: BTreeMap::from([(APP_LABEL, app.as_str())]) },
        rootfs: RootFs { r#type: "layers", diff_ids: [] },
    })
}
