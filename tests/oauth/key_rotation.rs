//! Keys are replaced while programs work: no request of theirs fails.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use harness::{Answer, App, Caller, Database, by_depth};
use serde_json::json;

use crate::person::Person;
use crate::program::{Program, parameter};
use crate::signing_keys::{SetAtEnd, another, app, at};
use crate::tokens::header;

/// How many programs work at a time.
const PROGRAMS: usize = 6;
/// After this time a process that has signed before signs with a new key.
const SIGNING_INTERVAL: Duration = Duration::from_secs(65);
/// How long to wait for the programs to begin.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// As much as they like: this is about keys.
const NO_QUOTAS: [(&str, &str); 2] = [("rest_calls_per_minute", "0"), ("mcp_calls_per_minute", "0")];

/// What programs saw.
#[derive(Default)]
struct Seen {
    requests: AtomicUsize,
    failures: Mutex<Vec<Answer>>,
    key_ids: Mutex<BTreeSet<String>>,
}

impl Seen {
    /// Counts an answer, which has to be a good one.
    fn count(&self, answer: Answer) -> Answer {
        self.requests.fetch_add(1, Relaxed);
        if answer.status != 200 {
            self.failures.lock().unwrap().push(answer.clone());
        }
        answer
    }

    /// A program that refreshes its token, and works with it at each replica over REST and MCP, until it is over.
    fn watch(&self, first: &App, replicas: &[&App], is_over: &AtomicBool) {
        let (person, program) = (Person::new(first), Program::new(first));
        let back = person.allows(&program.address(&[("resource", Some(&first.url))]));
        let mut tokens = program.exchanges(&parameter(&back, "code").unwrap()).expect(200).json();
        while !is_over.load(Relaxed) {
            let refreshed = self.count(program.refreshes(tokens["refresh_token"].as_str().unwrap()));
            if refreshed.status == 200 {
                tokens = refreshed.json();
            }
            let token = tokens["access_token"].as_str().unwrap();
            self.key_ids.lock().unwrap().insert(header(token)["kid"].as_str().unwrap().to_owned());
            for replica in replicas {
                let caller = Caller::new(&replica.url, uuid::Uuid::nil(), Some(token.to_owned()));
                self.count(caller.get("/api/v1/tasks"));
                self.count(caller.mcp("tools/list", json!({})));
            }
        }
    }
}

#[test]
fn no_request_fails_while_keys_are_replaced_again_and_again() {
    let first = app(Database::Shared, &NO_QUOTAS);
    let mut variables = NO_QUOTAS.to_vec();
    variables.push(("public_url", &first.url));
    let second = another(&first, &variables);
    let rotations = by_depth(2, 5);
    let (seen, is_over) = (Seen::default(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let _end = SetAtEnd(&is_over);
        for _ in 0..PROGRAMS {
            scope.spawn(|| seen.watch(&first, &[&first, &second], &is_over));
        }
        let start = Instant::now();
        while seen.requests.load(Relaxed) < PROGRAMS * 5 && start.elapsed() < START_TIMEOUT {
            std::thread::sleep(Duration::from_millis(50));
        }
        for _ in 0..rotations {
            // What an operator runs to change keys, and at once a new one from a process that has signed nothing yet.
            first.sql("UPDATE todo.signing_keys SET retired_at = now() WHERE retired_at IS NULL").unwrap();
            let retired = first.sql("SELECT id FROM todo.signing_keys WHERE retired_at IS NOT NULL").unwrap();
            let third = another(&first, &variables);
            let new = at(&third, &first.url);
            let key_id = header(&new)["kid"].as_str().unwrap().to_owned();
            assert!(!retired.contains(&key_id), "{key_id} signs, though it is one of {retired}");
            seen.key_ids.lock().unwrap().insert(key_id);
            for app in [&first, &second] {
                let caller = Caller::new(&app.url, uuid::Uuid::nil(), Some(new.clone()));
                seen.count(caller.get("/api/v1/tasks"));
                seen.count(caller.mcp("tools/list", json!({})));
            }
            // At the whole depth until the two replicas sign with it as well.
            std::thread::sleep(by_depth(Duration::from_secs(2), SIGNING_INTERVAL));
        }
    });
    let failures = seen.failures.into_inner().unwrap();
    let (requests, key_ids) = (seen.requests.into_inner(), seen.key_ids.into_inner().unwrap());
    println!("{requests} requests under {} keys, {} failed", key_ids.len(), failures.len());
    assert!(failures.is_empty(), "{} of {requests}: {:?}", failures.len(), failures.first());
    assert!(requests > PROGRAMS * 10, "{requests}");
    assert!(key_ids.len() > rotations, "{key_ids:?}");
}
