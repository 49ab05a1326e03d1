//! Components, and callers of one component, share the process: none has so much of it that others have nothing.

use crate::client::{get, send};
use crate::fixtures::fixture;
use crate::running::{app, unruly};
use std::time::{Duration, Instant};

/// Two routes to two components of the same code, and one from the first to the second.
fn pair() -> crate::running::Start {
    let source = fixture("unruly");
    app(&format!(
        "[[trigger.http]]\nroute = '/...'\ncomponent = 'flooded'\n\
         [[trigger.http]]\nroute = '/hello'\ncomponent = 'other'\n\
         [component.flooded]\nsource = '{0}'\nallowed_outbound_hosts = ['http://other.spin.internal']\n\
         [component.other]\nsource = '{0}'\n",
        source.display()
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_is_flooded_leaves_the_others_alone() {
    let app = pair().with(|s| s.limits.concurrent_requests = 4).run().await;
    let address = app.address;
    let flood: Vec<_> =
        (0..40).map(|_| tokio::spawn(async move { get(address, "/sleep?2000").await.status })).collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = Instant::now();
    assert_eq!(app.get("/hello").await.status, 200);
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    for request in flood {
        assert!([200, 503].contains(&request.await.unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_caller_leaves_room_for_another() {
    let app = unruly("").with(|s| s.limits.concurrent_requests = 8).run().await;
    let address = app.address;
    let own = |token: &'static str, path: &'static str| async move {
        send(address, "GET", path, &[("authorization", token)], String::new()).await.unwrap()
    };
    let flood: Vec<_> = (0..8).map(|_| tokio::spawn(own("Bearer a", "/sleep?1500"))).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let started = Instant::now();
    assert_eq!(own("Bearer b", "/hello").await.body, "hello");
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    for request in flood {
        assert_eq!(request.await.unwrap().body, "slept", "they take turns");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_call_another_component_do_not_wait_for_each_other() {
    let app = pair().with(|s| s.limits.concurrent_requests = 64).run().await;
    let address = app.address;
    let path = "/fetch?http://other.spin.internal/sleep?300";
    let calls: Vec<_> = (0..60).map(|_| tokio::spawn(async move { get(address, path).await })).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().body, "200 OK slept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_instances_together_have_no_more_memory_than_they_may() {
    const MIB: usize = 1 << 20;
    let limits = |s: &mut runtime_shim::RunSettings| {
        s.limits.guest_memory = 96 * MIB;
        s.limits.memory = 64 * MIB;
        s.instances.concurrency = 1;
    };
    let app = unruly("").with(limits).run().await;
    assert_eq!(app.text("/hello").await, "hello");
    let before = app.metric("process_resident_memory_bytes").await;
    let address = app.address;
    let hold: Vec<_> =
        (0..60).map(|_| tokio::spawn(async move { get(address, "/hold?20&200").await })).collect();
    let mut answered = 0;
    for held in hold {
        let held = held.await.unwrap();
        match held.status {
            200 => answered += 1,
            503 => assert!(!held.header("retry-after").is_empty(), "{held:?}"),
            other => panic!("{other}: {}", held.body),
        }
    }
    assert!(answered >= 50, "only {answered} of 60");
    let growth = app.metric("process_resident_memory_bytes").await - before;
    assert!(growth < 140e6, "{growth} bytes more");
    assert_eq!(app.text("/hello").await, "hello");
}
