//! What an app is made of, as CycloneDX 1.5: its components with the hashes of their WebAssembly, and the crates each was
//! built from. The same app gives the same document: no serial number, no time, everything sorted.
//!
//! Of the format (<https://cyclonedx.org/docs/1.5/json/>) this writes a few members; tests/registry reads them with a library
//! that knows it whole.

mod crates;

pub use crates::{Crate, Crates, CratesError};

use crate::Digest;
use locked_app::LockedApp;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Why the document cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the SBOM: {0}")]
pub struct SbomError(#[from] serde_json::Error);

/// The document for `app`, whose components were built from `crates`.
///
/// # Errors
/// [`SbomError`].
pub fn sbom(app: &LockedApp, crates: &Crates) -> Result<Vec<u8>, SbomError> {
    let name = app.text("name").unwrap_or_default();
    let version = app.text("version").unwrap_or_default();
    let root = format!("app:{name}");
    let mut parts = Vec::new();
    let mut relations = vec![relation(&root, app.components.iter().map(|component| part_of(&component.id)))];
    for component in &app.components {
        let reference = part_of(&component.id);
        let mut part = Part::new("application", &component.id, version, &reference);
        let digest =
            component.source.content.digest.as_deref().and_then(|digest| digest.parse::<Digest>().ok());
        part.hashes = digest.map(|digest| [Hash { alg: "SHA-256", content: digest.hex().to_owned() }]);
        let description = component.metadata.get("description").and_then(Value::as_str);
        part.description = description.map(str::to_owned);
        parts.push(part);
        // Filled imports are other components of the app: found by their digest.
        let filled = component.dependencies.values().filter_map(|dependency| {
            let same = |other: &&locked_app::LockedComponent| {
                other.source.content.digest == dependency.source.content.digest
            };
            app.components.iter().find(same).map(|other| part_of(&other.id))
        });
        let built_from = crates.crates_of(&component.id).map(str::to_owned);
        relations.push(relation(&reference, filled.chain(built_from)));
    }
    for (reference, library) in crates.all() {
        parts.push(library_part(reference, library));
        relations.push(relation(reference, library.dependencies.iter().cloned()));
    }
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": Part::new("application", name, version, &root) },
        "components": parts,
        "dependencies": relations,
    });
    Ok(serde_json::to_vec_pretty(&document)?)
}

fn part_of(component: &str) -> String {
    format!("component:{component}")
}

/// A member of `components`.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Part {
    #[serde(rename = "type")]
    kind: &'static str,
    bom_ref: String,
    name: String,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hashes: Option<[Hash; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licenses: Option<[Licence; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
}

#[derive(Serialize)]
struct Hash {
    alg: &'static str,
    content: String,
}

#[derive(Serialize)]
struct Licence {
    expression: String,
}

impl Part {
    fn new(kind: &'static str, name: &str, version: &str, reference: &str) -> Self {
        Self {
            kind,
            bom_ref: reference.to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            description: None,
            hashes: None,
            licenses: None,
            purl: None,
        }
    }
}

fn relation(of: &str, on: impl Iterator<Item = String>) -> Value {
    let on: BTreeSet<String> = on.collect();
    json!({ "ref": of, "dependsOn": on })
}

fn library_part(reference: &str, library: &Crate) -> Part {
    let mut part = Part::new("library", &library.name, &library.version, reference);
    part.licenses = library.licence.clone().map(|expression| [Licence { expression }]);
    // A package URL: in names and versions of crates, `+` is all that has to be escaped.
    let version = library.version.replace('+', "%2B");
    part.purl = library.published.then(|| format!("pkg:cargo/{}@{version}", library.name));
    part
}

#[cfg(test)]
mod tests;
