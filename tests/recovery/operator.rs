//! An operator with the scripts of `deploy/backup`.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use harness::repository;
use scratch_postgres::{OWNER, PASSWORD, ScratchPostgres};
use tempfile::TempDir;

/// The scripts, and folders for what they keep, where the server's own account reaches them.
pub struct Operator {
    /// Where base backups go.
    pub backups: PathBuf,
    /// Where the log goes.
    pub archive: PathBuf,
    /// Where dumps go.
    pub dumps: PathBuf,
    folder: TempDir,
}

impl Operator {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("backups-").tempdir().unwrap();
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        for entry in std::fs::read_dir(repository().join("deploy/backup")).unwrap() {
            let script = entry.unwrap().path();
            if script.extension().is_some_and(|ending| ending == "sh") {
                std::fs::copy(&script, folder.path().join(script.file_name().unwrap())).unwrap();
            }
        }
        let [backups, archive, dumps] = ["backups", "archive", "dumps"].map(|name| folder.path().join(name));
        for kept in [&backups, &archive, &dumps] {
            std::fs::create_dir(kept).unwrap();
        }
        give_to_server(&archive);
        Self { backups, archive, dumps, folder }
    }

    /// A folder or file of this operator's.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What tells a server to hand over its log.
    pub fn archive_command(&self) -> String {
        let script = self.path("archive-wal.sh");
        format!("archive_command={} \"%p\" \"%f\" {}", script.display(), self.archive.display())
    }

    /// Runs a script for a database of a server, as its owner.
    pub fn run(&self, server: &ScratchPostgres, database: &str, script: &str, arguments: &[&Path]) -> Output {
        self.run_as(server, database, (OWNER, PASSWORD), script, arguments)
    }

    /// Runs a script for a database of a server.
    pub fn run_as(
        &self,
        server: &ScratchPostgres,
        database: &str,
        (user, password): (&str, &str),
        script: &str,
        arguments: &[&Path],
    ) -> Output {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(server.binaries().to_owned()).chain(std::env::split_paths(&inherited));
        Command::new(self.path(script))
            .args(arguments)
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("PGHOST", "127.0.0.1")
            .env("PGPORT", server.port().to_string())
            .env("PGUSER", user)
            .env("PGPASSWORD", password)
            .env("PGDATABASE", database)
            .output()
            .unwrap()
    }

    /// Lays a server out anew as it was at a moment, in the place of what it holds.
    pub fn restore(&self, into: &mut ScratchPostgres, moment: &str) -> Output {
        let data = PathBuf::from(into.sql("postgres", "SHOW data_directory").unwrap());
        into.stop();
        std::fs::remove_dir_all(&data).unwrap();
        let arguments = [self.backups.as_path(), &self.archive, &data, Path::new(moment)];
        let output = self.run(into, "postgres", "restore-to-moment.sh", &arguments);
        if output.status.success() {
            give_to_server(&data);
            into.resume().unwrap();
        }
        output
    }
}

/// Fails with what a script said, unless it succeeded; what it printed otherwise.
#[track_caller]
pub fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}: {}", output.status, said(output));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What a script complained of.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// PostgreSQL runs under an account of its own where the test runs as root.
fn give_to_server(path: &Path) {
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    if root {
        let status = Command::new("chown").args(["-R", "postgres:postgres"]).arg(path).status().unwrap();
        assert!(status.success());
    }
}
