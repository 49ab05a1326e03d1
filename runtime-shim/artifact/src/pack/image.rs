//! The two documents around the layers, as the OCI image specification wants them.

use super::Blob;
use crate::{Digest, media_type};
use serde::Serialize;
use std::collections::BTreeMap;

/// The label that makes the configurations of two apps differ, and with them their image ids on a node.
const APP_LABEL: &str = "com.fermyon.spin.lockedAppDigest";

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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest<'a> {
    schema_version: u8,
    media_type: &'static str,
    config: Descriptor<'a>,
    layers: Vec<Descriptor<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    media_type: &'static str,
    digest: &'a str,
    size: usize,
}

impl<'a> From<&'a Blob> for Descriptor<'a> {
    fn from(blob: &'a Blob) -> Self {
        Self { media_type: blob.media_type, digest: blob.digest.as_str(), size: blob.bytes.len() }
    }
}

/// The image configuration. Nodes choose by platform: `wasip1/wasm` is what the shims for WebAssembly ask for.
pub(super) fn config(app: &Digest) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Config {
        architecture: "wasm",
        os: "wasip1",
        config: Labelled { labels: BTreeMap::from([(APP_LABEL, app.as_str())]) },
        rootfs: RootFs { r#type: "layers", diff_ids: [] },
    })
}

/// The image manifest.
pub(super) fn manifest(
    config: &Blob,
    layers: &[Blob],
    annotations: &BTreeMap<String, String>,
) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Manifest {
        schema_version: 2,
        media_type: media_type::MANIFEST,
        config: config.into(),
        layers: layers.iter().map(Descriptor::from).collect(),
        annotations,
    })
}
