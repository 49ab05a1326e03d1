//! Someone who adds tasks without pause and remembers which ones were acknowledged.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;
use uuid::Uuid;

/// What a writer did.
#[derive(Debug, Default)]
pub struct Written {
    /// Titles of tasks that were acknowledged.
    pub acknowledged: BTreeSet<String>,
    /// Requests that failed.
    pub failed: usize,
    /// The longest time between two acknowledgements.
    pub longest_gap: Duration,
}

/// A writer at work.
pub struct Writer {
    person: Person,
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Written>,
}

/// An account at an app.
#[derive(Clone)]
pub struct Person {
    agent: Agent,
    url: String,
    authorization: String,
}

impl Person {
    pub fn sign_up(url: &str) -> Self {
        // A connection for each request: one that hangs on to a pod that is gone must not count against the app.
        let agent: Agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(3)))
            .http_status_as_error(false)
            .max_idle_connections(0)
            .build()
            .into();
        let account = json!({
            "name": "Writer",
            "email": format!("writer-{}@example.com", Uuid::new_v4().simple()),
            "password": Uuid::new_v4().to_string(),
            "timeZone": "Europe/Berlin",
        });
        let origin = url.replace(".svc.cluster.local", ".svc");
        let signed_up = agent
            .post(format!("{url}/api/auth/sign-up/email"))
            .header("origin", &origin)
            .header("content-type", "application/json")
            .send(account.to_string())
            .unwrap();
        assert_eq!(signed_up.status(), 200);
        let cookie =
            signed_up.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let token = agent.get(format!("{url}/api/auth/token")).header("cookie", &cookie).call().unwrap();
        let token: Value = serde_json::from_str(&token.into_body().read_to_string().unwrap()).unwrap();
        let authorization = format!("Bearer {}", token["token"].as_str().unwrap());
        Self { agent, url: url.to_owned(), authorization }
    }

    /// Adds a task; whether that was acknowledged.
    pub fn add(&self, title: &str) -> bool {
        let sent = self
            .agent
            .post(format!("{}/api/v1/tasks", self.url))
            .header("authorization", &self.authorization)
            .header("content-type", "application/json")
            .send(json!({ "title": title }).to_string());
        sent.is_ok_and(|answer| answer.status() == 201)
    }

    /// The titles of all tasks, page by page.
    pub fn titles(&self) -> BTreeSet<String> {
        let mut titles = BTreeSet::new();
        let mut next = String::new();
        loop {
            let url = format!("{}/api/v1/tasks?limit=100{next}", self.url);
            let answer = self.agent.get(url).header("authorization", &self.authorization).call().unwrap();
            let page: Value = serde_json::from_str(&answer.into_body().read_to_string().unwrap()).unwrap();
            let items = page["items"].as_array().unwrap_or_else(|| panic!("not a page: {page}"));
            titles.extend(items.iter().map(|task| task["title"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => return titles,
            }
        }
    }
}

impl Writer {
    /// Signs up and starts writing.
    pub fn start(url: &str) -> Self {
        let person = Person::sign_up(url);
        let stop = Arc::new(AtomicBool::new(false));
        let (writing, stopped) = (person.clone(), Arc::clone(&stop));
        let thread = thread::spawn(move || write(&writing, &stopped));
        Self { person, stop, thread }
    }

    /// Stops, and checks that everything that was acknowledged is there.
    pub fn finish(self) -> Written {
        self.stop.store(true, Ordering::Relaxed);
        let written = self.thread.join().unwrap();
        let titles = self.person.titles();
        let lost: Vec<_> = written.acknowledged.difference(&titles).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        written
    }
}

fn write(person: &Person, stop: &AtomicBool) -> Written {
    let mut written = Written::default();
    let mut last = Instant::now();
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        number += 1;
        let title = format!("written {number}");
        if person.add(&title) {
            written.acknowledged.insert(title);
            written.longest_gap = written.longest_gap.max(last.elapsed());
            last = Instant::now();
        } else {
            written.failed += 1;
        }
        thread::sleep(Duration::from_millis(10));
    }
    written
}
