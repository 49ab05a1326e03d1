//! What goes into a component: files and how they are put together.

use super::ComposeError;
use app_manifest::{Component, ComponentDependency, ComponentSource, Inherit, Manifest};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A WebAssembly file, read once however many components use it.
#[derive(Debug)]
pub struct Source {
    /// Its content.
    pub wasm: Vec<u8>,
    hash: [u8; 32],
}

/// A component and what fills its imports.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Id of the component.
    pub component: String,
    /// Its WebAssembly.
    pub source: Arc<Source>,
    /// Its dependencies in the order of their keys.
    pub plugs: Vec<Plug>,
}

/// One dependency.
#[derive(Clone, Debug)]
pub struct Plug {
    /// The key in the manifest.
    pub key: String,
    /// Its WebAssembly.
    pub source: Arc<Source>,
    /// The export to use, when its name differs.
    pub export: Option<String>,
    /// What it inherits.
    pub inherit: Inherit,
}

impl Plan {
    /// Everything the result depends on, to find it in a cache.
    pub fn key(&self) -> Vec<u8> {
        // The number changes when composing the same parts gives something else.
        let mut key = b"composition 2".to_vec();
        key.extend_from_slice(&self.source.hash);
        for plug in &self.plugs {
            key.extend_from_slice(format!("\n{} {:?} {:?} ", plug.key, plug.export, plug.inherit).as_bytes());
            key.extend_from_slice(&plug.source.hash);
        }
        key
    }
}

/// What the parts of `component` are called in metrics and traces, in the order of a plan's dependencies: by the package
/// each stands for, or by the whole key where that would not tell two of them apart.
pub fn part_names(component: &Component) -> Vec<Arc<str>> {
    let local = component.dependencies.iter().filter(|(_, one)| matches!(one, ComponentDependency::Local(_)));
    names_of(local.map(|(key, _)| key.as_str()))
}

fn names_of<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<Arc<str>> {
    let named: Vec<(&str, &str)> = keys.map(|key| (key, package_name(key))).collect();
    let unique = |name: &str| named.iter().filter(|(_, other)| *other == name).count() == 1;
    named.iter().map(|(key, name)| Arc::from(if unique(name) { *name } else { *key })).collect()
}

/// `add-task` of `todo:add-task/tool@1.0.0`; a plain name is itself.
fn package_name(key: &str) -> &str {
    let unversioned = key.split_once('@').map_or(key, |(name, _)| name);
    let package = unversioned.split_once('/').map_or(unversioned, |(package, _)| package);
    package.split_once(':').map_or(package, |(_, name)| name)
}

/// The plans of the components `ids`, in their order.
///
/// # Errors
/// [`ComposeError::Read`] for the first file that cannot be read.
pub fn plan<'a>(
    manifest: &Manifest,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Plan>, ComposeError> {
    let mut sources = Sources { manifest, read: HashMap::new() };
    let mut plans = Vec::new();
    for id in ids {
        if let Some(component) = manifest.component.get(id) {
            plans.push(sources.plan(id, component)?);
        }
    }
    Ok(plans)
}

struct Sources<'a> {
    manifest: &'a Manifest,
    read: HashMap<PathBuf, Arc<Source>>,
}

impl Sources<'_> {
    fn plan(&mut self, id: &str, component: &Component) -> Result<Plan, ComposeError> {
        let mut plugs = Vec::new();
        for (key, dependency) in &component.dependencies {
            let ComponentDependency::Local(dependency) = dependency else { continue };
            let source = match (&dependency.component, &dependency.path) {
                (Some(other), _) => self.manifest.component.get(other).and_then(|c| path_of(&c.source)),
                (None, path) => path.as_deref(),
            };
            let inherit = match &dependency.inherit_configuration {
                Some(inherit) => inherit.clone(),
                None => Inherit::All(component.dependencies_inherit_configuration),
            };
            let name = dependency.component.as_deref().unwrap_or(key);
            plugs.push(Plug {
                key: key.clone(),
                source: self.get(name, source)?,
                export: dependency.export.clone(),
                inherit,
            });
        }
        Ok(Plan { component: id.to_owned(), source: self.get(id, path_of(&component.source))?, plugs })
    }

    fn get(&mut self, component: &str, path: Option<&Path>) -> Result<Arc<Source>, ComposeError> {
        let path = self.manifest.folder.join(path.unwrap_or(Path::new("")));
        if let Some(source) = self.read.get(&path) {
            return Ok(Arc::clone(source));
        }
        let wasm = std::fs::read(&path).map_err(|source| ComposeError::Read {
            component: component.to_owned(),
            path: path.clone(),
            source,
        })?;
        let source = Arc::new(Source { hash: Sha256::digest(&wasm).into(), wasm });
        self.read.insert(path, Arc::clone(&source));
        Ok(source)
    }
}

fn path_of(source: &ComponentSource) -> Option<&Path> {
    match source {
        ComponentSource::Path(path) => Some(path),
        ComponentSource::Remote(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::names_of;

    #[test]
    fn parts_are_called_by_their_package_where_that_is_enough() {
        let keys = [
            "todo:add-task/tool@1.0.0",
            "todo:x/a@1.0.0",
            "todo:x/b@1.0.0",
            "plain",
            "other:list-tasks@2.0.0",
        ];
        let names: Vec<String> = names_of(keys.into_iter()).iter().map(|name| name.to_string()).collect();
        assert_eq!(names, ["add-task", "todo:x/a@1.0.0", "todo:x/b@1.0.0", "plain", "list-tasks"]);
    }
}
