//! Somebody who has nothing to do with a flood.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use harness::{App, Caller};
use serde_json::json;

use super::MAX_MEMORY;

/// How long an answer may take while others flood the app.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);
/// How long to wait between two rounds of requests.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

/// How many rounds of three requests it takes to tell anything.
const MIN_ROUNDS: usize = 10;

/// Asks for a list and for the app's health again and again.
pub struct Bystander {
    is_over: Arc<AtomicBool>,
    rounds: Arc<AtomicUsize>,
    asking: JoinHandle<Vec<Probe>>,
    measuring: JoinHandle<f64>,
}

struct Probe {
    what: &'static str,
    status: u16,
    took: Duration,
}

/// What came of it.
pub struct Observation {
    asked: Vec<Probe>,
    /// Most resident memory of the process, in MiB.
    pub memory: f64,
}

impl Bystander {
    /// Begins to ask `app`, as a user of their own.
    pub fn watch(app: &App) -> Self {
        Self::watch_every(POLL_INTERVAL, app)
    }

    /// The same with another pause between two rounds: a short one shows how the slowest of a hundred are.
    pub fn watch_every(pause: Duration, app: &App) -> Self {
        let (user, nobody) = (app.user(), app.nobody());
        user.post("/api/v1/tasks", &json!({"title": "Mine"})).expect(201);
        let is_over = Arc::new(AtomicBool::new(false));
        let rounds = Arc::<AtomicUsize>::default();
        let (over, asked_rounds) = (Arc::clone(&is_over), Arc::clone(&rounds));
        let asking = thread::spawn(move || {
            let mut asked = Vec::new();
            while !over.load(Relaxed) {
                asked_rounds.fetch_add(1, Relaxed);
                asked.push(ask(&user, "/api/v1/tasks"));
                asked.push(ask(&nobody, "/livez"));
                asked.push(ask(&nobody, "/readyz"));
                thread::sleep(pause);
            }
            asked
        });
        let (over, url) = (Arc::clone(&is_over), app.metrics_url.clone());
        let measuring = thread::spawn(move || {
            let mut most = 0.0_f64;
            while !over.load(Relaxed) {
                most = most.max(crate::health::Metrics::at(&url).memory());
                thread::sleep(POLL_INTERVAL);
            }
            most
        });
        Self { is_over, rounds, asking, measuring }
    }

    /// Stops, and tells. A flood that was over in a moment is watched for a moment more.
    pub fn finish(self) -> Observation {
        let deadline = Instant::now() + ANSWER_TIMEOUT * 10;
        while self.rounds.load(Relaxed) <= MIN_ROUNDS && Instant::now() < deadline {
            thread::sleep(POLL_INTERVAL);
        }
        self.is_over.store(true, Relaxed);
        Observation { asked: self.asking.join().unwrap(), memory: self.measuring.join().unwrap() }
    }
}

fn ask(caller: &Caller, what: &'static str) -> Probe {
    let started = Instant::now();
    // A connection that is closed without an answer is tried once more, as browsers and most libraries do (RFC 9110, 9.2.2): the
    // floods come from the same address. One that is not answered then was not answered soon.
    let ask = || caller.request("GET", what).try_send();
    let status = ask().or_else(|_| ask()).map_or(0, |answer| answer.status);
    Probe { what, status, took: started.elapsed() }
}

impl Observation {
    /// The time in which 99 of 100 lists were answered.
    pub fn p99(&self) -> Duration {
        let lists = self.asked.iter().filter(|asked| asked.what == "/api/v1/tasks");
        let mut took: Vec<Duration> = lists.map(|asked| asked.took).collect();
        took.sort();
        took[took.len() * 99 / 100]
    }

    /// Everything was answered, and soon; and the process stayed small.
    pub fn assert_well(&self, during: &str) {
        let slowest = self.asked.iter().map(|asked| asked.took).max().unwrap_or_default();
        crate::print_progress(&format!(
            "{during}: {} requests of others, the slowest {slowest:?}; {:.0} MiB at most",
            self.asked.len(),
            self.memory
        ));
        for Probe { what, status, took } in &self.asked {
            assert_eq!(*status, 200, "{what} during {during}, after {took:?}");
            assert!(*took < ANSWER_TIMEOUT, "{what} took {took:?} during {during}");
        }
        assert!(self.asked.len() >= MIN_ROUNDS * 3, "asked only {} times", self.asked.len());
        assert!(self.memory < MAX_MEMORY, "{} MiB during {during}", self.memory);
    }
}
