//! What a program of this repository was built from: a digest beside it tells whether that has changed since.
//!
//! Go knows as much itself, but only as long as its cache lives, which it empties of what was not used for some days;
//! Kubernetes then takes many minutes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The file with the digest, beside `program`.
pub fn stamp(program: &Path) -> PathBuf {
    program.with_extension("sources")
}

/// Of a Go module's own files and the flags it is built with.
pub fn digest(module: &Path, flags: &str) -> io::Result<String> {
    let mut sum = Sha256::new();
    let mut add = |part: &[u8]| {
        // With its length, so that no part can end where another begins.
        sum.update(part.len().to_le_bytes());
        sum.update(part);
    };
    add(flags.as_bytes());
    for file in files(module)? {
        add(file.strip_prefix(module).unwrap_or(&file).as_os_str().as_encoded_bytes());
        add(&fs::read(&file)?);
    }
    Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|ending| ["go", "mod", "sum"].iter().any(|one| ending == *one))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_source_or_flag_is_another_program_and_a_note_beside_them_is_not() {
        let module = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(module.path().join(name), text).unwrap();
        let digest = |flags: &str| super::digest(module.path(), flags).unwrap();
        write("go.mod", "module pause");
        write("main.go", "package main");
        let first = digest("-s");
        write("README.md", "a note");
        assert_eq!(digest("-s"), first);
        assert_ne!(digest("-s -w"), first);
        write("main.go", "package main\n");
        assert_ne!(digest("-s"), first);
        write("main.go", "package main");
        assert_eq!(digest("-s"), first);
        fs::create_dir(module.path().join("inner")).unwrap();
        write("inner/inner.go", "package inner");
        assert_ne!(digest("-s"), first);
    }
}
