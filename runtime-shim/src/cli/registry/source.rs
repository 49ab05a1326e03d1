//! `-f` may name an artifact in a registry as well as a file.

use std::path::{Path, PathBuf};

use app_artifact::registry::{Reference, parse_reference};
use app_artifact::store::Store;

use super::access::AccessFlags;
use super::trust::TrustFlags;
use crate::cli::CliError;

/// Folder for what is not beside a manifest, because there is none.
const HERE: &str = ".runtime-shim";

/// Where code and artifacts are kept by default, for an app that has no folder here.
pub fn default_cache() -> PathBuf {
    Path::new(HERE).join("cache")
}

/// The part of a cache folder that holds artifacts.
pub fn store_folder(cache: &Path) -> PathBuf {
    cache.join("artifacts")
}

/// What `from` names, if it is no file: files win, and what ends like one is one.
fn reference_in(from: &Path) -> Result<Option<Reference>, CliError> {
    let Some(text) = from.to_str() else { return Ok(None) };
    if text.starts_with("oci://") {
        return Ok(Some(parse_reference(text)?));
    }
    if from.exists() || text.ends_with(".toml") || text.ends_with(".json") || !looks_remote(text) {
        return Ok(None);
    }
    Ok(Some(parse_reference(text)?))
}

/// `host/…`, where the host has a dot or a port or is this machine, or `…/name:tag`, as Docker tells them apart.
fn looks_remote(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('/') else { return false };
    let host = first.contains(['.', ':']) && !first.starts_with('.');
    host || first == "localhost" || (!first.is_empty() && rest.contains([':', '@']))
}

/// An app fetched from a registry.
#[derive(Debug)]
pub struct Fetched {
    /// Where it is unpacked.
    pub folder: PathBuf,
    /// The folder for compiled code.
    pub cache: PathBuf,
    /// The folder for data of its own.
    pub data: PathBuf,
}

/// Fetches what `from` names, unless that is a file. What is here already is not fetched again; named by its digest it
/// needs no registry at all, unless its signature is asked for.
pub async fn fetch_if_referenced(
    from: &Path,
    access: &AccessFlags,
    trust: &TrustFlags,
    cache: Option<&Path>,
) -> Result<Option<Fetched>, CliError> {
    let Some(reference) = reference_in(from)? else { return Ok(None) };
    let cache = cache.map_or_else(default_cache, Path::to_path_buf);
    let store = Store::new(store_folder(&cache));
    let registry = access.registry(&reference)?;
    let digest = registry.resolve(&reference).await?;
    trust.check(&registry, &reference, &digest).await?;
    let known = store.get(&digest).is_some();
    let folder = store.fetch(&registry, &reference, &digest).await?;
    tracing::info!(reference = %reference.whole(), %digest, known, "artifact");
    Ok(Some(Fetched { folder, cache, data: PathBuf::from(HERE) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_reference(text: &str) -> bool {
        reference_in(Path::new(text)).unwrap().is_some()
    }

    #[test]
    fn references_are_told_from_files() {
        for text in [
            "ghcr.io/todo/app:1",
            "localhost/app",
            "registry:5000/todo/app",
            "todo/app:1.0.0",
            "oci://app",
            "registry.example/app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ] {
            assert!(is_reference(text), "{text}");
        }
        for text in
            ["spin.toml", "./app", "../x/y", "app", "folder/app", "/abs/x:y", "ghcr.io/app/spin.toml", "."]
        {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn a_file_that_is_there_wins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("registry.example:5000").join("app");
        std::fs::create_dir_all(&path).unwrap();
        assert!(reference_in(&path).unwrap().is_none());
    }
}
