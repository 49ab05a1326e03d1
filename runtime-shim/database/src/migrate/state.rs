//! Folder and database side by side.

use std::collections::BTreeMap;

use super::Migrations;

/// Where one migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In the database.
    Applied,
    /// In the folder only.
    Pending,
    /// In both, but the file is not what was applied.
    Changed,
    /// In the database only.
    Unknown,
}

impl std::fmt::Display for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Applied => "applied",
            Self::Pending => "pending",
            Self::Changed => "changed since",
            Self::Unknown => "not in folder",
        })
    }
}

/// One migration of the folder or the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// Its number.
    pub version: i64,
    /// What it adds, in words; empty when only the database knows it.
    pub description: String,
    /// Where it stands.
    pub standing: Standing,
}

impl MigrationState {
    /// Whether the database has it.
    pub fn is_applied(&self) -> bool {
        self.standing != Standing::Pending
    }

    /// Number and description.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.version, self.description)
    }
}

/// Compares; oldest first. `applied` holds versions and checksums.
pub(super) fn compare(migrations: &Migrations, applied: &[(i64, Vec<u8>)]) -> Vec<MigrationState> {
    let mut states: BTreeMap<i64, MigrationState> = migrations
        .ups()
        .map(|migration| {
            let checksum = applied.iter().find(|(version, _)| *version == migration.version);
            let standing = match checksum {
                None => Standing::Pending,
                Some((_, checksum)) if checksum[..] == migration.checksum[..] => Standing::Applied,
                Some(_) => Standing::Changed,
            };
            let description = migration.description.to_string();
            (migration.version, MigrationState { version: migration.version, description, standing })
        })
        .collect();
    for (version, _) in applied {
        states.entry(*version).or_insert_with(|| MigrationState {
            version: *version,
            description: String::new(),
            standing: Standing::Unknown,
        });
    }
    states.into_values().collect()
}
