//! Which of PostgreSQL's programs to use: those that are named, those of this machine, or those of an archive.

mod archive;
mod download;
mod jar;
mod releases;

use std::path::{Path, PathBuf};

use postgres_programs::Programs;

use super::account::Account;
use crate::DatabaseError;
use crate::server::OLDEST;
use releases::MAJOR;
pub use releases::MAVEN_CENTRAL;

/// Where the programs come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramSource {
    /// A folder with `initdb` and `postgres` to use and no other.
    pub folder: Option<PathBuf>,
    /// Maven repository with the archives, for machines without PostgreSQL: [`MAVEN_CENTRAL`] or a mirror.
    pub repository: String,
    /// Where archives are unpacked; the user's cache folder when left out.
    pub cache: Option<PathBuf>,
    /// Folders to look for installed programs in; where packages put them when left out.
    pub among: Option<Vec<PathBuf>>,
}

impl Default for ProgramSource {
    fn default() -> Self {
        Self { folder: None, repository: MAVEN_CENTRAL.to_owned(), cache: None, among: None }
    }
}

impl ProgramSource {
    /// Programs that serve data of major version `data` (any from [`OLDEST`] when there is no data yet) in `folder` as
    /// `account`, fetched when they are missing.
    pub(super) async fn programs(
        &self,
        data: Option<u32>,
        folder: &Path,
        account: Option<&Account>,
    ) -> Result<Programs, DatabaseError> {
        if let Some(named) = &self.folder {
            return Self::named(named, data, folder, account);
        }
        let among = self.among.clone();
        // Each is asked for its version, which blocks.
        let installed = tokio::task::spawn_blocking(|| {
            among.map_or_else(Programs::installed, |folders| Programs::among(&folders))
        });
        let installed = installed.await.unwrap_or_default();
        let fits = |programs: &&Programs| data.is_none_or(|data| data == programs.major());
        let runs = |programs: &&Programs| account.is_none_or(|account| account.may_enter(programs.folder()));
        let mut usable = installed.iter().filter(|programs| programs.major() >= OLDEST).filter(runs);
        if let Some(programs) = usable.find(fits) {
            return Ok(programs.clone());
        }
        match data {
            Some(data) if data != MAJOR => {
                Err(DatabaseError::DataVersion { folder: folder.to_path_buf(), data })
            }
            _ => {
                let archive = archive::programs(&self.repository, self.cache.as_deref(), account).await;
                let wanted = match data {
                    Some(data) => format!("PostgreSQL {data}, of which the embedded database is,"),
                    None => format!("PostgreSQL {OLDEST} or newer"),
                };
                archive.map_err(|reason| DatabaseError::NoPrograms { wanted, reason })
            }
        }
    }

    fn named(
        named: &Path,
        data: Option<u32>,
        folder: &Path,
        account: Option<&Account>,
    ) -> Result<Programs, DatabaseError> {
        let programs = Programs::in_folder(named)?;
        if programs.major() < OLDEST {
            return Err(DatabaseError::TooOld { found: programs.version().to_owned() });
        }
        match (data, account) {
            (Some(data), _) if data != programs.major() => {
                Err(DatabaseError::DataVersion { folder: folder.to_path_buf(), data })
            }
            (_, Some(account)) if !account.may_enter(named) => Err(DatabaseError::EmbeddedStart {
                folder: folder.to_path_buf(),
                reason: format!(
                    "PostgreSQL runs as the account `{}`, which may not enter {}",
                    account.name(),
                    named.display()
                ),
            }),
            _ => Ok(programs),
        }
    }
}
