//! Very many attempts to sign in to one account.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use harness::{App, Options, by_depth};
use serde_json::json;

use super::alone;
use super::bystander::{Bystander, Observation};

/// The header in which the proxy that the test plays names the client's address.
const HEADER: &str = "x-client-address";
const EMAIL: &str = "owner@example.org";
const PASSWORD: &str = "correct horse battery";
/// Where the owner signed up, and where they have never been.
const HOME: &str = "198.51.100.1";
const ELSEWHERE: &str = "192.0.2.77";
/// How many networks the guesses come from, and how many guess at once.
const NETWORKS: usize = 10;
const GUESSERS: usize = 8;
/// How long it is watched without guesses, before and after them.
const QUIET_INTERVAL: Duration = Duration::from_secs(5);
/// In which time 99 of 100 requests of others are answered in any case.
const MAX_ANSWER_INTERVAL: Duration = Duration::from_millis(500);
/// What is not told apart from the noise of a machine whose processors the guessers share.
const NOISE_INTERVAL: Duration = Duration::from_millis(25);

fn signs_in(app: &App, address: &str, password: &str) -> (u16, bool) {
    let body = json!({"email": EMAIL, "password": password});
    let request = app.nobody().request("POST", "/api/auth/sign-in/email").header(HEADER, address);
    let answer = request.json(&body).send();
    (answer.status, answer.header("retry-after").is_some())
}

/// What was seen meanwhile.
struct Watched {
    /// By those who have nothing to do with it.
    seen: Observation,
    /// By who guesses: status, and whether they are told to wait.
    guesses: Vec<(u16, bool)>,
    /// By the owner, who signs in again and again.
    own: Vec<u16>,
}

/// Watches the app while its owner signs in and so many guesses are made; without guesses for some seconds.
fn watch(app: &App, count: usize) -> Watched {
    let bystander = Bystander::watch_every(Duration::from_millis(5), app);
    let (sent, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (guesses, own) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let guess = || {
        loop {
            let number = sent.fetch_add(1, Relaxed);
            if number >= count {
                return;
            }
            let answer = signs_in(app, &format!("203.0.113.{}", number % NETWORKS), "a guess");
            guesses.lock().unwrap().push(answer);
            thread::sleep(Duration::from_millis(10));
        }
    };
    thread::scope(|scope| {
        let guessing: Vec<_> = (0..GUESSERS).map(|_| scope.spawn(guess)).collect();
        scope.spawn(|| {
            while !is_over.load(Relaxed) {
                own.lock().unwrap().push(signs_in(app, HOME, PASSWORD).0);
                thread::sleep(Duration::from_millis(250));
            }
        });
        guessing.into_iter().for_each(|one| one.join().unwrap());
        if count == 0 {
            thread::sleep(QUIET_INTERVAL);
        }
        is_over.store(true, Relaxed);
    });
    let (guesses, own) = (guesses.into_inner().unwrap(), own.into_inner().unwrap());
    Watched { seen: bystander.finish(), guesses, own }
}

#[test]
fn ten_thousand_sign_ins_on_one_account_hold_up_nobody_and_its_owner_gets_in() {
    let _alone = alone();
    let count = by_depth(600, 10_000);
    let variables = vec![("client_address_header".to_owned(), HEADER.to_owned())];
    let app = App::start(Options { variables, ..Options::default() }.without_quotas()).unwrap();
    let account = json!({"name": "Ann", "email": EMAIL, "password": PASSWORD});
    let sign_up = app.nobody().request("POST", "/api/auth/sign-up/email").header(HEADER, HOME);
    sign_up.json(&account).send().expect(200);
    assert_eq!(signs_in(&app, HOME, PASSWORD).0, 200);

    let before = watch(&app, 0);
    let Watched { seen, guesses, own } = watch(&app, count);
    let after = watch(&app, 0);
    let quiet = before.seen.p99().max(after.seen.p99());
    let looked_at = guesses.iter().filter(|(status, _)| *status == 401).count();
    crate::print_progress(&format!(
        "{count} sign-ins on one account: {looked_at} passwords looked at; p99 of others {:?}, {quiet:?} without them; {:.0} MiB",
        seen.p99(),
        seen.memory
    ));
    assert_eq!(guesses.len(), count);
    assert!(
        guesses.iter().all(|(status, waits)| *status == 401 || (*status == 429 && *waits)),
        "{guesses:?}"
    );
    // A hundred of the account are free, and each network waits for itself before.
    assert!(looked_at < 100 + NETWORKS * 10, "{looked_at}");
    assert!(!own.is_empty() && own.iter().all(|status| *status == 200), "{own:?}");
    assert_eq!(signs_in(&app, ELSEWHERE, PASSWORD).0, 200, "somewhere the owner has never been");
    seen.assert_well("many sign-ins on one account");
    // In the short run other stages have the processors at the same time, now more and now less: there is nothing to compare.
    let bound = by_depth(MAX_ANSWER_INTERVAL, quiet.max(NOISE_INTERVAL) * 2);
    assert!(seen.p99() <= bound, "{:?}, {quiet:?} without them", seen.p99());
    let rows = app.sql("SELECT count(*) FROM todo.sign_in_attempts").unwrap();
    assert!(rows.trim().parse::<usize>().unwrap() <= 2 * (NETWORKS + 2) + 1, "{rows}");
}
