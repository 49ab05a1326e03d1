//! One app in the store.

use super::StoreError;
use std::collections::BTreeMap;
use std::fs::{File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::NamedTempFile;

/// The file with the code of each component.
pub type Code = BTreeMap<String, PathBuf>;

/// One app for one kind of engine, whether it is there or not.
pub struct Entry {
    path: PathBuf,
}

impl Entry {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The code of the app, if all of it is there. Counts as a use.
    ///
    /// # Errors
    /// [`StoreError`] for an entry that cannot be read.
    pub fn code(&self) -> Result<Option<Code>, StoreError> {
        let io = StoreError::io(&self.path);
        let code = match read(&self.path) {
            Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Ok(None);
            }
            code => code?,
        };
        let complete = code.values().all(|file| file.is_file());
        if complete {
            let used =
                File::options().append(true).open(&self.path).and_then(|f| f.set_modified(SystemTime::now()));
            used.map_err(io)?;
        }
        Ok(complete.then_some(code))
    }

    /// Writes down which code the app consists of.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn remember(&self, code: &Code) -> Result<(), StoreError> {
        for file in code.values() {
            // A container opens it again, as whoever it runs as; the folder keeps everybody else out.
            std::fs::set_permissions(file, Permissions::from_mode(0o444)).map_err(StoreError::io(file))?;
        }
        let io = || StoreError::io(&self.path);
        let text = serde_json::to_vec(code)
            .map_err(|source| StoreError::Entry { path: self.path.clone(), source })?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut file = NamedTempFile::new_in(folder).map_err(io())?;
        file.write_all(&text).map_err(io())?;
        file.persist(&self.path).map(drop).map_err(|e| io()(e.error))
    }
}

pub(super) fn read(path: &Path) -> Result<Code, StoreError> {
    let text = std::fs::read(path).map_err(StoreError::io(path))?;
    serde_json::from_slice(&text).map_err(|source| StoreError::Entry { path: path.to_owned(), source })
}
