//! The locked app of an unpacked artifact, as the manifest it was made from.

use super::model::{
    Application, Component, ComponentDependency, ComponentSource, Files, HttpTrigger, Inherit,
    LocalDependency, Triggers, Variable,
};
use super::{Manifest, ManifestError, check};
use locked_app::{
    ContentPath, ContentRef, Digest, LOCKED, LockedApp, LockedComponent, LockedDependency, LockedInherit,
    LockedVariable, content_path,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The folder of the artifact that `path` means, if it means one.
pub(super) fn folder_of(path: &Path) -> Option<PathBuf> {
    if path.file_name().is_some_and(|name| name == LOCKED) {
        return Some(path.parent().unwrap_or(Path::new("")).to_owned());
    }
    path.join(LOCKED).is_file().then(|| path.to_owned())
}

/// Reads and checks the artifact in `folder`.
///
/// # Errors
/// Any [`ManifestError`].
pub(super) fn read(folder: &Path) -> Result<Manifest, ManifestError> {
    let path = folder.join(LOCKED);
    let json = match std::fs::read(&path) {
        Ok(json) => json,
        Err(source) => return Err(ManifestError::Read { path, source }),
    };
    let app = LockedApp::from_json(&json).map_err(|source| ManifestError::Locked { path, source })?;
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let manifest = manifest_of(app, folder)?;
    check::check(&manifest)?;
    Ok(manifest)
}

/// The manifest of a locked app by itself, without a folder that has its content.
///
/// # Errors
/// Any [`ManifestError`].
pub fn described_by(app: LockedApp) -> Result<Manifest, ManifestError> {
    let manifest = manifest_of(app, Path::new("."))?;
    check::check(&manifest)?;
    Ok(manifest)
}

fn manifest_of(app: LockedApp, folder: &Path) -> Result<Manifest, ManifestError> {
    let metadata = |key: &str| app.text(key).map(str::to_owned);
    let application = Application {
        name: metadata("name").unwrap_or_default(),
        version: metadata("version"),
        description: metadata("description"),
        authors: list(&app.metadata, "authors", "metadata")?,
    };
    let mut trigger = Triggers::default();
    for locked in app.triggers {
        let at = format!("triggers.{}", locked.id);
        if locked.trigger_type != "http" {
            trigger.others.insert(locked.trigger_type, toml::Value::Boolean(true));
            continue;
        }
        if !locked.trigger_dependencies.is_empty() {
            return Err(ManifestError::NotOffered { keys: vec![format!("{at} (no HTTP middleware)")] });
        }
        let mut http: HttpTrigger = typed(locked.trigger_config, &format!("{at}.trigger_config"))?;
        http.id = Some(locked.id);
        trigger.http.push(http);
    }
    let mut component = std::collections::BTreeMap::new();
    for locked in app.components {
        component.insert(locked.id.clone(), component_of(locked)?);
    }
    let variables = app.variables.into_iter().map(|(name, variable)| (name, variable_of(variable)));
    Ok(Manifest {
        spin_manifest_version: 2,
        application,
        variables: variables.collect(),
        trigger,
        component,
        folder: folder.to_owned(),
    })
}

fn variable_of(locked: LockedVariable) -> Variable {
    Variable {
        required: locked.default.is_none(),
        default: locked.default,
        secret: locked.secret,
        description: locked.description,
    }
}

fn component_of(locked: LockedComponent) -> Result<Component, ManifestError> {
    let at = |key: &str| format!("components.{}.{key}", locked.id);
    if !locked.trigger_dependencies.is_empty() {
        let key = format!("{} (no HTTP middleware)", at("trigger_dependencies"));
        return Err(ManifestError::NotOffered { keys: vec![key] });
    }
    let metadata = |key: &str| list(&locked.metadata, key, &at("metadata"));
    let mut dependencies = std::collections::BTreeMap::new();
    for (name, dependency) in &locked.dependencies {
        dependencies.insert(name.clone(), dependency_of(dependency, &at(&format!("dependencies.{name:?}")))?);
    }
    Ok(Component {
        description: locked.metadata.get("description").and_then(Value::as_str).map(str::to_owned),
        source: ComponentSource::Path(content(&locked.source.content, &at("source"))?),
        files: locked.files.iter().map(|file| file_of(file, &at("files"))).collect::<Result<_, _>>()?,
        exclude_files: Vec::new(),
        allowed_outbound_hosts: metadata("allowed_outbound_hosts")?,
        allowed_http_hosts: Vec::new(),
        key_value_stores: metadata("key_value_stores")?,
        sqlite_databases: metadata("databases")?,
        ai_models: metadata("ai_models")?,
        environment: locked.env.clone(),
        variables: locked.config.clone(),
        build: None,
        dependencies,
        dependencies_inherit_configuration: false,
    })
}

fn dependency_of(locked: &LockedDependency, at: &str) -> Result<ComponentDependency, ManifestError> {
    Ok(ComponentDependency::Local(LocalDependency {
        component: None,
        path: Some(content(&locked.source.content, at)?),
        export: locked.export.clone(),
        // The same words as in a manifest, so that code compiled for one is found by the other.
        inherit_configuration: Some(match &locked.inherit {
            LockedInherit::All => Inherit::All(true),
            LockedInherit::Some(kinds) if kinds.is_empty() => Inherit::All(false),
            LockedInherit::Some(kinds) => Inherit::Some(kinds.clone()),
        }),
    }))
}

fn file_of(file: &ContentPath, at: &str) -> Result<Files, ManifestError> {
    let destination = file.path.clone();
    Ok(match &file.content.inline {
        Some(content) => Files::Inline { content: content.clone(), destination },
        None => Files::Mount { source: content(&file.content, at)?, destination },
    })
}

/// Where the content lies in the artifact's folder.
fn content(content: &ContentRef, at: &str) -> Result<PathBuf, ManifestError> {
    let Some(digest) = &content.digest else {
        return Err(ManifestError::invalid(at, "is not named by a digest"));
    };
    let digest: Digest = digest.parse().map_err(|e| ManifestError::invalid(at, format!("{e}")))?;
    Ok(content_path(&digest))
}

fn list(metadata: &Map<String, Value>, key: &str, at: &str) -> Result<Vec<String>, ManifestError> {
    match metadata.get(key) {
        Some(value) => typed(value.clone(), &format!("{at}.{key}")),
        None => Ok(Vec::new()),
    }
}

fn typed<T: DeserializeOwned>(value: Value, at: &str) -> Result<T, ManifestError> {
    serde_json::from_value(value).map_err(|e| ManifestError::invalid(at, e.to_string()))
}

#[cfg(test)]
mod tests;
