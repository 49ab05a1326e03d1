//! Where PostgreSQL's programs are.

use std::path::{Path, PathBuf};

use postgres_programs::Programs;

/// The folder with the server's programs and `psql`: `PG_BIN`, or that of the newest version that is installed.
pub fn find() -> Option<PathBuf> {
    let named = std::env::var_os("PG_BIN").map(PathBuf::from);
    let named = named.filter(|folder| Programs::in_folder(folder).is_ok() && has_psql(folder));
    let installed = || Programs::installed().into_iter().map(|found| found.folder().to_path_buf());
    named.or_else(|| installed().find(|folder| has_psql(folder)))
}

fn has_psql(folder: &Path) -> bool {
    folder.join("psql").is_file()
}
