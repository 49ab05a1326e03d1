//! Content by digest, or the content itself.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Content of an app.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
pub struct ContentRef {
    /// A URL, in locked apps that never were in a registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The content itself, where it is tiny: some registries refuse blobs of a byte or none. Base64 without padding.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "encode",
        deserialize_with = "decode"
    )]
    pub inline: Option<Vec<u8>>,
    /// `sha256:…` of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// A file of a component.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub struct ContentPath {
    /// Its content.
    #[serde(flatten)]
    pub content: ContentRef,
    /// Its path in the component, with forward slashes and no leading one.
    pub path: String,
}

fn encode<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => serializer.serialize_str(&BASE64_STANDARD_NO_PAD.encode(bytes)),
        None => serializer.serialize_none(),
    }
}

fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.map(|text| BASE64_STANDARD_NO_PAD.decode(text).map_err(D::Error::custom)).transpose()
}
