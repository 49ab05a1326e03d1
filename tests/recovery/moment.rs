//! A mistake destroys everything; the server is laid out anew as it was the moment before.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use harness::App;
use scratch_postgres::ScratchPostgres;

use crate::operator::{Operator, done, said};
use crate::person::{Person, app_on};

const WRITERS: usize = 4;
/// How PostgreSQL's clock is asked for a moment, as an operator would write it down.
const NOW: &str = r#"SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"#;

/// A task that was added while the moment came.
struct Added {
    id: String,
    sent: Instant,
    acknowledged: Instant,
}

fn server(operator: &Operator) -> ScratchPostgres {
    let settings = ["wal_level=replica", "archive_mode=on", &operator.archive_command()];
    let server = ScratchPostgres::start_with(&settings).unwrap();
    server.create_database("todo").unwrap();
    server
}

fn back_up(operator: &Operator, server: &ScratchPostgres) -> String {
    done(&operator.run(server, "postgres", "base-backup.sh", &[&operator.backups]))
}

/// Ends the segment that is being written, and waits until it is in the archive.
fn archive(server: &ScratchPostgres) {
    let ended = server.sql("postgres", "SELECT pg_walfile_name(pg_switch_wal())").unwrap();
    let start = Instant::now();
    let archived = || server.sql("postgres", "SELECT last_archived_wal FROM pg_stat_archiver").unwrap();
    // A label of a backup is archived as well and sorts behind its segment.
    while archived().chars().take(24).collect::<String>() < ended {
        assert!(start.elapsed() < Duration::from_secs(30), "{ended} is not archived: {}", archived());
        thread::sleep(Duration::from_millis(50));
    }
}

fn add_until(stop: &AtomicBool, person: &Person, app: &App) -> Vec<Added> {
    let mut added = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let sent = Instant::now();
        let id = person.add(app, "Counted");
        added.push(Added { id, sent, acknowledged: Instant::now() });
    }
    added
}

#[test]
fn every_acknowledged_write_before_the_moment_is_there_and_none_after_it() {
    let operator = Operator::new();
    let mut damaged = server(&operator);
    let app = app_on(&damaged, None);
    let name = app.url.clone();
    let ann = Person::sign_up(&app, "ann@example.org");
    let first = ann.add(&app, "Before any backup");
    let pruned = back_up(&operator, &damaged);
    archive(&damaged);
    // Names of backups count seconds.
    thread::sleep(Duration::from_millis(1_100));
    let kept = back_up(&operator, &damaged);
    let segments = || std::fs::read_dir(&operator.archive).unwrap().count();
    let before_pruning = segments();
    let prune = [operator.backups.as_path(), &operator.archive, Path::new("1")];
    done(&operator.run(&damaged, "postgres", "prune.sh", &prune));
    assert!(!Path::new(&pruned).exists() && Path::new(&kept).exists());
    assert!(segments() < before_pruning, "no log was removed with the backup that needed it");

    let stop = AtomicBool::new(false);
    let (moment, asked, answered, added) = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(|| add_until(&stop, &ann, &app))).collect();
        thread::sleep(Duration::from_millis(700));
        let asked = Instant::now();
        let moment = damaged.sql("postgres", NOW).unwrap();
        let answered = Instant::now();
        thread::sleep(Duration::from_millis(700));
        stop.store(true, Ordering::Relaxed);
        let added: Vec<Added> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
        (moment, asked, answered, added)
    });
    damaged.sql("todo", "TRUNCATE todo.tasks, todo.users CASCADE").unwrap();
    assert_eq!(ann.on(&app).get("/api/v1/tasks").json()["items"].as_array().map(Vec::len), Some(0));
    archive(&damaged);
    drop(app);
    damaged.stop();

    let mut restored = ScratchPostgres::start().unwrap();
    done(&operator.restore(&mut restored, &moment));
    wait_until_it_takes_writes(&restored);
    let app = app_on(&restored, Some(&name));
    ann.is_known_to(&app);
    let there = ann.tasks(&app);
    let before: Vec<&Added> = added.iter().filter(|one| one.acknowledged < asked).collect();
    let after: Vec<&Added> = added.iter().filter(|one| one.sent > answered).collect();
    assert!(
        before.len() > WRITERS && after.len() > WRITERS,
        "{} before, {} after",
        before.len(),
        after.len()
    );
    let lost: Vec<&str> =
        before.iter().map(|one| one.id.as_str()).filter(|id| !there.contains(*id)).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged tasks are lost: {lost:?}", lost.len(), before.len());
    let from_after: Vec<&str> =
        after.iter().map(|one| one.id.as_str()).filter(|id| there.contains(*id)).collect();
    assert!(from_after.is_empty(), "{} tasks are from after the moment: {from_after:?}", from_after.len());
    assert!(there.contains(&first));
    // Life goes on.
    let next = ann.add(&app, "After the disaster");
    assert!(ann.tasks(&app).contains(&next));
}

fn wait_until_it_takes_writes(server: &ScratchPostgres) {
    let start = Instant::now();
    while server.sql("postgres", "SELECT pg_is_in_recovery()").unwrap() != "f" {
        assert!(start.elapsed() < Duration::from_secs(30), "the log is still being replayed");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_can_not_be_restored_says_so_and_touches_nothing() {
    let operator = Operator::new();
    let server = server(&operator);
    let backup = back_up(&operator, &server);
    let lay_out = |data: &Path, moment: &str| {
        let arguments = [operator.backups.as_path(), &operator.archive, data, Path::new(moment)];
        operator.run(&server, "postgres", "restore-to-moment.sh", &arguments)
    };
    let empty = operator.path("empty");
    let too_early = lay_out(&empty, "2026-01-01T00:00:00Z");
    assert!(
        !too_early.status.success() && said(&too_early).contains("no base backup"),
        "{}",
        said(&too_early)
    );
    assert!(!empty.exists());

    let full = operator.path("full");
    std::fs::create_dir(&full).unwrap();
    std::fs::write(full.join("PG_VERSION"), "15").unwrap();
    let over = lay_out(&full, "latest");
    assert!(!over.status.success() && said(&over).contains("is not empty"), "{}", said(&over));
    assert_eq!(std::fs::read_dir(&full).unwrap().count(), 1);

    // A file of the copy is not what it was.
    let manifest = Path::new(&backup).join("backup_manifest");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let at = text.find("\"Checksum\": \"").unwrap() + 13;
    let other = if &text[at..=at] == "0" { "1" } else { "0" };
    std::fs::write(&manifest, format!("{}{other}{}", &text[..at], &text[at + 1..])).unwrap();
    let tampered = lay_out(&operator.path("tampered"), "latest");
    assert!(
        !tampered.status.success() && said(&tampered).contains("checksum mismatch"),
        "{}",
        said(&tampered)
    );
    assert!(!operator.path("tampered/recovery.signal").exists());
}

#[test]
fn the_log_is_archived_again_but_never_replaced() {
    let operator = Operator::new();
    let server = ScratchPostgres::start().unwrap();
    let segment = operator.path("segment");
    let archive = &operator.archive;
    let keep =
        || operator.run(&server, "postgres", "archive-wal.sh", &[&segment, Path::new("0001"), archive]);
    std::fs::write(&segment, "one").unwrap();
    done(&keep());
    done(&keep());
    std::fs::write(&segment, "two").unwrap();
    assert!(!keep().status.success());
    assert_eq!(std::fs::read_to_string(archive.join("0001")).unwrap(), "one");
    assert_eq!(std::fs::read_dir(&archive).unwrap().count(), 1);
}
