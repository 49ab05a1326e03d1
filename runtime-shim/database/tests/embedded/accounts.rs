//! Root starts the server as another account, wherever the folder is; others as themselves.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use crate::{connect, runs, server_pid, start, text};

/// Where the process of another account keeps its database: this program again, with that in its environment.
const FOLDER: &str = "EMBEDDED_ACCOUNT_FOLDER";

/// Whether this is root; others have nothing to see here.
fn root() -> bool {
    let root = fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0);
    if !root {
        println!("not root: skipped");
    }
    root
}

fn nobody() -> (u32, u32) {
    let known = fs::read_to_string("/etc/passwd").unwrap();
    let line = known.lines().find(|line| line.starts_with("nobody:")).unwrap();
    let ids: Vec<u32> = line.split(':').skip(2).take(2).map(|id| id.parse().unwrap()).collect();
    (ids[0], ids[1])
}

async fn starts_twice(folder: &Path) {
    for round in 0..2 {
        let database = start(folder).await.unwrap();
        let client = connect(&database).await;
        if round == 0 {
            client.batch_execute("CREATE TABLE kept AS SELECT 7 AS n").await.unwrap();
        }
        assert_eq!(text(&client, "SELECT n::text FROM kept").await, "7");
        database.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn root_runs_it_as_another_account_below_open_and_closed_folders() {
    if !root() {
        return;
    }
    for mode in [0o755, 0o700] {
        let top = tempfile::tempdir().unwrap();
        fs::set_permissions(top.path(), Permissions::from_mode(mode)).unwrap();
        let folder = top.path().join("app/data/postgres");
        starts_twice(&folder).await;
        let database = start(&folder).await.unwrap();
        let process = fs::metadata(format!("/proc/{}", server_pid(&folder))).unwrap();
        let data = fs::metadata(folder.join("data")).unwrap();
        assert_ne!(process.uid(), 0);
        assert_eq!((data.uid(), data.mode() & 0o777), (process.uid(), 0o700));
        // What is above stays as it was.
        assert_eq!(fs::metadata(top.path()).unwrap().mode() & 0o777, mode);
        assert_eq!(fs::metadata(&folder).unwrap().uid(), 0);
        let client = connect(&database).await;
        client.batch_execute("SELECT pg_reload_conf(); CREATE EXTENSION pg_trgm; CHECKPOINT").await.unwrap();
        database.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_belongs_to_an_account_is_served_as_that_account() {
    if !root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    starts_twice(folder.path()).await;
    let (uid, gid) = nobody();
    let changed =
        Command::new("chown").args(["-R", &format!("{uid}:{gid}")]).arg(folder.path().join("data")).status();
    assert!(changed.unwrap().success());
    let database = start(folder.path()).await.unwrap();
    assert_eq!(fs::metadata(format!("/proc/{}", server_pid(folder.path()))).unwrap().uid(), uid);
    assert!(database.to_string().contains("`nobody`"), "{database}");
    database.stop().await;
}

/// Not a test by itself: the process that the next tests run as another account.
#[tokio::test(flavor = "multi_thread")]
async fn child_of_another_account() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    starts_twice(Path::new(&folder)).await;
    println!("started twice");
}

/// Runs the process above as `nobody`; what it says.
fn as_nobody(folder: &Path) -> String {
    let (uid, gid) = nobody();
    let top = tempfile::tempdir().unwrap();
    fs::set_permissions(top.path(), Permissions::from_mode(0o755)).unwrap();
    // The program may be below a folder that is closed to others.
    let program = top.path().join("program");
    scratch_postgres::copy_program(&std::env::current_exe().unwrap(), &program).unwrap();
    let output = Command::new(program)
        .args(["accounts::child_of_another_account", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .current_dir("/")
        .uid(uid)
        .gid(gid)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_runs_it_as_itself() {
    if !root() {
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let (uid, gid) = nobody();
    chown(top.path(), Some(uid), Some(gid)).unwrap();
    let folder = top.path().join("postgres");
    let said = as_nobody(&folder);
    assert!(said.contains("started twice"), "{said}");
    assert_eq!(fs::metadata(folder.join("data")).unwrap().uid(), uid);
    // And root after it goes on as that account.
    let database = start(&folder).await.unwrap();
    let server = server_pid(&folder);
    assert_eq!(fs::metadata(format!("/proc/{server}")).unwrap().uid(), uid);
    database.stop().await;
    assert!(!runs(server));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_is_told_whose_the_data_is() {
    if !root() {
        return;
    }
    let top = tempfile::tempdir().unwrap();
    fs::set_permissions(top.path(), Permissions::from_mode(0o777)).unwrap();
    let folder = top.path().join("postgres");
    start(&folder).await.unwrap().stop().await;
    fs::set_permissions(&folder, Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(folder.join("lock"), Permissions::from_mode(0o666)).unwrap();
    let said = as_nobody(&folder);
    assert!(said.contains("belongs to the account"), "{said}");
    start(&folder).await.unwrap().stop().await;
}
