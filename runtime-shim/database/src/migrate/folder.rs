//! The pairs of SQL files, read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sqlx::migrate::{Migration, Migrator};

use crate::DatabaseError;

/// The migrations of an app.
#[derive(Debug)]
pub struct Migrations {
    folder: PathBuf,
    ups: BTreeMap<i64, Migration>,
    downs: BTreeMap<i64, Migration>,
}

impl Migrations {
    /// Reads the folder.
    ///
    /// # Errors
    /// [`DatabaseError::MigrationsFolder`] when it cannot be read, an `.sql` file is no half of a pair, or two
    /// pairs have the same version.
    pub async fn read(folder: &Path) -> Result<Self, DatabaseError> {
        let wrong = |reason: String| DatabaseError::MigrationsFolder { folder: folder.to_path_buf(), reason };
        check_names(folder).map_err(wrong)?;
        let migrator = Migrator::new(folder).await.map_err(|error| wrong(error.to_string()))?;
        let (mut ups, mut downs) = (BTreeMap::new(), BTreeMap::new());
        for migration in migrator.iter() {
            let half = if migration.migration_type.is_down_migration() { &mut downs } else { &mut ups };
            half.insert(migration.version, migration.clone());
        }
        Ok(Self { folder: folder.to_path_buf(), ups, downs })
    }

    /// The folder they were read from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The ways up, oldest first.
    pub(super) fn ups(&self) -> impl Iterator<Item = &Migration> {
        self.ups.values()
    }

    /// The way back from `version`.
    pub(super) fn down_of(&self, version: i64) -> Option<&Migration> {
        self.downs.get(&version)
    }

    pub(super) fn must_have(&self, version: i64) -> Result<(), DatabaseError> {
        if self.ups.contains_key(&version) { Ok(()) } else { Err(DatabaseError::NoSuchMigration { version }) }
    }
}

/// `sqlx` passes over files whose names it does not understand, so a typing error would lose a migration.
fn check_names(folder: &Path) -> Result<(), String> {
    let mut halves: BTreeMap<(i64, String), BTreeSet<&str>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|error| error.to_string())? {
        let name = entry.map_err(|error| error.to_string())?.file_name();
        let name = name.to_string_lossy();
        let Some(stem) = name.strip_suffix(".sql") else { continue };
        let (stem, half) = if let Some(stem) = stem.strip_suffix(".up") {
            (stem, "up")
        } else if let Some(stem) = stem.strip_suffix(".down") {
            (stem, "down")
        } else {
            return Err(format!("{name} ends neither in .up.sql nor in .down.sql"));
        };
        let parts =
            stem.split_once('_').and_then(|(version, rest)| Some((version.parse::<i64>().ok()?, rest)));
        let Some((version, rest)) = parts.filter(|(version, rest)| *version > 0 && !rest.is_empty()) else {
            return Err(format!("{name} is not named <number>_<what it adds>.{half}.sql"));
        };
        halves.entry((version, rest.to_owned())).or_default().insert(half);
    }
    let mut versions = BTreeSet::new();
    for ((version, rest), halves) in &halves {
        if !versions.insert(version) {
            return Err(format!("two migrations have the version {version}"));
        }
        for half in ["up", "down"] {
            if !halves.contains(half) {
                return Err(format!("{version}_{rest}.{half}.sql is missing"));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn reading(files: &[&str]) -> Result<usize, String> {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            std::fs::write(folder.path().join(file), "SELECT 1;").unwrap();
        }
        match Migrations::read(folder.path()).await {
            Ok(read) => Ok(read.ups().count()),
            Err(DatabaseError::MigrationsFolder { reason, .. }) => Err(reason),
            Err(other) => panic!("{other}"),
        }
    }

    #[tokio::test]
    async fn pairs_are_read_and_other_files_left_alone() {
        assert_eq!(
            reading(&["1_a.up.sql", "1_a.down.sql", "2_b.up.sql", "2_b.down.sql", "README.md"]).await,
            Ok(2)
        );
    }

    #[tokio::test]
    async fn a_wrong_name_is_an_error_rather_than_a_lost_migration() {
        for (files, reason) in [
            (&["1_a.sql"][..], "ends neither"),
            (&["x_a.up.sql", "x_a.down.sql"][..], "not named"),
            (&["0_a.up.sql", "0_a.down.sql"][..], "not named"),
            (&["1_.up.sql", "1_.down.sql"][..], "not named"),
            (&["1_a.up.sql"][..], "1_a.down.sql is missing"),
            (&["1_a.up.sql", "1_b.down.sql"][..], "1_a.down.sql is missing"),
            (&["1_a.up.sql", "1_a.down.sql", "1_b.up.sql", "1_b.down.sql"][..], "two migrations"),
        ] {
            let error = reading(files).await.unwrap_err();
            assert!(error.contains(reason), "{files:?}: {error}");
        }
    }

    #[tokio::test]
    async fn a_missing_folder_is_named() {
        let error = Migrations::read(Path::new("/nowhere/at/all")).await.unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}
