//! The schema of the app: a folder of `<version>_<name>.up.sql` and `.down.sql` pairs.
//!
//! `sqlx` reads the files, keeps the table `_sqlx_migrations` and runs each file in a transaction. An advisory lock lets
//! replicas start at the same time: one migrates, the others wait and find nothing to do.

mod folder;
mod state;

use std::time::Duration;

use sqlx::migrate::{Migrate, MigrateError, Migration};
use sqlx::{Connection, Executor, PgConnection};

use crate::DatabaseError;
pub use folder::Migrations;
pub use state::{MigrationState, Standing};

/// Where `sqlx` writes down what it applied.
const TABLE: &str = "_sqlx_migrations";

/// A migration waits no longer than this for a lock that running statements hold.
const SESSION_LIMITS: &str =
    "SET lock_timeout = '5s'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

/// One migration that was run just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Its number, the first part of the file name.
    pub version: i64,
    /// The rest of the file name, in words.
    pub description: String,
    /// How long its SQL took.
    pub took: Duration,
}

/// How far down to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    /// Undo this many, latest first.
    Steps(usize),
    /// Undo everything after this version; 0 undoes all.
    To(i64),
}

impl Migrations {
    /// Applies what is missing, up to and including version `to` when given.
    ///
    /// # Errors
    /// See [`DatabaseError`]; a migration that fails leaves the ones before it applied.
    pub async fn up(
        &self,
        connection: &mut PgConnection,
        to: Option<i64>,
    ) -> Result<Vec<Ran>, DatabaseError> {
        if let Some(version) = to {
            self.must_have(version)?;
        }
        // Mostly there is nothing to do, and then nobody has to wait for the lock.
        if to.is_none() && self.is_current(connection).await? {
            return Ok(Vec::new());
        }
        let applied = self.lock(connection).await?;
        let missing = self.ups().filter(|migration| {
            to.is_none_or(|to| migration.version <= to) && !applied.contains(&migration.version)
        });
        let ran = self.run_all(connection, missing.collect()).await;
        unlock(connection, ran).await
    }

    /// Undoes migrations, latest first.
    ///
    /// # Errors
    /// See [`DatabaseError`]; one without a way back stops it before anything is undone.
    pub async fn down(&self, connection: &mut PgConnection, down: Down) -> Result<Vec<Ran>, DatabaseError> {
        if let Down::To(version) = down
            && version != 0
        {
            self.must_have(version)?;
        }
        let mut applied = self.lock(connection).await?;
        applied.sort_unstable_by(|a, b| b.cmp(a));
        let undo: Vec<i64> = match down {
            Down::Steps(steps) => applied.into_iter().take(steps).collect(),
            Down::To(version) => applied.into_iter().filter(|&applied| applied > version).collect(),
        };
        let way_back = |version| self.down_of(version).ok_or(DatabaseError::NotReversible { version });
        let undone = match undo.into_iter().map(way_back).collect::<Result<Vec<_>, _>>() {
            Ok(undo) => self.run_all(connection, undo).await,
            Err(error) => Err(error),
        };
        unlock(connection, undone).await
    }

    /// Every migration of the folder and of the database, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn status(&self, connection: &mut PgConnection) -> Result<Vec<MigrationState>, DatabaseError> {
        let applied = applied(connection).await?;
        Ok(state::compare(self, &applied))
    }

    async fn is_current(&self, connection: &mut PgConnection) -> Result<bool, DatabaseError> {
        let standing = self.status(connection).await?;
        self.refuse_what_is_wrong(&standing)?;
        Ok(standing.iter().all(|state| state.standing != Standing::Pending))
    }

    /// Takes the lock; gives the versions that are applied.
    async fn lock(&self, connection: &mut PgConnection) -> Result<Vec<i64>, DatabaseError> {
        connection.lock().await.map_err(|error| failed("waiting for other migrations", error))?;
        match self.look_while_locked(connection).await {
            Ok(applied) => Ok(applied),
            Err(error) => unlock(connection, Err(error)).await,
        }
    }

    async fn look_while_locked(&self, connection: &mut PgConnection) -> Result<Vec<i64>, DatabaseError> {
        connection.execute(SESSION_LIMITS).await.map_err(|source| DatabaseError::Statement {
            doing: "preparing to migrate".to_owned(),
            source,
        })?;
        let doing = "keeping the list of migrations";
        connection.ensure_migrations_table(TABLE).await.map_err(|error| failed(doing, error))?;
        if let Some(version) = connection.dirty_version(TABLE).await.map_err(|error| failed(doing, error))? {
            return Err(DatabaseError::HalfDone { version });
        }
        let standing = self.status(connection).await?;
        self.refuse_what_is_wrong(&standing)?;
        Ok(standing.iter().filter(|state| state.is_applied()).map(|state| state.version).collect())
    }

    /// A changed or vanished file stops everything. Versions newer than all known ones do not: an older release
    /// started beside a newer one runs on the newer schema.
    fn refuse_what_is_wrong(&self, standing: &[MigrationState]) -> Result<(), DatabaseError> {
        let newest = self.ups().map(|migration| migration.version).max().unwrap_or(0);
        for state in standing {
            match state.standing {
                Standing::Changed => {
                    return Err(DatabaseError::MigrationChanged { name: state.name() });
                }
                Standing::Unknown if state.version < newest => {
                    return Err(DatabaseError::MigrationMissing {
                        version: state.version,
                        folder: self.folder().to_path_buf(),
                    });
                }
                Standing::Unknown => {
                    tracing::warn!("the database has migration {}, newer than this release", state.version);
                }
                Standing::Applied | Standing::Pending => {}
            }
        }
        Ok(())
    }

    async fn run_all(
        &self,
        connection: &mut PgConnection,
        migrations: Vec<&Migration>,
    ) -> Result<Vec<Ran>, DatabaseError> {
        let mut ran = Vec::new();
        for migration in migrations {
            ran.push(self.run(connection, migration).await?);
        }
        Ok(ran)
    }

    async fn run(&self, connection: &mut PgConnection, migration: &Migration) -> Result<Ran, DatabaseError> {
        let result = if migration.migration_type.is_down_migration() {
            connection.revert(TABLE, migration).await
        } else {
            connection.apply(TABLE, migration).await
        };
        let took = result.map_err(|error| DatabaseError::Migration {
            name: format!("{} {}", migration.version, migration.description),
            reason: describe(error),
        })?;
        Ok(Ran { version: migration.version, description: migration.description.to_string(), took })
    }
}

/// Opens a connection for the owner. Slow statements and notices of migrations are reported by us, not logged.
///
/// # Errors
/// [`DatabaseError::Url`] and [`DatabaseError::Connect`].
pub async fn connect(url: &str) -> Result<PgConnection, DatabaseError> {
    let server = crate::server::ServerUrl::parse(url)?;
    let options = server.connect_options()?;
    PgConnection::connect_with(&options).await.map_err(|source| server.connect_error(source))
}

/// Lets other migrations go on, whatever came of this one.
async fn unlock<T>(
    connection: &mut PgConnection,
    result: Result<T, DatabaseError>,
) -> Result<T, DatabaseError> {
    let unlocked = connection.unlock().await.map_err(|error| failed("letting other migrations go on", error));
    // What went wrong first is what matters.
    let value = result?;
    unlocked?;
    Ok(value)
}

/// Version and checksum of what the database has; nothing when it has no list yet.
async fn applied(connection: &mut PgConnection) -> Result<Vec<(i64, Vec<u8>)>, DatabaseError> {
    let doing = "reading the list of migrations";
    let statement = |source| DatabaseError::Statement { doing: doing.to_owned(), source };
    let exists: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .map_err(statement)?;
    if !exists {
        return Ok(Vec::new());
    }
    let listed = connection.list_applied_migrations(TABLE).await.map_err(|error| failed(doing, error))?;
    Ok(listed.into_iter().map(|applied| (applied.version, applied.checksum.into_owned())).collect())
}

fn failed(doing: &str, error: MigrateError) -> DatabaseError {
    let source = match error {
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => source,
        other => sqlx::Error::Migrate(Box::new(other)),
    };
    DatabaseError::Statement { doing: doing.to_owned(), source }
}

/// The server's words, with its detail and hint.
fn describe(error: MigrateError) -> String {
    let source = match error {
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => source,
        other => return other.to_string(),
    };
    let Some(from_server) = source
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>())
    else {
        return source.to_string();
    };
    let mut words = format!("{} (SQLSTATE {})", from_server.message(), from_server.code());
    for more in [from_server.detail(), from_server.hint()].into_iter().flatten() {
        words.push_str("; ");
        words.push_str(more);
    }
    words
}
