//! What an app asks of its host.

use super::LockedApp;
use serde_json::{Map, Value};

/// Calls between components of one app, without a socket.
const SERVICE_CHAINING: &str = "local_service_chaining";
const OPTIONAL: &str = "optional";
const FIELDS: [&str; 2] = ["host_requirements", "component_host_requirements"];

/// Why a locked app cannot be used here.
#[derive(Debug, thiserror::Error)]
pub enum LockedAppError {
    /// It is not the JSON of a locked app.
    #[error("not a locked app: {0}")]
    Json(#[source] serde_json::Error),
    /// It is of a later version.
    #[error("a locked app of version {0}: only 0 and 1 are known")]
    Version(u32),
    /// Fields that may not be skipped.
    #[error("the app says that these must be understood, and they are not: {}", .0.join(", "))]
    Fields(Vec<String>),
    /// Features.
    #[error("the app needs what this host does not offer: {}", .0.join(", "))]
    Features(Vec<String>),
}

pub(super) fn check(app: &LockedApp) -> Result<(), LockedAppError> {
    if app.spin_lock_version > 1 {
        return Err(LockedAppError::Version(app.spin_lock_version));
    }
    let unknown: Vec<String> =
        app.must_understand.iter().filter(|field| !FIELDS.contains(&field.as_str())).cloned().collect();
    if !unknown.is_empty() {
        return Err(LockedAppError::Fields(unknown));
    }
    let components = app.components.iter().map(|component| &component.host_requirements);
    let mut features: Vec<String> =
        components.chain([&app.host_requirements]).flat_map(missing).cloned().collect();
    features.sort();
    features.dedup();
    if features.is_empty() { Ok(()) } else { Err(LockedAppError::Features(features)) }
}

fn missing(requirements: &Map<String, Value>) -> impl Iterator<Item = &String> {
    requirements
        .iter()
        .filter(|(name, level)| level.as_str() != Some(OPTIONAL) && name.as_str() != SERVICE_CHAINING)
        .map(|(name, _)| name)
}
