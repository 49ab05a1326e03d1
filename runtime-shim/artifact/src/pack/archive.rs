//! Files in one compressed archive, the same bytes for the same files.

use crate::Digest;
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use std::collections::BTreeMap;
use std::io::{self, Read};
use tar::{Archive, Builder, EntryType, Header, HeaderMode};

/// Bytes an archive may hold unpacked: a small layer must not be able to fill a disk.
pub const MAX_UNPACKED_BYTES: u64 = 1 << 30;

/// Why an archive cannot be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// It is damaged, or the disk is full.
    #[error("cannot unpack the archive: {0}")]
    Io(#[from] io::Error),
    /// It is larger than anything that belongs into an app.
    #[error("the archive holds more than {MAX_UNPACKED_BYTES} bytes")]
    TooLarge,
}

/// The archive of `files`. Owner, times and modes are those of nobody: they would differ from machine to machine.
pub(super) fn pack(files: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    // The header of gzip has room for a time, a name and an operating system; unset they are the same everywhere.
    let compressed = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut archive = Builder::new(compressed);
    archive.mode(HeaderMode::Deterministic);
    for (path, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        archive.append_data(&mut header, path, bytes.as_slice())?;
    }
    archive.into_inner()?.finish()
}

/// Gives each file of `archive` to `take`, with its digest. Paths do not matter: the locked app says which digest goes
/// where, so nothing in an archive can choose where it is written.
///
/// # Errors
/// [`UnpackError`], and what `take` answers.
pub fn unpack(
    archive: &[u8],
    mut take: impl FnMut(&Digest, &[u8]) -> io::Result<()>,
) -> Result<(), UnpackError> {
    let mut archive = Archive::new(GzDecoder::new(archive).take(MAX_UNPACKED_BYTES + 1));
    let mut unpacked = 0;
    for entry in archive.entries()? {
        let mut entry = entry?;
        unpacked += entry.size();
        if unpacked > MAX_UNPACKED_BYTES {
            return Err(UnpackError::TooLarge);
        }
        if entry.header().entry_type() != EntryType::Regular {
            continue;
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        take(&Digest::sha256(&bytes), &bytes)?;
    }
    Ok(())
}
