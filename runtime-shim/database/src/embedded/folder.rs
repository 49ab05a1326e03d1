//! The folder of the embedded database: `data` is PostgreSQL's, `log` what the server says, `lock` who uses it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::log::Log;
use crate::DatabaseError;

/// How the names of folders begin in which a database is being made.
pub(super) const UNFINISHED: &str = "unfinished-";
/// A lock that was given up is held on for a moment by a child that its process was just starting: until that becomes
/// another program, it has a copy of every open file.
const LOCK_TIMEOUT: Duration = Duration::from_secs(1);
/// Between two looks at the lock.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// What only the engine of earlier releases left in this folder.
const OF_FORMER_ENGINE: [&str; 3] = [".pglite-oxide.lock", "tmp/pglite", "database"];

/// The folder, which no other process uses as long as this lives.
#[derive(Debug)]
pub(super) struct Folder {
    top: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder when it is missing, and takes it.
    ///
    /// # Errors
    /// Another process has it, it is of the former engine, or it cannot be written.
    pub(super) fn open(folder: &Path) -> Result<Self, DatabaseError> {
        if OF_FORMER_ENGINE.iter().any(|name| folder.join(name).exists()) {
            return Err(DatabaseError::FormerEngine { folder: folder.to_path_buf() });
        }
        let failed = |error: io::Error| start_error(folder, error.to_string());
        fs::create_dir_all(folder).map_err(failed)?;
        let top = folder.canonicalize().map_err(failed)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(top.join("lock"));
        let lock = lock.map_err(failed)?;
        if !lock_within(LOCK_TIMEOUT, &lock).map_err(failed)? {
            return Err(DatabaseError::EmbeddedInUse { folder: folder.to_path_buf() });
        }
        let opened = Self { top, _lock: lock };
        opened.check_owner()?;
        opened.remove_unfinished();
        Ok(opened)
    }

    /// The folder itself, an absolute path without links.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// PostgreSQL's data; missing before the first start.
    pub(super) fn data(&self) -> PathBuf {
        self.top.join("data")
    }

    /// What the server says.
    pub(super) fn log(&self) -> Log {
        Log::new(self.top.join("log"))
    }

    /// The major version of the server that made the data; nothing before the first start.
    ///
    /// # Errors
    /// The data cannot be read.
    pub(super) fn data_version(&self) -> Result<Option<u32>, DatabaseError> {
        let file = self.data().join("PG_VERSION");
        match fs::read_to_string(&file) {
            Ok(text) => match text.trim().parse() {
                Ok(major) => Ok(Some(major)),
                Err(_) => Err(self.error(format!("{} is damaged", file.display()))),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.data().exists() => Ok(None),
            Err(error) => Err(self.error(format!("{}: {error}", file.display()))),
        }
    }

    /// That the database does not start.
    pub(super) fn error(&self, reason: impl Into<String>) -> DatabaseError {
        start_error(&self.top, reason.into())
    }

    /// A server serves data of its own account only. Root may become any; others may not.
    fn check_owner(&self) -> Result<(), DatabaseError> {
        let own = rustix::process::geteuid();
        match fs::metadata(self.data()) {
            Ok(metadata) if !own.is_root() && metadata.uid() != own.as_raw() => Err(self.error(format!(
                "its data belongs to the account {}, which made it: start the app as that account or as root, or \
                 choose another --data-dir",
                metadata.uid()
            ))),
            _ => Ok(()),
        }
    }

    /// What a first start left that was cut short.
    fn remove_unfinished(&self) {
        let Ok(entries) = self.top.read_dir() else { return };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                // One that is still being written, for a moment, goes the next time.
                let _removed = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// Takes the lock; whether it was free in time.
fn lock_within(timeout: Duration, lock: &File) -> io::Result<bool> {
    let deadline = Instant::now() + timeout;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(POLL_INTERVAL),
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

fn start_error(folder: &Path, reason: String) -> DatabaseError {
    DatabaseError::EmbeddedStart { folder: folder.to_path_buf(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = folder.read_dir().unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_belongs_to_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Folder::open(folder.path()).unwrap();
        let second = Folder::open(folder.path());
        assert!(matches!(second, Err(DatabaseError::EmbeddedInUse { .. })), "{second:?}");
        drop(first);
        Folder::open(folder.path()).unwrap();
    }

    #[test]
    fn a_copy_of_the_lock_in_a_child_that_is_just_starting_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let first = Folder::open(folder.path()).unwrap();
        let copy = first._lock.try_clone().unwrap();
        drop(first);
        let child = thread::spawn(move || {
            thread::sleep(Duration::from_millis(200));
            drop(copy);
        });
        Folder::open(folder.path()).unwrap();
        child.join().unwrap();
    }

    #[test]
    fn what_the_former_engine_left_is_named_and_left_alone() {
        for left in OF_FORMER_ENGINE {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir_all(folder.path().join(left)).unwrap();
            let before = names(folder.path());
            let error = Folder::open(folder.path()).unwrap_err();
            assert!(matches!(error, DatabaseError::FormerEngine { .. }), "{error}");
            let error = error.to_string();
            for words in [folder.path().to_str().unwrap(), "--data-dir", "move"] {
                assert!(error.contains(words), "{error}");
            }
            assert_eq!(names(folder.path()), before);
        }
    }

    #[test]
    fn what_a_start_that_was_cut_short_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(format!("{UNFINISHED}a1b2/data"))).unwrap();
        fs::create_dir(folder.path().join("kept")).unwrap();
        let opened = Folder::open(folder.path()).unwrap();
        assert_eq!(names(folder.path()), ["kept", "lock"]);
        assert_eq!(opened.data_version().unwrap(), None);
    }

    #[test]
    fn the_version_of_the_data_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let opened = Folder::open(folder.path()).unwrap();
        fs::create_dir(opened.data()).unwrap();
        let damaged = opened.data_version().unwrap_err().to_string();
        assert!(damaged.contains("PG_VERSION"), "{damaged}");
        fs::write(opened.data().join("PG_VERSION"), "17\n").unwrap();
        assert_eq!(opened.data_version().unwrap(), Some(17));
    }
}
