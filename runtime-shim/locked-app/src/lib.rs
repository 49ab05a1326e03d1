//! The locked app: what a `spin.toml` says, with every file named by its digest. Field names are Spin's; fields this
//! crate does not know are ignored, as Spin does, except where [`LockedApp::must_understand`] forbids it.

mod content;
mod digest;
mod folder;
mod requirements;

pub use content::{ContentPath, ContentRef};
pub use digest::{Digest, DigestError};
pub use folder::{LOCKED, content_path};
pub use requirements::LockedAppError;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An app, resolved.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LockedApp {
    /// 0, or 1 when something must be understood.
    pub spin_lock_version: u32,
    /// Fields a host may not skip.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_understand: Vec<String>,
    /// Name, version, description and authors of the app.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// What the host must offer.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub host_requirements: Map<String, Value>,
    /// What operators can set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, LockedVariable>,
    /// What reaches which component.
    pub triggers: Vec<LockedTrigger>,
    /// The components.
    pub components: Vec<LockedComponent>,
}

/// A variable of the app.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct LockedVariable {
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its value when nobody sets it; without one it is required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Never shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
}

/// A trigger.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LockedTrigger {
    /// Unique in the app.
    pub id: String,
    /// Such as `http`.
    pub trigger_type: String,
    /// What the trigger's kind understands; for `http` the keys of `[[trigger.http]]`.
    pub trigger_config: Value,
    /// Middleware.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub trigger_dependencies: Map<String, Value>,
}

/// A component.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LockedComponent {
    /// Unique in the app.
    pub id: String,
    /// Description, hosts it may connect to, stores it may use.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// Its WebAssembly.
    pub source: LockedSource,
    /// Its environment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    /// Files it may read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<ContentPath>,
    /// Variables it can read; each value a template.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub config: BTreeMap<String, String>,
    /// Which of its imports other components fill.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dependencies: BTreeMap<String, LockedDependency>,
    /// Middleware.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub trigger_dependencies: Map<String, Value>,
    /// What the host must offer.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub host_requirements: Map<String, Value>,
}

/// Where WebAssembly is.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LockedSource {
    /// `application/wasm`.
    pub content_type: String,
    /// The content.
    #[serde(flatten)]
    pub content: ContentRef,
}

/// What fills an import.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LockedDependency {
    /// Its WebAssembly.
    pub source: LockedSource,
    /// The export that fills the import, when its name differs. Written as `null` too, as Spin does.
    #[serde(default)]
    pub export: Option<String>,
    /// Which of the component's rights it gets.
    #[serde(default, skip_serializing_if = "LockedInherit::is_nothing")]
    pub inherit: LockedInherit,
}

/// Rights a dependency gets.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub enum LockedInherit {
    /// Everything.
    All,
    /// These kinds of configuration.
    Some(Vec<String>),
}

impl LockedInherit {
    /// No right at all.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Some(kinds) if kinds.is_empty())
    }
}

impl Default for LockedInherit {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

impl LockedApp {
    /// Reads a locked app that this crate understands in full.
    ///
    /// # Errors
    /// [`LockedAppError`] for what is no locked app, or asks for more than a host of this crate's kind offers.
    pub fn from_json(json: &[u8]) -> Result<Self, LockedAppError> {
        let app: Self = serde_json::from_slice(json).map_err(LockedAppError::Json)?;
        requirements::check(&app)?;
        Ok(app)
    }

    /// The app as it goes into an artifact.
    ///
    /// # Errors
    /// When a value cannot be JSON.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// A text in the metadata, such as `name`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.metadata.get(key).and_then(Value::as_str)
    }
}

#[cfg(test)]
mod tests;
