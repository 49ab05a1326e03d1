//! Who guesses has to wait; who knows the password gets in meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use harness::App;

use crate::visitor::{PASSWORD, Visitor, app_behind_a_proxy, expect_wait};

const OWNER: &str = "198.51.100.1";
const STRANGER: &str = "203.0.113.9";

/// Everything that is counted, to be compared.
fn attempts(app: &App) -> String {
    app.sql("SELECT sign_in_attempts::text FROM todo.sign_in_attempts ORDER BY key").unwrap()
}

fn count(app: &App) -> String {
    app.sql("SELECT count(*) FROM todo.sign_in_attempts").unwrap().trim().to_owned()
}

/// As if whatever was counted so far had been counted very often.
fn count_much_more(app: &App) {
    app.sql("UPDATE todo.sign_in_attempts SET failures = 500").unwrap();
}

#[test]
fn the_owner_gets_in_each_time_while_a_stranger_elsewhere_goes_on_guessing() {
    let app = app_behind_a_proxy(&[]);
    let (owner, stranger) = (Visitor::at(&app, OWNER), Visitor::at(&app, STRANGER));
    owner.signs_up("owner@example.org").expect(200);
    let is_over = AtomicBool::new(false);
    let (guesses, own) = std::thread::scope(|scope| {
        let guessing = scope.spawn(|| {
            let mut statuses = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                statuses.push(stranger.signs_in("owner@example.org", "a guess").status);
                std::thread::sleep(Duration::from_millis(100));
            }
            statuses
        });
        std::thread::sleep(Duration::from_secs(2));
        let own: Vec<u16> = (0..20)
            .map(|_| {
                std::thread::sleep(Duration::from_millis(100));
                owner.signs_in("owner@example.org", PASSWORD).status
            })
            .collect();
        is_over.store(true, Ordering::Relaxed);
        (guessing.join().unwrap(), own)
    });
    assert_eq!(own, [200; 20], "the stranger was told {guesses:?}");
    assert!(guesses.iter().all(|status| matches!(status, 401 | 429)), "{guesses:?}");
    assert!(guesses.contains(&429), "{guesses:?}");
    // Also somewhere the owner has never been.
    Visitor::at(&app, "198.51.100.77").signs_in("owner@example.org", PASSWORD).expect(200);
}

#[test]
fn guesses_from_many_networks_are_slowed_down_but_not_where_the_owner_has_been() {
    let app = app_behind_a_proxy(&[]);
    let owner = Visitor::at(&app, OWNER);
    owner.signs_up("owner@example.org").expect(200);
    // Signing out ends the session; that the owner was here is remembered.
    app.sql("DELETE FROM todo.sessions").unwrap();
    Visitor::at(&app, "203.0.113.1").signs_in("owner@example.org", "a guess").expect(401);
    count_much_more(&app);
    Visitor::at(&app, "203.0.113.2").signs_in("owner@example.org", "a guess").expect(401);
    expect_wait(Visitor::at(&app, "203.0.113.3").signs_in("owner@example.org", "a guess"), 60);
    owner.signs_in("owner@example.org", PASSWORD).expect(200);
}

#[test]
fn a_network_that_has_to_wait_writes_nothing_and_counts_against_nobody() {
    let app = app_behind_a_proxy(&[]);
    let (owner, stranger) = (Visitor::at(&app, OWNER), Visitor::at(&app, STRANGER));
    owner.signs_up("owner@example.org").expect(200);
    stranger.signs_in("somebody@example.org", "a guess").expect(401);
    count_much_more(&app);
    stranger.signs_in("somebody-else@example.org", "a guess").expect(401);
    let before = attempts(&app);
    for number in 0..20 {
        expect_wait(stranger.signs_in(&format!("new-{number}@example.org"), "a guess"), 300);
        expect_wait(stranger.signs_in("owner@example.org", "a guess"), 300);
    }
    // Another address of the same network, as IPv6 has very many of them, would be no way around; see the unit tests of `client`.
    assert_eq!(attempts(&app), before);
    owner.signs_in("owner@example.org", PASSWORD).expect(200);
}

#[test]
fn attempts_that_are_forgotten_are_deleted_by_the_next_one_whoever_makes_it() {
    let app = app_behind_a_proxy(&[]);
    for number in 0..3 {
        let email = format!("nobody-{number}@example.org");
        Visitor::at(&app, &format!("203.0.113.{number}")).signs_in(&email, "a guess").expect(401);
    }
    assert_eq!(count(&app), "9");
    app.sql("UPDATE todo.sign_in_attempts SET last_at = last_at - interval '2 hours'").unwrap();
    Visitor::at(&app, "203.0.113.9").signs_in("nobody@example.org", "a guess").expect(401);
    assert_eq!(count(&app), "3");
}
