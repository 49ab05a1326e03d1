//! Giving space back.

use super::{SCRATCH, Store, StoreError, entry};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Longer than any preparation takes.
const LEFTOVER_TTL: Duration = Duration::from_secs(24 * 60 * 60);
/// An app that no pod of this node started for so long is compiled again if one ever does.
const UNUSED_TTL: Duration = Duration::from_secs(30 * 24 * 60 * 60);

impl Store {
    /// Removes what no app needs that was started in the last thirty days, and what was left by processes that died. For
    /// whoever holds the lock. Pods that run keep their code: it is open.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn forget_what_nobody_uses(&self) -> Result<(), StoreError> {
        let now = SystemTime::now();
        self.forget(now - UNUSED_TTL)?;
        self.clean_up(now - LEFTOVER_TTL)
    }

    /// Removes the folders that processes worked in which died before `since`.
    pub(super) fn clean_up(&self, since: SystemTime) -> Result<(), StoreError> {
        for folder in files(&self.folder)? {
            let name = folder.file_name().unwrap_or_default();
            if name.to_string_lossy().starts_with(SCRATCH) && last_used(&folder)? < since {
                std::fs::remove_dir_all(&folder).map_err(StoreError::io(&folder))?;
            }
        }
        Ok(())
    }

    pub(super) fn forget(&self, unused_since: SystemTime) -> Result<(), StoreError> {
        let mut needed = BTreeSet::new();
        for app in files(&self.apps_folder())? {
            match entry::read(&app) {
                Ok(code) if last_used(&app)? > unused_since => needed.extend(code.into_values()),
                _ => remove(&app)?,
            }
        }
        for code in files(&self.code_folder())? {
            if !needed.contains(&code) {
                remove(&code)?;
            }
        }
        Ok(())
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let found = std::fs::read_dir(folder).map_err(StoreError::io(folder))?;
    found.map(|file| Ok(file.map_err(StoreError::io(folder))?.path())).collect()
}

fn last_used(path: &Path) -> Result<SystemTime, StoreError> {
    path.metadata().and_then(|found| found.modified()).map_err(StoreError::io(path))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    std::fs::remove_file(path).map_err(StoreError::io(path))
}
