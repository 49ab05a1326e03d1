//! However many messages are answered, the process holds no more for it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use harness::{App, Options, by_depth};
use serde_json::json;

/// As many people talk at once.
const AT_ONCE: usize = 4;
/// Messages of one person, who then begins to be somebody else: a conversation has an end.
const MESSAGES_EACH: usize = 40;
/// Turns before the first look: until then instances, connections and caches are made.
const WARM_UP_TURNS: usize = 400;
/// How much more may be held after all turns than after the first: what the allocators keep differs by less.
const MAX_GROWTH_MEBIBYTES: f64 = 12.0;
/// What is said, in turns: with and without calls, streamed or not.
const SAID: [&str; 4] = ["add buy milk tomorrow 6pm", "what's open?", "done with milk", "what can you do?"];

/// Memory of the process that the allocator can't take back, in MiB.
fn memory(app: &App) -> f64 {
    let mut metrics = ureq::get(&app.metrics_url).call().expect("metrics");
    let text = metrics.body_mut().read_to_string().expect("metrics");
    let line = text.lines().find_map(|line| line.strip_prefix("process_resident_memory_bytes "));
    line.and_then(|bytes| bytes.parse::<f64>().ok()).expect("a number of bytes") / f64::from(1 << 20)
}

fn talk(app: &App, turns: usize) {
    let left = AtomicUsize::new(turns);
    let take = || {
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(MESSAGES_EACH))
            .is_ok()
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while take() {
                    let caller = app.user();
                    let mut conversation = None::<String>;
                    for (number, message) in SAID.iter().cycle().take(MESSAGES_EACH).enumerate() {
                        let body = json!({"message": message, "conversation_id": conversation});
                        if number % 2 == 0 {
                            let answer = caller.post("/api/v1/chat", &body).expect(200).json();
                            conversation = answer["conversation_id"].as_str().map(str::to_owned);
                        } else {
                            let request = caller.request("POST", "/api/v1/chat").json(&body);
                            let events =
                                request.header("accept", "text/event-stream").send().expect(200).events();
                            assert_eq!(events.last().map(|event| event.name.as_str()), Some("done"));
                        }
                    }
                }
            });
        }
    });
}

#[test]
fn memory_stays_flat_over_thousands_of_turns() {
    let turns = by_depth(1_000, 10_000);
    let app = App::start(Options::default().without_quotas()).expect("an app");
    talk(&app, WARM_UP_TURNS);
    let before = memory(&app);
    talk(&app, turns);
    let after = memory(&app);
    println!("{before:.1} MiB after {WARM_UP_TURNS} turns, {after:.1} MiB after {turns} more");
    assert!(after - before < MAX_GROWTH_MEBIBYTES, "{before:.1} MiB, then {after:.1} MiB");
}
