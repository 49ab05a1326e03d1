//! What a run that was killed can leave in the way of the next.

use std::fs;
use std::time::{Duration, Instant};

use crate::killed::Writer;
use crate::{connect, runs, server_pid, signal, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_ends_with_its_run() {
    let folder = tempfile::tempdir().unwrap();
    let run = Writer::start(folder.path(), 1);
    let server = server_pid(folder.path());
    run.kill();
    let killed = Instant::now();
    while runs(server) {
        assert!(killed.elapsed() < Duration::from_secs(10), "it still runs");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("ended after {:?}", killed.elapsed());
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lost_all_who_would_end_it_is_ended_by_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let run = Writer::start(folder.path(), 1);
    let server = server_pid(folder.path());
    let passes_signals_on = field(server, "PPid:");
    for reader in children(passes_signals_on).into_iter().filter(|&child| child != server) {
        signal(reader, "KILL");
    }
    signal(passes_signals_on, "STOP");
    run.kill();
    signal(passes_signals_on, "KILL");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(runs(server), "the test has not left it behind");
    let started = Instant::now();
    let database = start(folder.path()).await.unwrap();
    println!("started after {:?}", started.elapsed());
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(!runs(server));
    assert_eq!(text(&connect(&database).await, "SELECT 'fine'").await, "fine");
    database.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_another_process_has_by_now_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    start(folder.path()).await.unwrap().stop().await;
    let data = folder.path().join("data");
    // As if the machine had been switched off: the number is that of a process which has nothing to do with it.
    let left = format!("{}\n{}\n1\n5432\n\n127.0.0.1\n  1  1\nready\n", std::process::id(), data.display());
    fs::write(data.join("postmaster.pid"), left).unwrap();
    start(folder.path()).await.unwrap().stop().await;
}

#[cfg(target_os = "linux")]
fn field(pid: u32, name: &str) -> u32 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().parse().unwrap()
}

#[cfg(target_os = "linux")]
fn children(pid: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    children.split_whitespace().map(|child| child.parse().unwrap()).collect()
}
