//! Unpacks such an archive: a `.jar`, which is a ZIP file, with one `.txz` in it.

use std::fs::{self, File, Permissions};
use std::io::{self, BufReader, Read};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use flate2::bufread::DeflateDecoder;
use lzma_rust2::XzReader;

/// Of the header before each file (APPNOTE.TXT 4.3.7), in bytes.
const HEADER_LENGTH: usize = 30;
/// How such a header begins.
const SIGNATURE: [u8; 4] = *b"PK\x03\x04";
/// The one way of compression that the archives use.
const DEFLATE: u64 = 8;

/// Unpacks the programs into a new folder that everybody may read.
///
/// # Errors
/// The file is no such archive; the folder cannot be written.
pub(super) fn unpack(jar: File, folder: &Path) -> io::Result<()> {
    let txz = DeflateDecoder::new(find_txz(BufReader::new(jar))?);
    fs::create_dir(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    let mut tar = tar::Archive::new(XzReader::new(txz, false));
    // Whatever the mask of this process: the server may run as another account.
    tar.set_preserve_permissions(true);
    tar.unpack(folder)
}

/// Moves on to the bytes of the first `.txz`. The archives are known to the byte, so this reads headers one after the
/// other and takes no other kind of ZIP file.
fn find_txz<R: Read>(mut jar: R) -> io::Result<R> {
    loop {
        let mut header = [0; HEADER_LENGTH];
        jar.read_exact(&mut header)?;
        let two = |at: usize| {
            let bytes = header.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
            u64::from(bytes.map_or(0, u16::from_le_bytes))
        };
        let (method, length, name_length, extra_length) = (two(8), two(18) | two(20) << 16, two(26), two(28));
        if !header.starts_with(&SIGNATURE) || method != DEFLATE {
            return Err(unexpected());
        }
        let name = take(&mut jar, name_length)?;
        take(&mut jar, extra_length)?;
        if name.ends_with(b".txz") {
            return Ok(jar);
        }
        take(&mut jar, length)?;
    }
}

fn take<R: Read>(jar: &mut R, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match jar.take(length).read_to_end(&mut bytes)? {
        read if read as u64 == length => Ok(bytes),
        _ => Err(unexpected()),
    }
}

fn unexpected() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is no archive of PostgreSQL's programs")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek as _, Write as _};

    #[test]
    fn what_is_no_archive_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"<!DOCTYPE html><title>Sign in to the network</title>"] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(bytes).unwrap();
            file.rewind().unwrap();
            let folder = tempfile::tempdir().unwrap();
            assert!(unpack(file, &folder.path().join("programs")).is_err());
            assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        }
    }
}
