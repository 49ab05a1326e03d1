//! A component that loops, grows, traps or hangs is stopped and answered alone.

use crate::running::unruly;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_loop_is_stopped_and_others_are_answered_meanwhile() {
    let app = unruly("").with(|s| s.limits.cpu = Duration::from_millis(500)).run().await;
    let address = app.address;
    let loops: Vec<_> =
        (0..4).map(|_| tokio::spawn(async move { crate::client::get(address, "/loop").await })).collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let started = Instant::now();
    assert_eq!(app.text("/hello").await, "hello");
    assert!(started.elapsed() < Duration::from_millis(400), "waited for the loops: {:?}", started.elapsed());
    for stopped in loops {
        stopped.await.unwrap().assert_problem(503, "/problems/over-limit");
    }
    assert_eq!(app.text("/hello").await, "hello");
    app.wait_for("component_stops_total{component=\"unruly\",reason=\"cpu\"}", 4.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_does_not_use_the_processor_budget() {
    let app = unruly("").with(|s| s.limits.cpu = Duration::from_millis(100)).run().await;
    assert_eq!(app.text("/sleep?1000").await, "slept");
    assert_eq!(app.text("/burn?50").await, "burnt");
    let streamed = app.get("/stream?60").await;
    assert!(streamed.complete);
    assert_eq!(streamed.body.lines().count(), 10);
    app.get("/loop").await.assert_problem(503, "/problems/over-limit");
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_over_the_limit_is_refused_to_that_request_alone() {
    let app = unruly("").with(|s| s.limits.memory = 32 << 20).run().await;
    app.get("/grow").await.assert_problem(503, "/problems/over-limit");
    assert_eq!(app.text("/hello").await, "hello");
    app.wait_for("component_stops_total{component=\"unruly\",reason=\"memory\"}", 1.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trap_is_a_problem_with_the_request_id() {
    let app = unruly("").run().await;
    let answer = app.send("GET", "/trap", &[("x-request-id", "my-id")], "").await;
    answer.assert_problem(500, "/problems/internal");
    assert_eq!(answer.header("x-request-id"), "my-id");
    assert_eq!(app.text("/hello").await, "hello");
    app.wait_for("component_stops_total{component=\"unruly\",reason=\"trap\"}", 1.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_takes_too_long_is_a_gateway_timeout() {
    let app = unruly("").with(|s| s.limits.response_head = Duration::from_millis(300)).run().await;
    let started = Instant::now();
    app.get("/sleep?60000").await.assert_problem(504, "/problems/timeout");
    assert!(started.elapsed() < Duration::from_secs(3));
    app.wait_for("component_stops_total{component=\"unruly\",reason=\"timeout\"}", 1.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_may_outlive_the_head_limit_but_not_the_total() {
    let limits = |s: &mut runtime_shim::RunSettings| {
        s.limits.response_head = Duration::from_millis(300);
        s.limits.total = Duration::from_millis(1500);
    };
    let app = unruly("").with(limits).run().await;
    let short = app.get("/stream?80").await;
    assert!(short.complete, "{short:?}");
    let long = app.get("/stream?1000").await;
    assert_eq!(long.status, 200);
    assert!(!long.complete, "{long:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_stream_does_not_look_like_its_end() {
    let app = unruly("").run().await;
    let answer = app.get("/panic-while-streaming?20").await;
    assert_eq!(answer.status, 200);
    assert!(!answer.complete, "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_with_an_instance_of_their_own_survive_each_others_panics() {
    let app = unruly("").with(|s| s.instances.concurrency = 1).run().await;
    let address = app.address;
    let stream = tokio::spawn(async move { crate::client::get(address, "/stream?50").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..5 {
        app.get("/trap").await.assert_problem(500, "/problems/internal");
    }
    let stream = stream.await.unwrap();
    assert!(stream.complete, "{stream:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_share_an_instance_share_its_end() {
    let app = unruly("").with(|s| s.instances.concurrency = 16).run().await;
    let address = app.address;
    let stream = tokio::spawn(async move { crate::client::get(address, "/stream?50").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.get("/trap").await.assert_problem(500, "/problems/internal");
    let stream = stream.await.unwrap();
    assert!(!stream.complete, "{stream:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_requests_that_share_an_instance_only_the_busy_one_is_told_it_was_over_the_limit() {
    let shared = |s: &mut runtime_shim::RunSettings| {
        s.instances.concurrency = 16;
        s.limits.cpu = Duration::from_millis(300);
    };
    let app = unruly("").with(shared).run().await;
    let address = app.address;
    let sleeper = tokio::spawn(async move { crate::client::get(address, "/sleep?5000").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.get("/loop").await.assert_problem(503, "/problems/over-limit");
    sleeper.await.unwrap().assert_problem(500, "/problems/internal");
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_are_used_as_often_as_the_policy_says() {
    let app = unruly("").with(|s| s.instances.max_requests = 3).run().await;
    let mut served = Vec::new();
    for _ in 0..7 {
        served.push(app.text("/served").await);
    }
    assert_eq!(served, ["1", "2", "3", "1", "2", "3", "1"]);
    let app = unruly("").with(|s| s.instances.max_requests = 1).run().await;
    for _ in 0..3 {
        assert_eq!(app.text("/served").await, "1");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not() {
    let app = unruly("").with(|s| s.limits.body = 1000).run().await;
    assert_eq!(app.send("POST", "/length", &[], &"x".repeat(1000)).await.body, "1000");
    app.send("POST", "/length", &[], &"x".repeat(1001)).await.assert_problem(413, "/problems/body-too-large");
    let chunked = crate::client::send_chunked(app.address, "/length", &"x".repeat(5000)).await;
    chunked.assert_problem(413, "/problems/body-too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_requests_than_allowed_at_a_time_wait_for_a_while_and_are_then_told_to_come_back() {
    let limits = |s: &mut runtime_shim::RunSettings| {
        // Half of them for one address.
        s.limits.concurrent_requests = 4;
        s.limits.wait = Duration::from_millis(300);
    };
    let app = unruly("").with(limits).run().await;
    let address = app.address;
    let slow = |milliseconds: u32| {
        let headers = [("authorization", milliseconds.to_string())];
        async move {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let path = format!("/sleep?{milliseconds}");
            crate::client::send(address, "GET", &path, &headers, String::new()).await.unwrap()
        }
    };
    let busy = [tokio::spawn(slow(1500)), tokio::spawn(slow(700))];
    tokio::time::sleep(Duration::from_millis(200)).await;
    let refused = app.get("/hello").await;
    refused.assert_problem(503, "/problems/busy");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(app.text("/hello").await, "hello", "one has ended while it waited");
    for request in busy {
        assert_eq!(request.await.unwrap().body, "slept");
    }
}
