//! What goes into a component: read from the manifest before any file is.

use super::ComposeError;
use crate::manifest::{Component, ComponentDependency, ComponentSource, Inherit, Manifest};
use std::path::PathBuf;

/// A component and what fills its imports.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Id of the component.
    pub component: String,
    /// Its WebAssembly.
    pub wasm: Vec<u8>,
    /// Its dependencies in the order of their keys.
    pub plugs: Vec<Plug>,
}

/// One dependency.
#[derive(Clone, Debug)]
pub struct Plug {
    /// The key in the manifest.
    pub key: String,
    /// Its WebAssembly.
    pub wasm: Vec<u8>,
    /// The export to use, when its name differs.
    pub export: Option<String>,
    /// What it inherits.
    pub inherit: Inherit,
}

impl Plan {
    /// Everything the result depends on, to find it in a cache.
    pub fn key_parts(&self) -> Vec<Vec<u8>> {
        let mut parts = vec![b"composition 1".to_vec(), self.wasm.clone()];
        for plug in &self.plugs {
            parts.push(format!("{} {:?} {:?}", plug.key, plug.export, plug.inherit).into_bytes());
            parts.push(plug.wasm.clone());
        }
        parts
    }
}

/// Reads the files of component `id` and its dependencies.
///
/// # Errors
/// [`ComposeError::Read`] for the first file that cannot be read.
pub fn plan(manifest: &Manifest, id: &str, component: &Component) -> Result<Plan, ComposeError> {
    let mut plugs = Vec::new();
    for (key, dependency) in &component.dependencies {
        let ComponentDependency::Local(dependency) = dependency else { continue };
        let source = match (&dependency.component, &dependency.path) {
            (Some(other), _) => manifest.component.get(other).and_then(|c| path_of(&c.source)),
            (None, path) => path.clone(),
        };
        let inherit = match &dependency.inherit_configuration {
            Some(inherit) => inherit.clone(),
            None => Inherit::All(component.dependencies_inherit_configuration),
        };
        let name = dependency.component.clone().unwrap_or_else(|| key.clone());
        plugs.push(Plug {
            key: key.clone(),
            wasm: read(manifest, &name, source)?,
            export: dependency.export.clone(),
            inherit,
        });
    }
    Ok(Plan { component: id.to_owned(), wasm: read(manifest, id, path_of(&component.source))?, plugs })
}

fn path_of(source: &ComponentSource) -> Option<PathBuf> {
    match source {
        ComponentSource::Path(path) => Some(path.clone()),
        ComponentSource::Remote(_) => None,
    }
}

fn read(manifest: &Manifest, component: &str, path: Option<PathBuf>) -> Result<Vec<u8>, ComposeError> {
    let path = manifest.folder.join(path.unwrap_or_default());
    std::fs::read(&path).map_err(|source| ComposeError::Read {
        component: component.to_owned(),
        path,
        source,
    })
}
