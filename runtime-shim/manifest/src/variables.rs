//! Values for the app's variables.

use super::{Manifest, ManifestError};
use std::collections::BTreeMap;

/// What the names of environment variables begin with.
const DEFAULT_PREFIX: &str = "SPIN_VARIABLE";

/// Where values come from, strongest first.
#[derive(Clone, Debug, Default)]
pub struct VariableSources {
    /// `--variable name=value`.
    pub arguments: BTreeMap<String, String>,
    /// `SPIN_VARIABLE_<NAME>`: looked up by the variable's name.
    pub environment: BTreeMap<String, String>,
    /// Static providers of the runtime config file.
    pub runtime_config: BTreeMap<String, String>,
}

impl VariableSources {
    /// Takes the `SPIN_VARIABLE_*` entries of this process' environment.
    pub fn environment_of_process() -> BTreeMap<String, String> {
        Self::environment_with(None)
    }

    /// Takes the entries of this process' environment whose names begin with `prefix` and an underscore, which may be
    /// given with it.
    pub fn environment_with(prefix: Option<&str>) -> BTreeMap<String, String> {
        let prefix = format!("{}_", prefix.unwrap_or(DEFAULT_PREFIX).trim_end_matches('_'));
        std::env::vars_os()
            .filter_map(|(name, value)| {
                let name = name.to_str()?.strip_prefix(&prefix)?.to_lowercase();
                Some((name, value.to_str()?.to_owned()))
            })
            .collect()
    }

    fn get(&self, name: &str) -> Option<&String> {
        self.arguments
            .get(name)
            .or_else(|| self.environment.get(&name.to_lowercase()))
            .or_else(|| self.runtime_config.get(name))
    }
}

/// One value for every declared variable that has one.
///
/// # Errors
/// [`ManifestError::MissingVariables`] naming all required variables without a value, and
/// [`ManifestError::Invalid`] for an argument that names no variable (most likely misspelt).
pub fn resolve_variables(
    manifest: &Manifest,
    sources: &VariableSources,
) -> Result<BTreeMap<String, String>, ManifestError> {
    if let Some(unknown) = sources.arguments.keys().find(|name| !manifest.variables.contains_key(*name)) {
        return Err(ManifestError::invalid(
            format!("--variable {unknown}"),
            "the manifest declares no variable of that name",
        ));
    }
    let mut values = BTreeMap::new();
    let mut missing = Vec::new();
    for (name, variable) in &manifest.variables {
        match sources.get(name).or(variable.default.as_ref()) {
            Some(value) => {
                values.insert(name.clone(), value.clone());
            }
            None if variable.required => missing.push(name.clone()),
            None => {
                return Err(ManifestError::invalid(
                    format!("variables.{name}"),
                    "needs a default or required = true",
                ));
            }
        }
    }
    if missing.is_empty() { Ok(values) } else { Err(ManifestError::MissingVariables { names: missing }) }
}
