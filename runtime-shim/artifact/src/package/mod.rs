//! One component, or one package of interfaces, published by itself in the form `wkg` reads: an image manifest whose
//! configuration lists what it imports and exports, and whose one layer is WebAssembly.
//!
//! A component carries its interfaces, so they need no publishing of their own; packages that only other packages use do.

use crate::image::{Descriptor, Manifest};
use crate::media_type;
use crate::pack::{Artifact, Blob};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use wit_component::DecodedWasm;
use wit_parser::{Resolve, WorldId};

const TITLE: &str = "org.opencontainers.image.title";
const VERSION: &str = "org.opencontainers.image.version";
const DESCRIPTION: &str = "org.opencontainers.image.description";
/// The format wants a time; without one it is always this.
const NO_TIME: &str = "1970-01-01T00:00:00Z";

/// Why something cannot be published by itself.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// Not a component.
    #[error("not a WebAssembly component: {0}")]
    NotAComponent(String),
    /// Interfaces that cannot be read.
    #[error("{path}: {reason}")]
    Interfaces {
        /// The folder.
        path: PathBuf,
        /// What is wrong, with line and column.
        reason: String,
    },
    /// A name that cannot be found out.
    #[error("its exports are of {}: exactly one package with a version gives a component its name", list(.0))]
    Name(Vec<String>),
    /// Something that cannot be JSON.
    #[error("cannot write its description: {0}")]
    Json(#[from] serde_json::Error),
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "no package".to_owned() } else { names.join(", ") }
}

/// `namespace:name@version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackageName {
    /// Before the colon.
    pub namespace: String,
    /// Between colon and `@`.
    pub name: String,
    /// Behind the `@`.
    pub version: String,
}

impl PackageName {
    /// Where it is in a registry, below `prefix`: `prefix/namespace/name:version`, as wkg looks for it.
    pub fn reference(&self, prefix: &str) -> String {
        // A tag can hold no plus sign.
        let tag = self.version.replace('+', "_");
        format!("{}/{}/{}:{tag}", prefix.trim_end_matches('/'), self.namespace, self.name)
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}@{}", self.namespace, self.name, self.version)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    created: &'a str,
    author: Option<String>,
    architecture: &'static str,
    os: &'static str,
    layer_digests: [&'a str; 1],
    component: Interfaces,
}

#[derive(Serialize)]
struct Interfaces {
    exports: BTreeSet<String>,
    imports: BTreeSet<String>,
    target: Option<String>,
}

/// The component `wasm`, named for the package whose interfaces it exports. `created` is a time as in RFC 3339.
///
/// # Errors
/// [`PackageError`].
pub fn pack_component(
    wasm: Vec<u8>,
    description: Option<&str>,
    created: Option<&str>,
) -> Result<(PackageName, Artifact), PackageError> {
    let decoded = wit_component::decode(&wasm).map_err(|e| PackageError::NotAComponent(format!("{e:#}")))?;
    let DecodedWasm::Component(resolve, world) = decoded else {
        return Err(PackageError::NotAComponent("it holds interfaces only".to_owned()));
    };
    let interfaces = interfaces_of(&resolve, world);
    let name = name_of(&interfaces)?;
    let artifact = artifact(&name, wasm, interfaces, description, created)?;
    Ok((name, artifact))
}

/// The package of interfaces in `folder`, which uses no other package.
///
/// # Errors
/// [`PackageError`].
pub fn pack_interfaces(
    folder: &Path,
    created: Option<&str>,
) -> Result<(PackageName, Artifact), PackageError> {
    let wrong = |reason: String| PackageError::Interfaces { path: folder.to_owned(), reason };
    let mut resolve = Resolve::default();
    let (id, _) = resolve.push_dir(folder).map_err(|e| wrong(format!("{e:#}")))?;
    let wasm = wit_component::encode(&resolve, id).map_err(|e| wrong(format!("{e:#}")))?;
    let package = resolve.packages.get(id).ok_or_else(|| wrong("no package".to_owned()))?;
    let version =
        package.name.version.as_ref().ok_or_else(|| wrong("the package has no version".to_owned()))?;
    let name = PackageName {
        namespace: package.name.namespace.clone(),
        name: package.name.name.clone(),
        version: version.to_string(),
    };
    let mut exports: BTreeSet<String> =
        package.interfaces.values().filter_map(|interface| resolve.id_of(*interface)).collect();
    for (world_name, world) in &package.worlds {
        exports.insert(format!("{}:{}/{world_name}@{}", name.namespace, name.name, name.version));
        exports.extend(interfaces_of(&resolve, *world).exports);
    }
    let interfaces = Interfaces { exports, imports: BTreeSet::new(), target: None };
    let artifact = artifact(&name, wasm, interfaces, package.docs.contents.as_deref(), created)?;
    Ok((name, artifact))
}

fn interfaces_of(resolve: &Resolve, world: WorldId) -> Interfaces {
    let Some(world) = resolve.worlds.get(world) else {
        return Interfaces { exports: BTreeSet::new(), imports: BTreeSet::new(), target: None };
    };
    let exports = world.exports.keys().map(|key| resolve.name_world_key(key)).collect();
    let imports = world.imports.keys().map(|key| resolve.name_world_key(key)).collect();
    Interfaces { exports, imports, target: None }
}

/// The one package among the exports that is not a host's.
fn name_of(interfaces: &Interfaces) -> Result<PackageName, PackageError> {
    let packages: BTreeSet<PackageName> = interfaces
        .exports
        .iter()
        .filter_map(|export| package_of(export))
        .filter(|p| p.namespace != "wasi")
        .collect();
    let mut packages = packages.into_iter();
    match (packages.next(), packages.next()) {
        (Some(name), None) => Ok(name),
        (first, second) => {
            let all = first.into_iter().chain(second).chain(packages).map(|name| name.to_string());
            Err(PackageError::Name(all.collect()))
        }
    }
}

/// The package in `namespace:name/interface@version`.
fn package_of(export: &str) -> Option<PackageName> {
    let (path, version) = export.split_once('@')?;
    let (namespace, rest) = path.split_once(':')?;
    let (name, _) = rest.split_once('/')?;
    Some(PackageName { namespace: namespace.to_owned(), name: name.to_owned(), version: version.to_owned() })
}

fn artifact(
    name: &PackageName,
    wasm: Vec<u8>,
    interfaces: Interfaces,
    description: Option<&str>,
    created: Option<&str>,
) -> Result<Artifact, PackageError> {
    let layer = Blob::new(media_type::WASM_PACKAGE, wasm);
    let config = serde_json::to_vec(&Config {
        created: created.unwrap_or(NO_TIME),
        author: None,
        architecture: "wasm",
        os: "wasip2",
        layer_digests: [layer.digest.as_str()],
        component: interfaces,
    })?;
    let config = Blob::new(media_type::WASM_CONFIG, config);
    let mut described = Descriptor::from(&layer);
    described.annotations.insert(TITLE.to_owned(), format!("{}.wasm", name.name));
    let mut annotations = BTreeMap::from([(VERSION.to_owned(), name.version.clone())]);
    if let Some(description) = description {
        annotations.insert(DESCRIPTION.to_owned(), description.trim().to_owned());
    }
    let manifest = Manifest { layers: vec![described], annotations, ..Manifest::new(&config, &[]) };
    Ok(Artifact::new(&manifest, config, vec![layer])?)
}

#[cfg(test)]
mod tests;
