//! Whatever a client sends, the app answers it, stays whole, and grows no larger.
//!
//! Each message follows from its number and the seed, but for what was learned from answers: ids are different each time.

mod answers;
mod floods;
mod health;
mod hostile_values;
mod known_values;
mod messages;
mod request;
mod request_state;
mod sender;
mod unstorable;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use harness::{App, Options, by_depth};
use known_values::{Kind, KnownValues};
use sender::Sender;
use serde_json::json;

const SEED: u64 = 0x2026_0728;
const SENDERS: u32 = 4;

/// By how much memory may differ after as many messages again, in MiB: what caches and allocators do at random.
const ALLOWANCE: f64 = 24.0;

/// What must have come of some of them, or they were not of every kind.
const OUTCOMES: [&str; 17] = [
    "200",
    "200 -32601",
    "200 -32602",
    "202",
    "400 -32600",
    "400 -32602",
    "400 -32700",
    "400 -32020",
    "400 -32021",
    "400 -32022",
    "401",
    "403",
    "404 -32001",
    "404 -32601",
    "405 -32600",
    "415 -32600",
    "stream",
];

/// How long the app gets to let go of what it holds for clients that left, and of instances that idle.
const COOLDOWN_INTERVAL: Duration = Duration::from_secs(8);

#[test]
fn many_thousand_hostile_messages_do_no_harm() {
    let messages: u32 = by_depth(10_000, 100_000);
    let app = App::start(Options::default().without_quotas()).unwrap();
    let victim = app.user();
    let secret = victim.post("/api/v1/tasks", &json!({"title": "Not yours"})).expect(201).json();
    let path = format!("/api/v1/tasks/{}", secret["id"].as_str().unwrap());

    let mut foreign = Sender::new(&app, &victim, &KnownValues::default());
    foreign.begin_session(Kind::Session);
    foreign.begin_session(Kind::AskingSession);
    foreign.known.learn_from(&secret);
    let mut senders: Vec<Sender> =
        (0..SENDERS).map(|_| Sender::new(&app, &app.user(), &foreign.known)).collect();
    for sender in &mut senders {
        sender.begin_session(Kind::Session);
        sender.begin_session(Kind::AskingSession);
    }

    let mut failures = send(&mut senders, 0..messages / 2);
    let half = metrics_at_rest(&app);
    failures.extend(send(&mut senders, messages / 2..messages));
    let whole = metrics_at_rest(&app);
    let mut outcomes = BTreeMap::new();
    for (outcome, count) in senders.iter().flat_map(|sender| &sender.outcomes) {
        *outcomes.entry(outcome.as_str()).or_insert(0) += count;
    }
    print_progress(&format!("{outcomes:?}"));

    print_progress(&format!(
        "{:.0} requests, {:.1} MiB, then {:.1} MiB",
        whole.requests(),
        half.memory(),
        whole.memory()
    ));
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n\n"));
    let missing: Vec<_> = OUTCOMES.iter().filter(|wanted| !outcomes.contains_key(**wanted)).collect();
    assert!(missing.is_empty(), "none of the messages came to {missing:?}");
    assert!(outcomes["200"] > messages / 5, "most were refused at once");
    assert_eq!(whole.failures_of_server(), Vec::<String>::new());
    assert_eq!(health::panics(&app), Vec::<String>::new());
    assert!(whole.requests() >= f64::from(messages));
    assert!(whole.memory() - half.memory() <= ALLOWANCE, "{} MiB, then {}", half.memory(), whole.memory());
    assert_eq!(victim.get(&path).expect(200).json()["title"], "Not yours");
}

/// Sends the messages with these numbers, and tells what was wrong with the first few answers that were.
fn send(senders: &mut [Sender], numbers: std::ops::Range<u32>) -> Vec<String> {
    let start = Instant::now();
    let sent = std::sync::atomic::AtomicU32::new(0);
    let all = numbers.len();
    let failures: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = (numbers.start..)
            .zip(senders)
            .map(|(first, sender)| {
                let (sent, numbers) = (&sent, first..numbers.end);
                scope.spawn(move || {
                    let mut failures = Vec::new();
                    for number in numbers.step_by(SENDERS as usize) {
                        let mut random = Rng::with_seed(SEED ^ (u64::from(number) << 32));
                        let request = request::any(&mut random, &sender.known);
                        if let Err(what) = sender.send(&request) {
                            failures.push(format!("{number}: {what}\n{}", request.describe()));
                        }
                        let count = 1 + sent.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        if count % 10_000 == 0 {
                            print_progress(&format!(
                                "{count} of {all} messages, {} s",
                                start.elapsed().as_secs()
                            ));
                        }
                        if failures.len() >= 60 {
                            break;
                        }
                    }
                    failures
                })
            })
            .collect();
        running.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    });
    failures
}

/// The metrics after a while without messages.
fn metrics_at_rest(app: &App) -> health::Metrics {
    thread::sleep(COOLDOWN_INTERVAL);
    health::Metrics::read(app)
}

/// Says how far it is, also where the output of tests is kept back.
fn print_progress(line: &str) {
    let _ = writeln!(std::io::stderr(), "hostile: {line}");
}
