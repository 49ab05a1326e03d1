//! What can keep a database from being ready, in words that say what to do next.

use std::path::PathBuf;

/// Why the app's database could not be prepared.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Another process holds the folder of the embedded database.
    #[error("the embedded database in {} is in use by another process: stop that one, or choose another --data-dir", folder.display())]
    EmbeddedInUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The embedded database does not start.
    #[error("the embedded database in {} does not start: {reason}", folder.display())]
    EmbeddedStart {
        /// The folder.
        folder: PathBuf,
        /// From the server or the operating system.
        reason: String,
    },
    /// Another program has the port of the embedded database.
    #[error("the embedded database cannot listen on port {port}: another program has it")]
    EmbeddedPort {
        /// The port on 127.0.0.1.
        port: u16,
    },
    /// The folder holds data that only the engine of earlier releases reads.
    #[error(
        "{} holds the data of an earlier release's database engine, which this one does not read: move it away, or \
         choose another --data-dir; the release that made it can export what is in it",
        folder.display()
    )]
    FormerEngine {
        /// The folder, which was left as it is.
        folder: PathBuf,
    },
    /// PostgreSQL's programs are here neither by themselves nor from the archive.
    #[error("{wanted} is not installed here, and {reason}: install it, or name a server with --database-url")]
    NoPrograms {
        /// Which PostgreSQL.
        wanted: String,
        /// Why the archive did not help.
        reason: String,
    },
    /// The programs that were named, or those from the archive, do not run.
    #[error(transparent)]
    Programs(#[from] postgres_programs::ProgramsError),
    /// The data is of a version whose programs are not here.
    #[error(
        "the embedded database in {} is of PostgreSQL {data}, whose programs are not here: install PostgreSQL {data}, \
         or choose another --data-dir",
        folder.display()
    )]
    DataVersion {
        /// The folder.
        folder: PathBuf,
        /// Major version of the data.
        data: u32,
    },
    /// The settings ask for a server and none is named.
    #[error(
        "this app wants a PostgreSQL server: name it with --database-url postgres://owner:password@host:5432/database"
    )]
    ServerNotNamed,
    /// An owner URL that cannot be used.
    #[error("the database URL cannot be used: {0}")]
    Url(String),
    /// The server does not answer, or refuses the owner.
    #[error("cannot connect to PostgreSQL at {host}:{port} as {user}: {source}")]
    Connect {
        /// Host of the URL.
        host: String,
        /// Port of the URL.
        port: u16,
        /// User of the URL.
        user: String,
        /// From the server or the network; holds no password.
        source: sqlx::Error,
    },
    /// Older than this app's statements need.
    #[error("PostgreSQL {found} is too old: 15 or newer is needed")]
    TooOld {
        /// `server_version` of the server.
        found: String,
    },
    /// A statement of the preparation failed.
    #[error("{doing}: {source}")]
    Statement {
        /// What was being done.
        doing: String,
        /// From the server.
        source: sqlx::Error,
    },
    /// Setting the password of a role would lock the app of another database out.
    #[error(
        "role {role} belongs to the whole server, and database {databases} uses it with another password: give both apps \
         the same passwords, take another server, or set it for both with `migrate up --roles --share-roles`"
    )]
    RoleInUse {
        /// The role.
        role: String,
        /// The other databases.
        databases: String,
    },
    /// The folder of migrations cannot be read, or a name in it is wrong.
    #[error("migrations in {}: {reason}", folder.display())]
    MigrationsFolder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A migration has no way back.
    #[error("migration {version} has no .down.sql: it cannot be undone")]
    NotReversible {
        /// Version of the migration.
        version: i64,
    },
    /// A file was edited after it had been applied.
    #[error(
        "migration {name} was changed after it had been applied: take the change back and put it into a new migration"
    )]
    MigrationChanged {
        /// Version and description.
        name: String,
    },
    /// The database has a migration between known ones that the folder lacks.
    #[error("the database has migration {version}, which is missing in {}", folder.display())]
    MigrationMissing {
        /// Version of the migration.
        version: i64,
        /// The folder.
        folder: PathBuf,
    },
    /// The version asked for is not in the folder.
    #[error("there is no migration {version}")]
    NoSuchMigration {
        /// As asked for.
        version: i64,
    },
    /// The SQL of a migration failed; it was rolled back.
    #[error("migration {name} failed and was rolled back: {reason}")]
    Migration {
        /// Version and description.
        name: String,
        /// From the server.
        reason: String,
    },
    /// A migration that runs outside a transaction stopped half-way in an earlier run.
    #[error(
        "migration {version} stopped half-way: repair by hand, then delete its row from _sqlx_migrations"
    )]
    HalfDone {
        /// Version of the migration.
        version: i64,
    },
    /// A secret cannot be kept or read.
    #[error("secret file {}: {reason}", file.display())]
    Secret {
        /// The file.
        file: PathBuf,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// The operating system gave no random numbers.
    #[error("no random numbers from the operating system: {0}")]
    Random(String),
    /// The settings file cannot be read or says something impossible.
    #[error("{}: {reason}", file.display())]
    Settings {
        /// The file.
        file: PathBuf,
        /// What is wrong, with its line.
        reason: String,
    },
}
