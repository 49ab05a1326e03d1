//! Where PostgreSQL's programs come from.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use app_database::DatabaseError;
use app_database::embedded::{Embedded, ProgramSource};
use tempfile::TempDir;

use crate::mirror::{Mirror, Way};
use crate::{PASSWORD, connect, text};

/// Where nothing listens.
const NOWHERE: &str = "http://127.0.0.1:1/maven2";

/// A cache that the account of the server gets into.
fn cache() -> TempDir {
    let cache = tempfile::tempdir().unwrap();
    fs::set_permissions(cache.path(), Permissions::from_mode(0o755)).unwrap();
    cache
}

/// No program of this machine, but those of an archive.
fn archive(repository: &str, cache: &Path) -> ProgramSource {
    ProgramSource {
        repository: repository.to_owned(),
        cache: Some(cache.to_owned()),
        among: Some(Vec::new()),
        ..ProgramSource::default()
    }
}

async fn start(folder: &Path, source: &ProgramSource) -> Result<Embedded, DatabaseError> {
    Embedded::start(folder, "app", PASSWORD, source).await
}

async fn version(folder: &Path, source: &ProgramSource) -> String {
    let database = start(folder, source).await.unwrap();
    let version = text(&connect(&database).await, "SHOW server_version").await;
    database.stop().await;
    version
}

/// Programs that say they are of this version, and do nothing else.
fn pretend(version: &str) -> TempDir {
    let folder = cache();
    for program in ["initdb", "postgres"] {
        let file = folder.path().join(program);
        let script = format!("#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n");
        scratch_postgres::write_program(&file, &script).unwrap();
    }
    folder
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_is_fetched_once_and_serves() {
    let (mirror, cache, folder) = (Mirror::start(Way::Whole).await, cache(), tempfile::tempdir().unwrap());
    let started = Instant::now();
    assert_eq!(version(folder.path(), &archive(&mirror.url, cache.path())).await, "17.11");
    println!("first start, with the archive: {:?}", started.elapsed());
    let started = Instant::now();
    version(tempfile::tempdir().unwrap().path(), &archive(NOWHERE, cache.path())).await;
    println!("first start without: {:?}", started.elapsed());
    assert_eq!(mirror.requests.load(Ordering::Relaxed), 1);
    // From now on without a network, and with data that is there.
    let started = Instant::now();
    assert_eq!(version(folder.path(), &archive(NOWHERE, cache.path())).await, "17.11");
    println!("again: {:?}", started.elapsed());
    // Data stays with the version that made it, whatever else is installed.
    let source = ProgramSource { among: None, ..archive(NOWHERE, cache.path()) };
    assert!(version(folder.path(), &source).await.starts_with("17."));
    assert_eq!(entries(cache.path()).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_may_fetch_it_at_once() {
    let (mirror, cache) = (Mirror::start(Way::Whole).await, cache());
    let source = archive(&mirror.url, cache.path());
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let [a, b, c] = &folders;
    let versions =
        tokio::join!(version(a.path(), &source), version(b.path(), &source), version(c.path(), &source));
    assert_eq!(versions, ("17.11".to_owned(), "17.11".to_owned(), "17.11".to_owned()));
    assert_eq!(entries(cache.path()).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_the_archive_is_never_used() {
    for (way, words) in [(Way::Damaged, "SHA-256"), (Way::CutOff, "body"), (Way::Missing, "404")] {
        let (mirror, cache, folder) = (Mirror::start(way).await, cache(), tempfile::tempdir().unwrap());
        let error = start(folder.path(), &archive(&mirror.url, cache.path())).await.unwrap_err().to_string();
        assert!(error.contains(words) && error.contains(&mirror.url), "{way:?}: {error}");
        assert_eq!(entries(cache.path()), [] as [PathBuf; 0], "{way:?}");
        assert!(!folder.path().join("data").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_programs_and_without_a_network_both_ways_out_are_said() {
    let (cache, folder) = (cache(), tempfile::tempdir().unwrap());
    let error = start(folder.path(), &archive(NOWHERE, cache.path())).await.unwrap_err().to_string();
    println!("{error}");
    for words in ["PostgreSQL 15 or newer", "install", "--database-url", "127.0.0.1:1"] {
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(error.lines().count(), 1);
    // The same where the data needs what only the archive has.
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("data/PG_VERSION"), "17").unwrap();
    let error = start(folder.path(), &archive(NOWHERE, cache.path())).await.unwrap_err().to_string();
    assert!(error.contains("PostgreSQL 17") && !error.contains("15"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_damaged_in_the_cache_is_fetched_again() {
    let (mirror, cache, folder) = (Mirror::start(Way::Whole).await, cache(), tempfile::tempdir().unwrap());
    let source = archive(&mirror.url, cache.path());
    version(folder.path(), &source).await;
    // As a machine leaves files that it had no time to write.
    fs::write(entries(cache.path())[0].join("bin/postgres"), "").unwrap();
    assert_eq!(version(folder.path(), &source).await, "17.11");
    assert_eq!(mirror.requests.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installed_one_that_is_too_old_gives_way_to_the_archive() {
    let (mirror, cache, folder) = (Mirror::start(Way::Whole).await, cache(), tempfile::tempdir().unwrap());
    let old = pretend("14.13");
    let source =
        ProgramSource { among: Some(vec![old.path().to_owned()]), ..archive(&mirror.url, cache.path()) };
    assert_eq!(version(folder.path(), &source).await, "17.11");
    // One that was named is not replaced behind its namer's back.
    let named = ProgramSource { folder: Some(old.path().to_owned()), ..source };
    let error = start(tempfile::tempdir().unwrap().path(), &named).await.unwrap_err();
    assert!(matches!(&error, DatabaseError::TooOld { found } if found == "14.13"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_folder_is_used_and_an_empty_one_is_an_error() {
    let installed = scratch_postgres::find_binaries().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let named = ProgramSource { folder: Some(installed.clone()), ..ProgramSource::default() };
    let database = start(folder.path(), &named).await.unwrap();
    assert!(database.to_string().contains(installed.to_str().unwrap()), "{database}");
    database.stop().await;
    let empty = cache();
    let wrong = ProgramSource { folder: Some(empty.path().to_owned()), ..ProgramSource::default() };
    let error = start(folder.path(), &wrong).await.unwrap_err().to_string();
    assert!(error.contains("initdb") && error.contains(empty.path().to_str().unwrap()), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_of_a_version_that_is_not_here_is_named_and_left_alone() {
    let (mirror, cache, folder) = (Mirror::start(Way::Whole).await, cache(), tempfile::tempdir().unwrap());
    start(folder.path(), &ProgramSource::default()).await.unwrap().stop().await;
    let file = folder.path().join("data/PG_VERSION");
    fs::write(&file, "16\n").unwrap();
    let source = ProgramSource { among: Some(Vec::new()), ..archive(&mirror.url, cache.path()) };
    let error = start(folder.path(), &source).await.unwrap_err();
    assert!(matches!(error, DatabaseError::DataVersion { data: 16, .. }), "{error}");
    assert!(error.to_string().contains("PostgreSQL 16"), "{error}");
    assert_eq!(mirror.requests.load(Ordering::Relaxed), 0);
}
