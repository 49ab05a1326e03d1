//! What each component may use, with all templates resolved.

use super::{AllowedHosts, ComponentSource, Files, Manifest, ManifestError, Template};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A component's rights and settings, ready to run with.
#[derive(Clone, Debug)]
pub struct ResolvedComponent {
    /// Its id in the manifest.
    pub id: String,
    /// Its WebAssembly file.
    pub source: PathBuf,
    /// Where it may connect to.
    pub allowed_hosts: AllowedHosts,
    /// The variables it can read.
    pub variables: BTreeMap<String, String>,
    /// Its environment.
    pub environment: Vec<(String, String)>,
    /// Files it may read.
    pub files: Vec<Files>,
    /// Glob patterns taken out of `files`.
    pub exclude_files: Vec<String>,
}

/// Resolves every component of `manifest` with `variables`; `environment` is added to each component's own.
///
/// # Errors
/// [`ManifestError::Invalid`] naming the key whose template or host does not hold.
pub fn resolve_components(
    manifest: &Manifest,
    variables: &BTreeMap<String, String>,
    environment: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, ResolvedComponent>, ManifestError> {
    let mut resolved = BTreeMap::new();
    for (id, component) in &manifest.component {
        let render = |key: String, text: &str| Template::parse(&key, text)?.render(&key, variables);
        let mut hosts = Vec::new();
        for (index, host) in component.allowed_outbound_hosts.iter().enumerate() {
            hosts.push(render(format!("component.{id}.allowed_outbound_hosts[{index}]"), host)?);
        }
        let allowed_hosts = AllowedHosts::parse(&hosts).map_err(|e| {
            ManifestError::invalid(format!("component.{id}.allowed_outbound_hosts"), e.to_string())
        })?;
        let mut own_variables = BTreeMap::new();
        for (name, value) in &component.variables {
            own_variables.insert(name.clone(), render(format!("component.{id}.variables.{name}"), value)?);
        }
        let mut own_environment = component.environment.clone();
        own_environment.extend(environment.clone());
        let ComponentSource::Path(source) = &component.source else {
            return Err(ManifestError::invalid(format!("component.{id}.source"), "only files"));
        };
        resolved.insert(
            id.clone(),
            ResolvedComponent {
                id: id.clone(),
                source: manifest.folder.join(source),
                allowed_hosts,
                variables: own_variables,
                environment: own_environment.into_iter().collect(),
                files: component.files.clone(),
                exclude_files: component.exclude_files.clone(),
            },
        );
    }
    Ok(resolved)
}
