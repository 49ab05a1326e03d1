//! The process is killed (SIGKILL) in the middle of a stream of adds, 20 times over, and the server that it has started
//! for itself in half of these: every task that was acknowledged is there after the next start, which takes under five
//! seconds.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use harness::programs::{command, printed};
use harness::{App, Caller, Database, EVERY_SCOPE, Options};
use scratch_postgres::ScratchPostgres;
use serde_json::json;
use uuid::Uuid;

const KILLS: u64 = 20;
const WRITERS: usize = 4;
/// The longest a start may take.
const MAX_START: Duration = Duration::from_secs(5);

#[test]
fn on_a_postgresql_server_nothing_acknowledged_is_lost() {
    let server = ScratchPostgres::start_with(&["fsync=on"]).unwrap();
    server.create_database("todo").unwrap();
    kill_again_and_again(&Database::At(server.url("todo")));
}

#[test]
fn on_a_server_of_its_own_nothing_acknowledged_is_lost() {
    kill_again_and_again(&Database::Embedded);
}

fn kill_again_and_again(database: &Database) {
    let data = tempfile::tempdir().unwrap();
    let id = Uuid::new_v4();
    let mut acknowledged = BTreeSet::new();
    let mut slowest = Duration::ZERO;
    for round in 0..=KILLS {
        let starting = Instant::now();
        let app = start(database, data.path());
        // The first start makes the database.
        if round > 0 {
            slowest = slowest.max(starting.elapsed());
        }
        let alice = app.known_user(id, EVERY_SCOPE, 900);
        if round == KILLS {
            let missing: Vec<String> = acknowledged.difference(&stored(&alice)).cloned().collect();
            assert!(missing.is_empty(), "{} of {} lost: {missing:?}", missing.len(), acknowledged.len());
            break;
        }
        let server = server_pid(data.path()).filter(|_| round % 2 == 1);
        let added = add_until_killed(&app, &alice, Duration::from_millis(30 + 7 * (round % 10)), server);
        assert!(!added.is_empty(), "round {round}: nothing was acknowledged before the kill");
        acknowledged.extend(added);
    }
    println!("{} tasks acknowledged, the slowest start took {slowest:?}", acknowledged.len());
    assert!(slowest < MAX_START, "a start took {slowest:?}");
}

fn start(database: &Database, data: &Path) -> App {
    let options = Options { database: database.clone(), data: Some(data.to_owned()), ..Options::default() };
    App::start(options.without_quotas()).unwrap()
}

/// The first process of the server that the app has started for itself.
pub fn server_pid(data: &Path) -> Option<u32> {
    let file = std::fs::read_to_string(data.join("postgres/data/postmaster.pid")).ok()?;
    file.lines().next()?.trim().parse().ok()
}

/// Kills a process at once (SIGKILL).
pub fn kill(pid: u32) {
    printed(command("kill").args(["-s", "KILL", &pid.to_string()]));
}

fn add_until_killed(app: &App, alice: &Caller, after: Duration, server: Option<u32>) -> Vec<String> {
    let (killed, count) = (&AtomicBool::new(false), &AtomicUsize::new(0));
    thread::scope(|scope| {
        let writers: Vec<_> =
            (0..WRITERS).map(|_| scope.spawn(move || add_while(alice, killed, count))).collect();
        // The first adds may have to wait for a component to be instantiated.
        while count.load(Ordering::Relaxed) < WRITERS && writers.iter().all(|writer| !writer.is_finished()) {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(after);
        server.into_iter().for_each(kill);
        app.kill();
        killed.store(true, Ordering::Relaxed);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    })
}

fn add_while(alice: &Caller, killed: &AtomicBool, count: &AtomicUsize) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !killed.load(Ordering::Relaxed) {
        let request = alice.request("POST", "/api/v1/tasks").json(&json!({ "title": "Counted" }));
        match request.try_send() {
            Ok(answer) if answer.status == 201 => {
                acknowledged.push(answer.json()["id"].as_str().unwrap().to_owned());
                count.fetch_add(1, Ordering::Relaxed);
            }
            // Its server was killed a moment before it.
            Ok(answer) if answer.status == 503 => {}
            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
            Err(_) => break,
        }
    }
    acknowledged
}

fn stored(alice: &Caller) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut path = "/api/v1/tasks?limit=100&sort=created".to_owned();
    loop {
        let page = alice.get(&path).expect(200).json();
        ids.extend(
            page["items"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/tasks?limit=100&sort=created&cursor={cursor}"),
            None => return ids,
        }
    }
}
