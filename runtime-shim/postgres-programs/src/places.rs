//! Where packages put the server's programs; most keep them off the path.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A folder with one entry for each version, how those entries begin, and where the programs are in one.
const BY_VERSION: [(&str, &str, &str); 7] = [
    // Debian and Ubuntu
    ("/usr/lib/postgresql", "", "bin"),
    // PostgreSQL's own packages for Red Hat and its kin
    ("/usr", "pgsql-", "bin"),
    // Alpine
    ("/usr/libexec", "postgresql", ""),
    // Homebrew
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    // Postgres.app
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// Folders that may hold the programs, each once.
pub(crate) fn folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    let by_version =
        BY_VERSION.iter().flat_map(|(parent, prefix, programs)| versions(parent, prefix, programs));
    let mut seen = HashSet::new();
    // Where the programs are themselves: their folder may be closed to an account that may follow the link.
    let real = |folder: PathBuf| Some(folder.join("postgres").canonicalize().ok()?.parent()?.to_path_buf());
    on_path.chain(by_version).filter_map(real).filter(|folder| seen.insert(folder.clone())).collect()
}

fn versions(parent: &str, prefix: &str, programs: &str) -> Vec<PathBuf> {
    let Ok(entries) = Path::new(parent).read_dir() else { return Vec::new() };
    let of_version =
        entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
    of_version.map(|entry| entry.path().join(programs)).collect()
}
