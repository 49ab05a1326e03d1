//! Making the data of a server: `initdb`, in a folder of its own that gets its name when it is whole and on the disk.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use postgres_programs::Programs;

use super::SUPERUSER;
use super::account::{Account, Reachable};
use super::child::spawn;
use super::folder::{Folder, UNFINISHED};
use crate::DatabaseError;

/// Makes the data in `folder`. Nobody gets in without a password, and the owner's is `password`.
///
/// # Errors
/// [`DatabaseError::EmbeddedStart`] with what `initdb` says.
pub(super) async fn create(
    folder: &Folder,
    programs: &Programs,
    account: Option<&Account>,
    password: &str,
) -> Result<(), DatabaseError> {
    let failed = |error: io::Error| folder.error(error.to_string());
    let private = Permissions::from_mode(0o700);
    let unfinished =
        tempfile::Builder::new().prefix(UNFINISHED).permissions(private).tempdir_in(folder.top());
    let unfinished = unfinished.map_err(failed)?;
    let password_file = unfinished.path().join("password");
    fs::write(&password_file, password).map_err(failed)?;
    if let Some(account) = account {
        for path in [&password_file, unfinished.path()] {
            account.give(path).map_err(|error| {
                folder.error(format!("{} cannot be given to `{}`: {error}", path.display(), account.name()))
            })?;
        }
    }
    let reachable = Reachable::new(unfinished.path(), account).map_err(|reason| folder.error(reason))?;
    let arguments = [
        format!("--pgdata={}", reachable.path.join("data").display()),
        format!("--pwfile={}", reachable.path.join("password").display()),
        format!("--username={SUPERUSER}"),
        "--auth=scram-sha-256".to_owned(),
        "--encoding=UTF8".to_owned(),
        "--locale=C".to_owned(),
    ];
    let initdb = spawn(&programs.path("initdb"), &arguments, account, reachable, Stdio::piped());
    let (status, output) = initdb.map_err(|reason| folder.error(reason))?.output().await.map_err(failed)?;
    if !status.success() {
        let errors: Vec<&str> = output.lines().filter(|line| line.contains("initdb: error:")).collect();
        let said = if errors.is_empty() { output.trim().to_owned() } else { errors.join("; ") };
        return Err(folder.error(format!("initdb failed ({status}): {said}")));
    }
    fs::rename(unfinished.path().join("data"), folder.data()).map_err(failed)?;
    // initdb has written what is in it to the disk; this is its name.
    File::open(folder.top()).and_then(|top| top.sync_all()).map_err(failed)
}
