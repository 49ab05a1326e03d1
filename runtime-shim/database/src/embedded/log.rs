//! The log of the server: one file that is kept small.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Beyond this many bytes the file starts anew.
const MAX_BYTES: u64 = 4 << 20;
/// How much of the end is worth quoting, in bytes.
const QUOTED_BYTES: u64 = 64 << 10;

/// The file.
#[derive(Debug, Clone)]
pub(super) struct Log {
    path: PathBuf,
}

impl Log {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it to write at its end, readable by its owner alone.
    ///
    /// # Errors
    /// From the operating system.
    pub(super) fn open(&self) -> io::Result<File> {
        OpenOptions::new().create(true).append(true).mode(0o600).open(&self.path)
    }

    /// Empties it when it is large; those who write at its end go on at the new one.
    pub(super) fn trim(&self) {
        let trimmed = self.open().and_then(|file| match file.metadata()?.len() {
            0..=MAX_BYTES => Ok(()),
            _ => file.set_len(0),
        });
        if let Err(error) = trimmed {
            tracing::warn!("{}: {error}", self.path.display());
        }
    }

    /// How long it is, in bytes.
    pub(super) fn length(&self) -> u64 {
        std::fs::metadata(&self.path).map(|metadata| metadata.len()).unwrap_or_default()
    }

    /// What kept a server from going on, from what was written since the log had `length` bytes: the last line of the
    /// worst kind, without its time.
    pub(super) fn reason_since(&self, length: u64) -> String {
        let text = self.read_since(length).unwrap_or_default();
        let worst = ["PANIC:  ", "FATAL:  "].iter().find_map(|kind| {
            // Clients that come too early are told so with the same word.
            let of_kind = |line: &&str| line.contains(kind) && !line.contains("the database system is");
            text.lines().rev().find(of_kind)?.split(kind).nth(1)
        });
        let last = || text.lines().rev().map(str::trim).find(|line| !line.is_empty());
        worst.or_else(last).unwrap_or("it said nothing").to_owned()
    }

    fn read_since(&self, length: u64) -> io::Result<String> {
        let mut file = File::open(&self.path)?;
        let end = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.max(end.saturating_sub(QUOTED_BYTES)).min(end)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_large_one_starts_anew_under_those_who_write() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::new(folder.path().join("log"));
        let mut writer = log.open().unwrap();
        writer.write_all(&vec![b'x'; usize::try_from(MAX_BYTES).unwrap()]).unwrap();
        log.trim();
        assert_eq!(log.length(), MAX_BYTES);
        writer.write_all(b"x").unwrap();
        log.trim();
        assert_eq!(log.length(), 0);
        writer.write_all(b"after").unwrap();
        assert_eq!(std::fs::read_to_string(log.path()).unwrap(), "after");
    }

    #[test]
    fn the_reason_is_the_worst_line_of_this_start() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::new(folder.path().join("log"));
        writeln!(log.open().unwrap(), "2026-11-29 UTC [1] FATAL:  of an earlier start").unwrap();
        let before = log.length();
        assert_eq!(log.reason_since(before), "it said nothing");
        write!(
            log.open().unwrap(),
            "2026-11-29 UTC [2] FATAL:  data directory \"x\" has wrong ownership\n\
             2026-11-29 UTC [3] FATAL:  the database system is starting up\n\
             2026-11-29 UTC [2] LOG:  database system is shut down\n"
        )
        .unwrap();
        assert_eq!(log.reason_since(before), "data directory \"x\" has wrong ownership");
        let later = log.length();
        writeln!(log.open().unwrap(), "sh: 1: postgres: not found").unwrap();
        assert_eq!(log.reason_since(later), "sh: 1: postgres: not found");
    }
}
