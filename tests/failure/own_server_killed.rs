//! The server that the app has started for itself dies under it: the same process starts it again and serves on.

use std::thread;
use std::time::{Duration, Instant};

use harness::{App, Database, Options};
use serde_json::json;

use crate::killed_while_writing::{kill, server_pid};

#[test]
fn the_same_process_serves_again_and_nothing_acknowledged_is_lost() {
    let data = tempfile::tempdir().unwrap();
    let options =
        Options { database: Database::Embedded, data: Some(data.path().to_owned()), ..Options::default() };
    let app = App::start(options).unwrap();
    let (alice, pid) = (app.user(), app.pid());
    for round in 0..3 {
        let title = format!("before kill {round}");
        alice.post("/api/v1/tasks", &json!({ "title": title })).expect(201);
        let server = server_pid(data.path()).unwrap();
        kill(server);
        let killed = Instant::now();
        loop {
            let answer = alice.get("/api/v1/tasks?sort=created");
            if answer.status == 200 && server_pid(data.path()).is_some_and(|now| now != server) {
                assert_eq!(answer.json()["items"].as_array().unwrap().len(), round + 1);
                break;
            }
            assert!(matches!(answer.status, 200 | 503), "{}: {}", answer.status, answer.body);
            assert!(killed.elapsed() < Duration::from_secs(15), "{}", app.log());
            thread::sleep(Duration::from_millis(20));
        }
        println!("back after {:?}", killed.elapsed());
    }
    assert_eq!(app.pid(), pid);
}
