//! PostgreSQL's server programs on this machine: where packages put them, and of which version they are.

mod places;

use std::path::{Path, PathBuf};
use std::process::Command;

/// What it takes to make a database and to serve it.
const SERVER_PROGRAMS: [&str; 2] = ["initdb", "postgres"];

/// The programs of one version, in one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    folder: PathBuf,
    version: String,
    major: u32,
}

/// Why the programs of a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProgramsError {
    /// The folder lacks one.
    #[error("there is no program `{program}` in {}", folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// The first that is missing.
        program: &'static str,
    },
    /// The server does not run here, or does not say what it is.
    #[error("{} does not run: {reason}", program.display())]
    Broken {
        /// The server's program.
        program: PathBuf,
        /// From the operating system, or what the program said.
        reason: String,
    },
}

impl Programs {
    /// Those of a folder, which is asked for their version.
    ///
    /// # Errors
    /// See [`ProgramsError`].
    pub fn in_folder(folder: &Path) -> Result<Self, ProgramsError> {
        let missing = SERVER_PROGRAMS.into_iter().find(|program| !folder.join(program).is_file());
        if let Some(program) = missing {
            return Err(ProgramsError::Missing { folder: folder.to_path_buf(), program });
        }
        let program = folder.join("postgres");
        let broken = |reason: String| ProgramsError::Broken { program: program.clone(), reason };
        let output =
            Command::new(&program).arg("--version").output().map_err(|error| broken(error.to_string()))?;
        let said =
            String::from_utf8_lossy(if output.status.success() { &output.stdout } else { &output.stderr });
        match read_version(&said).filter(|_| output.status.success()) {
            Some((version, major)) => Ok(Self { folder: folder.to_path_buf(), version, major }),
            None => Err(broken(format!("{} {}", output.status, said.trim()))),
        }
    }

    /// Those of several folders, newest first. Folders without them and programs that do not run are left out.
    pub fn among(folders: &[PathBuf]) -> Vec<Self> {
        let mut found: Vec<Self> = folders.iter().filter_map(|folder| Self::in_folder(folder).ok()).collect();
        found.sort_by_key(|programs| std::cmp::Reverse(programs.major));
        found
    }

    /// Those that are installed here, newest first.
    pub fn installed() -> Vec<Self> {
        Self::among(&places::folders())
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// As the server says it: `17.11`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first part of the version. Servers of one major version read each other's data.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The path of a program; not every package brings every one.
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

/// From `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `postgres (PostgreSQL) 19devel`.
fn read_version(said: &str) -> Option<(String, u32)> {
    let version = said.strip_prefix("postgres (PostgreSQL) ")?.split_whitespace().next()?;
    let digits = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    Some((version.to_owned(), version.get(..digits)?.parse().ok()?))
}

#[cfg(test)]
mod tests;
