//! What an app is made of, as CycloneDX 1.5: its components with the hashes of their WebAssembly, and the crates each was
//! built from. The same app gives the same document: no serial number, no time, everything sorted.

mod crates;

pub use crates::{Crate, Crates, CratesError};

use crate::Digest;
use crate::locked::LockedApp;
use cyclonedx_bom::models::component::{Classification, Component, Components};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::prelude::{Bom, Metadata, NormalizedString, Purl, SpdxExpression, SpecVersion};
use std::collections::BTreeSet;

/// Why the document cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the SBOM: {0}")]
pub struct SbomError(String);

/// The document for `app`, whose components were built from `crates`.
///
/// # Errors
/// [`SbomError`].
pub fn sbom(app: &LockedApp, crates: &Crates) -> Result<Vec<u8>, SbomError> {
    let name = app.text("name").unwrap_or_default();
    let version = app.text("version").unwrap_or_default();
    let root = format!("app:{name}");
    let mut parts = Vec::new();
    let mut relations = vec![Dependency {
        dependency_ref: root.clone(),
        dependencies: app.components.iter().map(|component| part_of(&component.id)).collect(),
    }];
    for component in &app.components {
        let mut part =
            Component::new(Classification::Application, &component.id, version, Some(part_of(&component.id)));
        let digest =
            component.source.content.digest.as_deref().and_then(|digest| digest.parse::<Digest>().ok());
        part.hashes = digest.map(|digest| {
            Hashes(vec![Hash { alg: HashAlgorithm::SHA_256, content: HashValue(digest.hex().to_owned()) }])
        });
        let description = component.metadata.get("description").and_then(serde_json::Value::as_str);
        part.description = description.map(NormalizedString::new);
        parts.push(part);
        // Filled imports are other components of the app: found by their digest.
        let filled = component.dependencies.values().filter_map(|dependency| {
            let same = |other: &&crate::locked::LockedComponent| {
                other.source.content.digest == dependency.source.content.digest
            };
            app.components.iter().find(same).map(|other| part_of(&other.id))
        });
        let built_from = crates.of_component(&component.id).map(str::to_owned);
        relations.push(relation(part_of(&component.id), filled.chain(built_from)));
    }
    for (reference, library) in crates.all() {
        parts.push(library_part(reference, library)?);
        relations.push(relation(reference.to_owned(), library.dependencies.iter().cloned()));
    }
    let bom = Bom {
        serial_number: None,
        spec_version: SpecVersion::V1_5,
        metadata: Some(Metadata {
            component: Some(Component::new(Classification::Application, name, version, Some(root))),
            ..Metadata::default()
        }),
        components: Some(Components(parts)),
        dependencies: Some(Dependencies(relations)),
        ..Bom::default()
    };
    let mut document = Vec::new();
    bom.output_as_json_v1_5(&mut document).map_err(|e| SbomError(e.to_string()))?;
    Ok(document)
}

fn part_of(component: &str) -> String {
    format!("component:{component}")
}

fn relation(of: String, on: impl Iterator<Item = String>) -> Dependency {
    let on: BTreeSet<String> = on.collect();
    Dependency { dependency_ref: of, dependencies: on.into_iter().collect() }
}

fn library_part(reference: &str, library: &Crate) -> Result<Component, SbomError> {
    let mut part =
        Component::new(Classification::Library, &library.name, &library.version, Some(reference.to_owned()));
    let licences = library.licence.as_deref();
    part.licenses =
        licences.map(|licence| Licenses(vec![LicenseChoice::Expression(SpdxExpression::new(licence))]));
    if library.published {
        let purl = Purl::new("cargo", &library.name, &library.version);
        part.purl = Some(purl.map_err(|e| SbomError(format!("{reference}: {e}")))?);
    }
    Ok(part)
}

#[cfg(test)]
mod tests;
