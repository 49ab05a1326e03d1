//! No message makes the rules panic, and none keeps them busy: an instance serves many people at once. The short form reads 10,000;
//! `FUZZED_MESSAGES` says how many the deep form reads (`cargo xtask test fuzz`: a million).

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod fuzzed;

use std::time::Duration;

use fuzzed::{TOOLS, message, tool};
use model_builtin::conversation::{Event, Message, Turn};
use model_builtin::respond;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rustix::time::{ClockId, clock_gettime};

const SHORT: usize = 10_000;

/// The processor time that a turn may take. Without optimisation it takes some ten times as much.
const TURN_TIMEOUT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 50 });

/// What may be typed: of a hundred, one is as long as a message may be.
fn typed() -> impl Strategy<Value = String> {
    let unit = prop::collection::vec(message(), 1..6).prop_map(|parts| parts.join(" "));
    prop_oneof![
        99 => message(),
        1 => (unit, select(&["", ", ", "\n- ", " and "][..])).prop_map(|(unit, joint)| {
            format!("{unit}{joint} ").chars().cycle().take(4_000).collect()
        }),
    ]
}

/// The processor time that this thread has had.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).expect("below a second"))
}

/// Reads so many messages; the longest turn, and its message.
fn slowest(seed: u8, count: usize) -> (Duration, String) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = typed();
    let mut slowest = (Duration::ZERO, String::new());
    for _ in 0..count {
        let said = strategy.new_tree(&mut runner).expect("a message").current();
        let turn = Turn {
            messages: vec![Message::User(said.clone())],
            tools: TOOLS.iter().copied().map(tool).collect(),
            now: 1_795_251_600_000_000,
            time_zone: "Europe/Berlin".to_owned(),
        };
        let before = processor_time();
        let events = respond(&turn);
        let taken = processor_time() - before;
        assert_eq!(events.last(), Some(&Event::End), "{said:?}");
        if taken > slowest.0 {
            slowest = (taken, said);
        }
    }
    slowest
}

#[test]
fn every_message_is_answered_and_none_takes_long() {
    let count = std::env::var("FUZZED_MESSAGES").ok().and_then(|count| count.parse().ok()).unwrap_or(SHORT);
    // What is made once, for all turns, is no part of one.
    slowest(0, 10);
    let seeds =
        u8::try_from(std::thread::available_parallelism().map_or(1, usize::from).min(64)).expect("a few");
    let (taken, said) = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=seeds)
            .map(|seed| scope.spawn(move || slowest(seed, count.div_ceil(usize::from(seeds)))))
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).max().expect("a thread")
    });
    let begins: String = said.chars().take(200).collect();
    assert!(taken <= TURN_TIMEOUT, "{taken:?} for {} characters: {begins:?}", said.chars().count());
}
