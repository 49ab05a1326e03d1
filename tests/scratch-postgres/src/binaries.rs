//! Where PostgreSQL's programs are.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder with `initdb` and `postgres`: `PG_BIN`, what `pg_config` says, or the newest of Debian's versions.
pub fn find() -> Option<PathBuf> {
    let named = std::env::var_os("PG_BIN").map(PathBuf::from);
    named.into_iter().chain(from_pg_config()).chain(from_debian()).find(|folder| complete(folder))
}

fn complete(folder: &Path) -> bool {
    ["initdb", "postgres", "psql"].iter().all(|program| folder.join(program).is_file())
}

fn from_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

fn from_debian() -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut versions: Vec<PathBuf> = entries.flatten().map(|entry| entry.path().join("bin")).collect();
    versions.sort();
    versions.reverse();
    versions
}
