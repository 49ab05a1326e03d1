//! PostgreSQL on the node, beside the cluster: it stays when pods come and go.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use scratch_postgres::{Folder, OWNER, PASSWORD, ScratchPostgres};

use crate::programs::node_address;

/// The server all releases share, each with a database of its own, one after the other: the app's roles are the server's.
pub fn server() -> MutexGuard<'static, ScratchPostgres> {
    static SERVER: OnceLock<Mutex<ScratchPostgres>> = OnceLock::new();
    let server = SERVER.get_or_init(|| Mutex::new(start()));
    server.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What sets a release to a server of its own, with an empty database and no other: for one that runs beside another, or makes up
/// its passwords.
pub fn settings_beside(database: &str) -> [(&'static str, String); 2] {
    static BESIDE: OnceLock<ScratchPostgres> = OnceLock::new();
    let server = BESIDE.get_or_init(start);
    let others = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'";
    for other in server.sql("postgres", others).unwrap().lines() {
        server.sql("postgres", &format!("DROP DATABASE \"{other}\" WITH (FORCE)")).unwrap();
    }
    server.create_database(database).unwrap();
    [("database.port", server.port().to_string()), ("database.ownerUrl", url(server.port(), database))]
}

fn start() -> ScratchPostgres {
    static ACCESS: OnceLock<Folder> = OnceLock::new();
    let folder = ACCESS.get_or_init(|| Folder::new("access").unwrap());
    // The server's own user reads it.
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let access = folder.path().join("pg_hba.conf");
    std::fs::write(&access, "host all all 0.0.0.0/0 scram-sha-256\n").unwrap();
    let settings = [
        format!("listen_addresses=127.0.0.1,{}", node_address()),
        format!("hba_file={}", access.display()),
        "max_connections=200".to_owned(),
    ];
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    ScratchPostgres::start_with(&settings).unwrap()
}

/// The server is away until this is dropped.
pub struct Away(());

impl Away {
    /// It goes at once, as in a crash.
    pub fn begin() -> Self {
        server().stop();
        Self(())
    }
}

impl Drop for Away {
    fn drop(&mut self) {
        server().resume().unwrap();
    }
}

/// The server's port, on the node's address.
pub fn port() -> u16 {
    server().port()
}

/// The owner's URL of a database, as pods reach it.
pub fn owner_url(database: &str) -> String {
    url(port(), database)
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://{OWNER}:{PASSWORD}@{}:{port}/{database}?sslmode=disable", node_address())
}

/// The database is empty, and there.
pub fn recreate(database: &str) {
    let server = server();
    server.sql("postgres", &format!("DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)")).unwrap();
    server.create_database(database).unwrap();
}
