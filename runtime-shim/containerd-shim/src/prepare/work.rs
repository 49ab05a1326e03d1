//! The work itself: fetch, compose, compile, remember.

use super::Order;
use crate::containerd::{ContentError, Contents};
use crate::store::{Code, Entry, Store, StoreError};
use app_manifest::ManifestError;
use locked_app::{Digest, DigestError, LOCKED, LockedApp, LockedAppError, content_path};
use runtime_shim::{AssembleError, RunSettings, compatibility, prepare};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why an app is not ready.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The node's store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was pulled.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The locked app.
    #[error(transparent)]
    App(#[from] LockedAppError),
    /// A digest in it.
    #[error(transparent)]
    Digest(#[from] DigestError),
    /// What it describes.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Composing and compiling.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// What pods of this node cannot be given.
    #[error("component {0} has files, which pods without an image cannot be given: use the runtime's image")]
    Files(String),
    /// The system.
    #[error("cannot wait for containerd: {0}")]
    System(#[from] std::io::Error),
}

/// The code of every component of the app: from the store, or made now.
pub fn carry_out(order: &Order) -> Result<Code, WorkError> {
    let store = Store::open(&order.store)?;
    let mut settings = RunSettings::new(PathBuf::new());
    settings.cache_dir = store.code_folder();
    let entry = store.entry(&order.app, &compatibility(&settings)?);
    if let Some(code) = entry.code()? {
        return Ok(code);
    }
    // Pods of one app mostly start together: one compiles, the others wait and find it done.
    let _lock = store.lock()?;
    if let Some(code) = entry.code()? {
        return Ok(code);
    }
    let parts = store.scratch()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(fetch(order, parts.path()))?;
    make(&store, &entry, parts.path(), &settings)
}

fn make(store: &Store, entry: &Entry, parts: &Path, settings: &RunSettings) -> Result<Code, WorkError> {
    let manifest = app_manifest::read(parts)?;
    if let Some((id, _)) = manifest.component.iter().find(|(_, component)| !component.files.is_empty()) {
        return Err(WorkError::Files(id.clone()));
    }
    let code = prepare(settings, &manifest)?;
    entry.remember(&code)?;
    store.forget_what_nobody_uses()?;
    Ok(code)
}

/// Lays the app out in `folder` as an unpacked artifact.
async fn fetch(order: &Order, folder: &Path) -> Result<(), WorkError> {
    let mut contents = Contents::connect(&order.address, &order.namespace).await?;
    let locked = contents.read(&order.app).await?;
    let app = LockedApp::from_json(&locked)?;
    std::fs::create_dir_all(folder.join("content/sha256"))?;
    std::fs::write(folder.join(LOCKED), &locked)?;
    for digest in wasm_of(&app)? {
        let wasm = contents.read(&digest).await?;
        std::fs::write(folder.join(content_path(&digest)), wasm)?;
    }
    Ok(())
}

/// The WebAssembly that `app` is made of, each part once.
fn wasm_of(app: &LockedApp) -> Result<BTreeSet<Digest>, DigestError> {
    let sources = app.components.iter().flat_map(|component| {
        let plugs = component.dependencies.values().map(|dependency| &dependency.source);
        std::iter::once(&component.source).chain(plugs)
    });
    sources.filter_map(|source| source.content.digest.as_deref()).map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_fetched_once() {
        let [front, back, tool] = ["front", "back", "tool"].map(|name| Digest::sha256(name.as_bytes()));
        let source = |digest: &Digest| serde_json::json!({ "content_type": "application/wasm", "digest": digest.as_str() });
        let tools = serde_json::json!({ "todo:tool@1.0.0": { "source": source(&tool), "export": null } });
        let app = serde_json::json!({
            "spin_lock_version": 0,
            "triggers": [],
            "components": [
                { "id": "front", "source": source(&front), "dependencies": tools },
                { "id": "back", "source": source(&back), "dependencies": tools }
            ]
        });
        let app = LockedApp::from_json(app.to_string().as_bytes()).unwrap();
        assert_eq!(wasm_of(&app).unwrap(), BTreeSet::from([front, back, tool]));
    }
}
