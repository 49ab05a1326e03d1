//! What a request looks like to a component, and an answer to a client.

use crate::fixtures::fixture;
use crate::running::{app, unruly};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_component_gets_the_headers_spin_gives_and_not_those_a_client_makes_up() {
    let source = fixture("unruly");
    let app = app(&format!(
        "[[trigger.http]]\nroute = '/api/:version/...'\ncomponent = 'unruly'\n[component.unruly]\nsource = '{}'\n",
        source.display()
    ))
    .run()
    .await;
    let headers = [("spin-client-addr", "1.2.3.4:5"), ("spin-made-up", "x"), ("x-request-id", "abc")];
    let body = app.send("PUT", "/api/v1/tasks/7?q=1", &headers, "").await.body;
    let address = app.address;
    for line in [
        &format!("PUT http://{address}/api/v1/tasks/7?q=1"),
        "spin-base-path: /",
        "spin-component-route: /api/:version",
        &format!("spin-full-url: http://{address}/api/v1/tasks/7?q=1"),
        "spin-matched-route: /api/:version/...",
        "spin-path-info: /tasks/7",
        "spin-path-match-version: v1",
        "spin-raw-component-route: /api/:version/...",
        "x-request-id: abc",
    ] {
        assert!(body.lines().any(|l| l == line), "{line} in {body}");
    }
    assert!(body.contains("spin-client-addr: 127.0.0.1:"), "{body}");
    assert!(!body.contains("spin-made-up"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_a_request_id() {
    let app = unruly("").run().await;
    assert_eq!(app.get("/hello").await.header("x-request-id").len(), 32);
    let kept = app.send("GET", "/hello", &[("x-request-id", "kept-1.0_x")], "").await;
    assert_eq!(kept.header("x-request-id"), "kept-1.0_x");
    let replaced = app.send("GET", "/hello", &[("x-request-id", "a b")], "").await;
    assert_eq!(replaced.header("x-request-id").len(), 32);
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_without_a_route_are_a_problem_and_fixed_answers_need_no_component() {
    let source = fixture("unruly");
    let app = app(&format!(
        "[[trigger.http]]\nroute = '/only'\ncomponent = 'unruly'\n\
         [[trigger.http]]\nroute = '/fixed'\nstatic_response = {{ status_code = 418, headers = {{ x-a = 'b' }}, body = 'tea' }}\n\
         [component.unruly]\nsource = '{}'\n",
        source.display()
    ))
    .run()
    .await;
    app.get("/other").await.assert_problem(404, "/problems/not-found");
    let fixed = app.get("/fixed").await;
    assert_eq!((fixed.status, fixed.body.as_str(), fixed.header("x-a")), (418, "tea", "b"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_component_is_reached_from_inside_only() {
    let source = fixture("unruly");
    let app = app(&format!(
        "[[trigger.http]]\nroute = '/...'\ncomponent = 'front'\n\
         [[trigger.http]]\nroute = {{ private = true }}\ncomponent = 'inner'\n\
         [component.front]\nsource = '{0}'\nallowed_outbound_hosts = ['http://inner.spin.internal', 'http://self']\n\
         [component.inner]\nsource = '{0}'\n",
        source.display()
    ))
    .run()
    .await;
    assert_eq!(app.text("/fetch?http://inner.spin.internal/hello").await, "200 OK hello");
    assert_eq!(app.text("/fetch?http://self/hello").await, "200 OK hello");
    let chained =
        app.send("GET", "/fetch?http://inner.spin.internal/headers", &[("x-request-id", "one-id")], "").await;
    assert!(chained.body.contains("x-request-id: one-id"), "{}", chained.body);
    // The inner one may not call back.
    let nested = app.text("/fetch?http://inner.spin.internal/fetch?http://front.spin.internal/hello").await;
    assert!(nested.contains("HttpRequestDenied"), "{nested}");
    let unknown = app.get("/fetch?http://nobody.spin.internal/").await;
    assert!(unknown.body.contains("HttpRequestDenied"), "{}", unknown.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_in_progress_are_answered_before_the_end() {
    let mut app = unruly("").run().await;
    let address = app.address;
    let slow = tokio::spawn(async move { crate::client::get(address, "/sleep?500").await });
    let stream = tokio::spawn(async move { crate::client::get(address, "/stream?70").await });
    tokio::time::sleep(Duration::from_millis(150)).await;
    let started = Instant::now();
    let ended = app.stop();
    assert_eq!(slow.await.unwrap().body, "slept");
    assert!(stream.await.unwrap().complete);
    ended.await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(crate::client::send(address, "GET", "/hello", &[], String::new()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draining_app_answers_new_requests_and_closes_each_connection_after_its_answer() {
    let mut app = unruly("").with(|s| s.drain = Duration::from_millis(600)).run().await;
    let address = app.address;
    assert_eq!(app.get("/hello").await.header("connection"), "");
    let ended = app.stop();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let answer = crate::client::get(address, "/hello").await;
    assert_eq!((answer.status, answer.header("connection")), (200, "close"));
    assert_eq!(crate::client::get(app.metrics, "/readyz").await.status, 503);
    ended.await.unwrap();
    assert!(crate::client::send(address, "GET", "/hello", &[], String::new()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_does_not_wait_longer_than_the_grace_time() {
    let mut app = unruly("").with(|s| s.grace = Duration::from_millis(300)).run().await;
    let address = app.address;
    drop(tokio::spawn(async move {
        crate::client::send(address, "GET", "/sleep?20000", &[], String::new()).await
    }));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    app.stop().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(3));
}
