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

/// Of what a package of a Go module is built from and with: the modules that it names, their checksums, the package's own files
/// where it is the module's (`.` or `./folder`), and the flags.
pub fn digest(module: &Path, package: &str, flags: &str) -> io::Result<String> {
    let mut sum = Sha256::new();
    let mut add = |part: &[u8]| {
        // With its length, so that no part can end where another begins.
        sum.update(part.len().to_le_bytes());
        sum.update(part);
    };
    add(package.as_bytes());
    add(flags.as_bytes());
    let mut files: Vec<PathBuf> = ["go.mod", "go.sum"].iter().map(|name| module.join(name)).collect();
    if package.starts_with('.') {
        files.extend(go_files(&module.join(package))?);
    }
    for file in files.iter().filter(|file| file.is_file()) {
        add(file.strip_prefix(module).unwrap_or(file).as_os_str().as_encoded_bytes());
        add(&fs::read(file)?);
    }
    Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn go_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "go") {
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
    fn a_changed_source_or_flag_is_another_program_and_a_note_or_another_package_is_not() {
        let module = tempfile::tempdir().unwrap();
        fs::create_dir(module.path().join("other")).unwrap();
        let write = |name: &str, text: &str| fs::write(module.path().join(name), text).unwrap();
        let digest = |flags: &str| super::digest(module.path(), ".", flags).unwrap();
        let other = || super::digest(module.path(), "./other", "-s").unwrap();
        write("go.mod", "module pause");
        write("main.go", "package main");
        write("other/main.go", "package main");
        let (first, first_other) = (digest("-s"), other());
        assert_ne!(first, first_other);
        write("README.md", "a note");
        write("other/main.go", "package main\n");
        assert_eq!(digest("-s"), first);
        assert_ne!(other(), first_other);
        assert_ne!(digest("-s -w"), first);
        write("main.go", "package main\n");
        assert_ne!(digest("-s"), first);
        write("main.go", "package main");
        assert_eq!(digest("-s"), first);
        for name in ["go.sum", "go.mod", "more.go"] {
            let before = digest("-s");
            write(name, "something else");
            assert_ne!(digest("-s"), before, "{name}");
        }
    }
}
