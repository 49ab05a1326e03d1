//! A layer: files in a tar archive, compressed, the same bytes for the same files.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use crate::error::Error;

/// What is at one path of the image.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A file of this machine.
    File(PathBuf),
    /// A file made here.
    Text(String),
    /// A folder anyone may write to, where nobody removes what another made.
    SharedFolder,
}

/// A layer by its paths in the image, which are absolute.
pub type Entries = BTreeMap<PathBuf, Entry>;

/// A packed layer.
#[derive(Debug)]
pub struct Layer {
    /// The compressed archive.
    pub bytes: Vec<u8>,
    /// Digest of the archive before it was compressed.
    pub diff_id: String,
}

impl Layer {
    /// Packs `entries`, all owned by root and last changed at `date`.
    pub fn pack(entries: &Entries, date: u64) -> Result<Self, Error> {
        let mut archive = Builder::new(Vec::new());
        let mut folders = BTreeMap::new();
        for path in entries.keys() {
            for parent in path.ancestors().skip(1).filter(|parent| parent.parent().is_some()) {
                folders.entry(parent.to_owned()).or_insert(0o755);
            }
        }
        let shared = entries.iter().filter(|(_, entry)| matches!(entry, Entry::SharedFolder));
        folders.extend(shared.map(|(path, _)| (path.clone(), 0o1777)));
        for (path, mode) in &folders {
            append(&mut archive, path, &[], EntryType::Directory, *mode, date)?;
        }
        for (path, entry) in entries {
            let (bytes, mode) = match entry {
                Entry::File(source) => (std::fs::read(source).map_err(Error::at(source))?, mode_of(source)?),
                Entry::Text(text) => (text.clone().into_bytes(), 0o644),
                Entry::SharedFolder => continue,
            };
            append(&mut archive, path, &bytes, EntryType::Regular, mode, date)?;
        }
        let tar = archive.into_inner().map_err(Error::at("layer"))?;
        let diff_id = digest(&tar);
        let mut gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
        gzip.write_all(&tar).map_err(Error::at("layer"))?;
        Ok(Self { bytes: gzip.finish().map_err(Error::at("layer"))?, diff_id })
    }
}

/// `sha256:…` of `bytes`.
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

fn append(
    archive: &mut Builder<Vec<u8>>,
    path: &Path,
    bytes: &[u8],
    kind: EntryType,
    mode: u32,
    date: u64,
) -> Result<(), Error> {
    let relative: PathBuf = path.components().filter(|part| !matches!(part, Component::RootDir)).collect();
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mode(mode);
    header.set_mtime(date);
    header.set_uid(0);
    header.set_gid(0);
    archive.append_data(&mut header, &relative, bytes).map_err(Error::at(path))
}

/// Programs and libraries stay executable; nothing is writable by others, whatever it is here.
fn mode_of(path: &Path) -> Result<u32, Error> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(Error::at(path))?.permissions().mode();
    Ok(if mode & 0o111 == 0 { 0o644 } else { 0o755 })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Entries, Entry, Layer};
    use std::path::PathBuf;

    fn entries() -> Entries {
        [
            (PathBuf::from("/etc/passwd"), Entry::Text("root:x:0:0::/:/sbin/nologin\n".to_owned())),
            (PathBuf::from("/tmp"), Entry::SharedFolder),
        ]
        .into()
    }

    #[test]
    fn the_same_files_give_the_same_bytes_and_another_date_does_not() {
        let layer = Layer::pack(&entries(), 1).unwrap();
        assert_eq!(layer.bytes, Layer::pack(&entries(), 1).unwrap().bytes);
        assert_ne!(layer.diff_id, Layer::pack(&entries(), 2).unwrap().diff_id);
    }

    #[test]
    fn folders_come_before_what_is_in_them_and_belong_to_root() {
        let layer = Layer::pack(&entries(), 7).unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&layer.bytes[..]));
        let mut found = Vec::new();
        for entry in archive.entries().unwrap() {
            let entry = entry.unwrap();
            let header = entry.header();
            assert_eq!((header.uid().unwrap(), header.mtime().unwrap()), (0, 7));
            found.push((entry.path().unwrap().display().to_string(), header.mode().unwrap()));
        }
        let expected = [("etc", 0o755), ("tmp", 0o1777), ("etc/passwd", 0o644)];
        assert_eq!(found, expected.map(|(path, mode)| (path.to_owned(), mode)));
    }
}
