//! What a client sends, leaves unsent or does not take costs that client, and nobody else.

use crate::client::get;
use crate::running::{Running, unruly};
use runtime_shim::RunSettings;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long the tests' apps wait for the next bytes of a body.
const STALL_TIMEOUT: Duration = Duration::from_millis(400);

fn impatient(settings: &mut RunSettings) {
    settings.limits.stall = STALL_TIMEOUT;
}

async fn connect(address: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// All that comes until the other end closes, for a while.
async fn read_all(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // What was read counts, however the connection ended.
    let _ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn answer_to(app: &Running, request: &str) -> String {
    read_all(&mut connect(app.address, request).await).await
}

async fn assert_answers_soon(app: &Running) {
    let started = Instant::now();
    assert_eq!(app.text("/hello").await, "hello");
    assert!(started.elapsed() < Duration::from_secs(1), "waited {:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn pipelined_requests_that_nobody_reads_the_answers_of_are_not_answered_into_memory() {
    let app = unruly("").with(impatient).run().await;
    assert_eq!(app.text("/hello").await, "hello");
    let before = app.metric("process_resident_memory_bytes").await;
    let requests = "GET /large?200000 HTTP/1.1\r\nhost: a\r\n\r\n".repeat(3000);
    let mut greedy = TcpStream::connect(app.address).await.unwrap();
    // The server stops reading when it has enough of them.
    let _blocked = tokio::time::timeout(Duration::from_secs(2), greedy.write_all(requests.as_bytes())).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let growth = app.metric("process_resident_memory_bytes").await - before;
    assert!(growth < 20e6, "{growth} bytes more");
    assert_answers_soon(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_of_line_behind_a_body_delays_nothing() {
    let app = unruly("").run().await;
    let started = Instant::now();
    let request = "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nbody\r\n";
    let mut stream = connect(app.address, request).await;
    let mut first = [0; 15];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    assert!(started.elapsed() < Duration::from_secs(2), "waited {:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_head_is_told_what_is_wrong_with_it() {
    let app = unruly("").run().await;
    let many = (0..150).map(|n| format!("x-{n}: 1\r\n")).collect::<String>();
    let long = "a".repeat(70_000);
    for (request, status) in [
        (format!("GET /hello HTTP/1.1\r\nhost: a\r\n{many}\r\n"), "431"),
        (format!("GET /hello HTTP/1.1\r\nhost: a\r\nx: {long}\r\n\r\n"), "431"),
        ("GET /hello HTTP/1.1\r\nhost: a\r\nno colon\r\n\r\n".to_owned(), "400"),
        ("G@T /hello HTTP/1.1\r\nhost : a\r\n\r\n".to_owned(), "400"),
        ("GET /hello HTTP/1.1\r\nhost: a\r\nx: a\0b\r\n\r\n".to_owned(), "400"),
        ("POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab".to_owned(), "400"),
        ("POST /length HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n".to_owned(), "400"),
        ("POST /length HTTP/1.1\r\nhost: a\r\ntransfer-encoding: identity, chunked\r\nconnection: close\r\n\r\n0\r\n\r\n".to_owned(), "400"),
        ("GET /hello HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n".to_owned(), "400"),
        ("GET /hello HTTP/1.1\r\nconnection: close\r\n\r\n".to_owned(), "400"),
        ("GET /hello HTTP/1.0\r\n\r\n".to_owned(), "200"),
    ] {
        let answer = answer_to(&app, &request).await;
        let shown = &request[..request.len().min(60)];
        assert!(answer.get(9..12) == Some(status), "{shown:?}: {:?}", answer.get(..80));
    }
    let answer = answer_to(&app, &format!("GET /{long} HTTP/1.1\r\nhost: a\r\n\r\n")).await;
    assert!(["414", "431"].contains(&&answer[9..12]), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_do_not_come_take_no_place_and_are_told_so() {
    let app = unruly("").with(impatient).with(|s| s.limits.concurrent_requests = 8).run().await;
    let mut senders = Vec::new();
    for _ in 0..40 {
        let head = "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nx";
        senders.push(connect(app.address, head).await);
    }
    assert_answers_soon(&app).await;
    for sender in &mut senders {
        let answer = read_all(sender).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("/problems/request-timeout"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_body_that_stops_coming_ends_its_request_alone() {
    let app = unruly("").with(impatient).with(|s| s.limits.concurrent_requests = 8).run().await;
    let head = "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n";
    let mut senders = Vec::new();
    for _ in 0..4 {
        senders.push(connect(app.address, &format!("{head}{}", "x".repeat(100_000))).await);
    }
    assert_answers_soon(&app).await;
    let mut statuses: Vec<String> = Vec::new();
    for sender in &mut senders {
        statuses.push(read_all(sender).await.get(9..12).unwrap_or_default().to_owned());
    }
    statuses.sort();
    assert_eq!(
        statuses,
        ["408", "408", "503", "503"],
        "a quarter of the places is for bodies that still come"
    );
    assert_answers_soon(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn short_bodies_that_do_not_tell_their_length_and_have_ended_are_none_that_are_coming() {
    // One of them at a time could still be coming.
    let app = unruly("").with(|s| s.limits.concurrent_requests = 4).run().await;
    let address = app.address;
    let send =
        || tokio::spawn(async move { crate::client::send_chunked(address, "/sleep?300", "short").await });
    for request in [send(), send(), send()] {
        assert_eq!(request.await.unwrap().body, "slept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_goes_on_slowly_arrives() {
    let app = unruly("").with(impatient).run().await;
    let head = "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nconnection: close\r\n\r\n";
    let mut stream = connect(app.address, head).await;
    for _ in 0..5 {
        tokio::time::sleep(STALL_TIMEOUT / 4).await;
        stream.write_all(b"x").await.unwrap();
    }
    let answer = read_all(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\r\n5\r\n"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_make_room_for_others() {
    let app = unruly("").with(|s| s.limits.connections = 16).run().await;
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(TcpStream::connect(app.address).await.unwrap());
        assert_answers_soon(&app).await;
    }
    let (mut oldest, mut newest) = (silent.remove(0), silent.pop().unwrap());
    assert_eq!(read_all(&mut oldest).await, "");
    newest.write_all(b"GET /hello HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
    assert!(read_all(&mut newest).await.contains("hello"));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_not_taken_are_given_up() {
    let app = unruly("").with(impatient).run().await;
    // More than the system keeps for a connection.
    let request = "GET /large?20000000 HTTP/1.1\r\nhost: a\r\n\r\n";
    let mut readers = Vec::new();
    for _ in 0..2 {
        readers.push(connect(app.address, request).await);
    }
    assert_answers_soon(&app).await;
    app.wait_for("http_requests_in_flight", 0.0).await;
    for reader in &mut readers {
        let answer = read_all(reader).await;
        assert!(answer.len() < 20_000_000, "it was given up before its end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http2_stream_without_window_is_reset_and_its_neighbours_are_not() {
    let app = unruly("").with(impatient).run().await;
    let stream = TcpStream::connect(app.address).await.unwrap();
    let mut builder = hyper::client::conn::http2::Builder::new(hyper_util::rt::TokioExecutor::new());
    builder.initial_stream_window_size(1);
    let (mut sender, connection) = builder.handshake(hyper_util::rt::TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = |path: &str| {
        let uri = format!("http://{}{path}", app.address);
        http::Request::get(uri).body(http_body_util::Empty::<hyper::body::Bytes>::new()).unwrap()
    };
    let mut stuck = Vec::new();
    for _ in 0..10 {
        stuck.push(sender.send_request(request("/large?100000")).await.unwrap());
    }
    app.wait_for("http_requests_in_flight", 0.0).await;
    for response in stuck {
        let body = http_body_util::BodyExt::collect(response.into_body()).await;
        assert!(body.is_err(), "it was reset");
    }
    let response = sender.send_request(request("/hello")).await.unwrap();
    assert_eq!(response.status(), 200, "the connection goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_does_not_wait_for_clients_that_send_nothing() {
    let mut app = unruly("").run().await;
    let _silent = TcpStream::connect(app.address).await.unwrap();
    let _half_a_head = connect(app.address, "GET /hello HTTP/1.1\r\nho").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    app.stop().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_port_has_the_same_limits() {
    let app = unruly("").with(impatient).run().await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(TcpStream::connect(app.metrics).await.unwrap());
    }
    assert_eq!(get(app.metrics, "/livez").await.status, 200);
    assert_eq!(read_all(&mut silent.remove(0)).await, "", "the oldest made room");
}
