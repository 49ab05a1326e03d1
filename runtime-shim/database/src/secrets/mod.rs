//! Secrets made once and kept in files only their owner can read.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::DatabaseError;

/// A secret and where it came from.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// Hexadecimal digits: safe in URLs, headers and shells.
    pub value: String,
    /// Made by this call, so nothing out there knows it yet.
    pub is_new: bool,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret").field("is_new", &self.is_new).finish_non_exhaustive()
    }
}

/// A folder of secrets, one file each.
#[derive(Debug, Clone)]
pub struct SecretStore {
    folder: PathBuf,
}

impl SecretStore {
    /// Opens the folder, making it with mode 0700 when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, DatabaseError> {
        let folder = folder.into();
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&folder) {
            Ok(()) => Ok(Self { folder }),
            Err(error) => Err(failed(&folder, &error)),
        }
    }

    /// The secret `name`, made of `bytes` random bytes the first time.
    ///
    /// # Errors
    /// When the file cannot be read or written, is empty, or others may read it.
    pub fn get_or_create(&self, name: &str, bytes: usize) -> Result<Secret, DatabaseError> {
        let file = self.folder.join(name);
        match read(&file) {
            Ok(Some(value)) => Ok(Secret { value, is_new: false }),
            Ok(None) => self.create(&file, bytes),
            Err(error) => Err(error),
        }
    }

    fn create(&self, file: &Path, bytes: usize) -> Result<Secret, DatabaseError> {
        let value = random_hex(bytes)?;
        // Linked under its name only when whole: a reader never sees half of it, and of two writers one wins.
        let draft = self.folder.join(format!(".{}.{}", std::process::id(), random_hex(8)?));
        write_private(&draft, &value).map_err(|error| failed(file, &error))?;
        let linked = fs::hard_link(&draft, file);
        let removed = fs::remove_file(&draft);
        match linked {
            Ok(()) => {
                removed.map_err(|error| failed(&draft, &error))?;
                Ok(Secret { value, is_new: true })
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match read(file)? {
                Some(value) => Ok(Secret { value, is_new: false }),
                None => Err(failed(file, &error)),
            },
            Err(error) => Err(failed(file, &error)),
        }
    }
}

fn read(file: &Path) -> Result<Option<String>, DatabaseError> {
    let metadata = match fs::metadata(file) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(file, &error)),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(DatabaseError::Secret {
                file: file.to_path_buf(),
                reason: format!("others may read it; run: chmod 600 {}", file.display()),
            });
        }
    }
    #[cfg(not(unix))]
    let _ = metadata;
    let value = fs::read_to_string(file).map_err(|error| failed(file, &error))?;
    let value = value.trim();
    if value.is_empty() {
        return Err(DatabaseError::Secret {
            file: file.to_path_buf(),
            reason: "it is empty; delete it to have a new one made".to_owned(),
        });
    }
    Ok(Some(value.to_owned()))
}

fn write_private(file: &Path, value: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(file)?;
    writeln!(open, "{value}")?;
    open.sync_all()
}

fn failed(file: &Path, error: &std::io::Error) -> DatabaseError {
    DatabaseError::Secret { file: file.to_path_buf(), reason: error.to_string() }
}

/// `bytes` random bytes from the operating system in hexadecimal.
pub(crate) fn random_hex(bytes: usize) -> Result<String, DatabaseError> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|error| DatabaseError::Random(error.to_string()))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests;
