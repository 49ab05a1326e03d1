//! The files a component may read, with their content.

use super::PackError;
use app_manifest::{Component, Manifest, stage};
use std::collections::BTreeMap;
use std::path::Path;

/// The files of component `id`, by their path in it.
pub(super) fn files_of(
    manifest: &Manifest,
    id: &str,
    component: &Component,
) -> Result<BTreeMap<String, Vec<u8>>, PackError> {
    let mut found = BTreeMap::new();
    if component.files.is_empty() {
        return Ok(found);
    }
    // Staged as for a run: what is packed is what a run from the manifest would show.
    let staging =
        tempfile::tempdir().map_err(|source| PackError::Read { path: std::env::temp_dir(), source })?;
    let staged = stage(id, &component.files, &component.exclude_files, &manifest.folder, staging.path())?;
    if let Some(root) = staged {
        walk(&root, "", &mut found)?;
    }
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<(), PackError> {
    let failed = |source| PackError::Read { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(PackError::Name { path });
        };
        let inside = format!("{prefix}{name}");
        if path.is_dir() {
            walk(&path, &format!("{inside}/"), found)?;
        } else {
            let bytes =
                std::fs::read(&path).map_err(|source| PackError::Read { path: path.clone(), source })?;
            found.insert(inside, bytes);
        }
    }
    Ok(())
}
