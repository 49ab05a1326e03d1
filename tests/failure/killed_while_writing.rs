//! The process is killed (SIGKILL) in the middle of a stream of adds, 20 times over: every task that was
//! acknowledged is there after the next start, on a PostgreSQL server and on the embedded one.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use harness::{App, Caller, Database, EVERY_SCOPE, Options};
use scratch_postgres::ScratchPostgres;
use serde_json::json;
use uuid::Uuid;

const KILLS: u64 = 20;
const WRITERS: usize = 4;

#[test]
fn on_a_postgresql_server_nothing_acknowledged_is_lost() {
    let server = ScratchPostgres::start_with(&["fsync=on"]).unwrap();
    server.create_database("todo").unwrap();
    kill_again_and_again(&Database::At(server.url("todo")));
}

#[test]
fn on_the_embedded_one_nothing_acknowledged_is_lost() {
    kill_again_and_again(&Database::Embedded);
}

fn kill_again_and_again(database: &Database) {
    let data = tempfile::tempdir().unwrap();
    let id = Uuid::new_v4();
    let mut acknowledged = BTreeSet::new();
    for round in 0..KILLS {
        let app = start(database, data.path());
        let alice = app.known_user(id, EVERY_SCOPE, 900);
        let added = add_until_killed(&app, &alice, Duration::from_millis(60 + 17 * (round % 10)));
        assert!(!added.is_empty(), "round {round}: nothing was acknowledged before the kill");
        acknowledged.extend(added);
    }
    let app = start(database, data.path());
    let missing: Vec<String> =
        acknowledged.difference(&stored(&app.known_user(id, EVERY_SCOPE, 900))).cloned().collect();
    assert!(missing.is_empty(), "{} of {} lost: {missing:?}", missing.len(), acknowledged.len());
}

fn start(database: &Database, data: &std::path::Path) -> App {
    App::start(Options { database: database.clone(), data: Some(data.to_owned()), ..Options::default() })
        .unwrap()
}

fn add_until_killed(app: &App, alice: &Caller, after: Duration) -> Vec<String> {
    let killed = AtomicBool::new(false);
    let killed = &killed;
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(move || add_while(alice, killed))).collect();
        // The first acknowledged add may have to wait for a component to be instantiated.
        alice.post("/api/v1/tasks", &json!({ "title": "warm" })).expect(201);
        thread::sleep(after);
        app.kill();
        killed.store(true, Ordering::Relaxed);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    })
}

fn add_while(alice: &Caller, killed: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !killed.load(Ordering::Relaxed) {
        let request = alice.request("POST", "/api/v1/tasks").json(&json!({ "title": "Counted" }));
        match request.try_send() {
            Ok(answer) if answer.status == 201 => {
                acknowledged.push(answer.json()["id"].as_str().unwrap().to_owned())
            }
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
