//! What many clients do at once, or leave undone, costs them, and nobody else: another user, and who asks whether the app is
//! alive, are answered within a second all the while, and the process stays small.

mod bystander;
mod http2;
mod sign_ins;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use bystander::Bystander;
use harness::{Answer, App, Caller, Options, by_depth, runtime_shim};
use scratch_postgres::write_program;
use serde_json::json;

/// How long what is left undone stays so.
fn hold() {
    thread::sleep(Duration::from_secs(by_depth(2, 6)));
}

/// Most memory of the process while it is flooded, in MiB: some 110 of its own, 70 of them the mapped code, and what its instances have. One
/// that has hashed a password has 20, and of 20 floods of people who sign up eight had 281 to 303 MiB, the others 223 to 266.
const MAX_MEMORY: f64 = 320.0;

/// One flood at a time: each would disturb what another one measures.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn start() -> App {
    App::start(Options::default()).unwrap()
}

fn port(app: &App) -> u16 {
    app.url.rsplit(':').next().unwrap().parse().unwrap()
}

/// Opens `number` connections that each send `bytes`, and nothing more.
fn connections(app: &App, number: usize, bytes: &[u8]) -> Vec<TcpStream> {
    let connect = |_| {
        let mut stream = TcpStream::connect(("127.0.0.1", port(app))).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    };
    (0..number).map(connect).collect()
}

/// The first line of the answer.
fn status(stream: &mut TcpStream) -> String {
    let mut head = [0; 12];
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.read_exact(&mut head).map(|()| String::from_utf8_lossy(&head).into_owned()).unwrap_or_default()
}

/// A `GET` of `path` by `caller`, as it is sent.
fn get(caller: &Caller, path: &str, headers: &str) -> Vec<u8> {
    let token = caller.token.as_deref().unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n{headers}\r\n")
        .into_bytes()
}

#[test]
fn pipelined_requests_whose_answers_nobody_reads_do_not_fill_the_memory() {
    let _alone = alone();
    let app = start();
    app.nobody().get("/api/openapi.json").expect(200);
    // What the bystander uses has its memory before: the first request of a component takes some for it.
    let quiet = Bystander::watch(&app);
    thread::sleep(Duration::from_secs(2));
    let before = quiet.finish().memory;
    let bystander = Bystander::watch(&app);
    let requests = "GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3000);
    let left = TcpStream::connect(("127.0.0.1", port(&app))).unwrap();
    let mut stays = left.try_clone().unwrap();
    stays.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    // The app stops reading when it has enough of them.
    let _blocked = stays.write_all(requests.as_bytes());
    hold();
    let seen = bystander.finish();
    seen.assert_well("pipelining");
    assert!(seen.memory - before < 20.0, "{before} MiB, then {}", seen.memory);
}

#[test]
fn half_sent_bodies_turn_nobody_away() {
    let _alone = alone();
    let app = start();
    let bystander = Bystander::watch(&app);
    let head = "POST /api/auth/sign-in/email HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    let _halves = connections(&app, 520, head.as_bytes());
    hold();
    bystander.finish().assert_well("520 half-sent bodies");
}

#[test]
fn silent_connections_turn_nobody_away_where_descriptors_are_few() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let host = folder.path().join("host");
    let script = format!("#!/bin/sh\nulimit -n 256\nexec '{}' \"$@\"\n", runtime_shim().display());
    write_program(&host, &script).unwrap();
    let app = App::start(Options { host: Some(host), ..Options::default() }).unwrap();
    let bystander = Bystander::watch(&app);
    let _silent = connections(&app, 260, b"");
    hold();
    let _more = connections(&app, 260, b"GET /livez HT");
    hold();
    bystander.finish().assert_well("520 silent connections at 256 descriptors");
}

#[test]
fn streams_without_window_turn_nobody_away() {
    let _alone = alone();
    let app = start();
    let bystander = Bystander::watch(&app);
    let _stuck: Vec<_> = (0..3).map(|_| http2::open_without_window(port(&app), 200)).collect();
    hold();
    bystander.finish().assert_well("600 streams without window");
}

#[test]
fn listening_streams_turn_nobody_away() {
    let _alone = alone();
    let app = start();
    let user = app.user();
    let bystander = Bystander::watch(&app);
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": {
        "notifications": {"toolsListChanged": true},
        "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                  "io.modelcontextprotocol/clientInfo": {"name": "flood", "version": "1"},
                  "io.modelcontextprotocol/clientCapabilities": {}}}})
    .to_string();
    let request = format!(
        "POST /mcp HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         accept: application/json, text/event-stream\r\nmcp-protocol-version: 2026-07-28\r\n\
         mcp-method: subscriptions/listen\r\ncontent-length: {}\r\n\r\n{message}",
        port(&app),
        user.token.as_deref().unwrap(),
        message.len()
    );
    let mut streams = connections(&app, 515, request.as_bytes());
    hold();
    bystander.finish().assert_well("515 listening streams");
    let statuses: Vec<_> = streams.iter_mut().map(status).collect();
    let count = |wanted: &str| statuses.iter().filter(|status| status.ends_with(wanted)).count();
    assert!((1..=32).contains(&count("200")), "{statuses:?}");
    assert_eq!(count("200") + count("429") + count("503"), 515, "{statuses:?}");
}

#[test]
fn readers_that_do_not_read_turn_nobody_away() {
    let _alone = alone();
    let app = start();
    let user = app.user();
    let notes = "n".repeat(10_000);
    for number in 0..430 {
        user.post("/api/v1/tasks", &json!({"title": format!("task {number}"), "notes": notes})).expect(201);
    }
    let bystander = Bystander::watch(&app);
    let _readers = connections(&app, 300, &get(&user, "/api/v1/tasks/export?format=json", ""));
    // At the whole depth beyond the time after which they are given up.
    thread::sleep(Duration::from_secs(by_depth(4, 20)));
    bystander.finish().assert_well("300 readers of 4 MB that do not read");
}

#[test]
fn many_sign_ups_at_once_are_made_or_told_to_come_back() {
    let _alone = alone();
    // The bystander asks more often than a person may in a minute.
    let app = App::start(Options::default().without_quotas()).unwrap();
    let pause = Duration::from_millis(5);
    let bystander = Bystander::watch_every(pause, &app);
    thread::sleep(Duration::from_secs(3));
    let quiet = bystander.finish();
    let bystander = Bystander::watch_every(pause, &app);
    let (nobody, origin) = (&app.nobody(), &app.url);
    // Whoever is told to come back does.
    let sign_up = |number: usize| {
        let body = json!({"email": format!("n{number}@example.org"), "name": "N", "password": "pale-otter-climbs-7-hills"});
        let mut tries = 0;
        loop {
            tries += 1;
            let request = nobody.request("POST", "/api/auth/sign-up/email").header("origin", origin);
            let answer = request.json(&body).send();
            match answer.header("retry-after").map(str::parse) {
                Some(Ok(seconds)) if answer.status == 503 && tries < 20 => {
                    thread::sleep(Duration::from_secs(seconds));
                }
                _ => return (answer.status, tries),
            }
        }
    };
    let answers: Vec<(u16, usize)> = thread::scope(|scope| {
        let running: Vec<_> = (0..200).map(|number| scope.spawn(move || sign_up(number))).collect();
        running.into_iter().map(|running| running.join().unwrap()).collect()
    });
    let seen = bystander.finish();
    let at_once = answers.iter().filter(|(_, tries)| *tries == 1).count();
    crate::print_progress(&format!(
        "200 sign-ups at once: {at_once} made at the first try; p99 of others {:?}, {:?} when it is quiet",
        seen.p99(),
        quiet.p99()
    ));
    assert!(answers.iter().all(|(status, _)| *status == 200), "{answers:?}");
    seen.assert_well("200 sign-ups at once");
}

#[test]
fn many_chats_at_once_are_all_answered() {
    let _alone = alone();
    let app = start();
    let bystander = Bystander::watch(&app);
    // Forty people, each with far fewer messages than one may say in a minute.
    let users: Vec<_> = (0..40).map(|_| app.user()).collect();
    let users = &users;
    let chat = |number: usize| {
        let message = json!({"message": format!("add task number {number}")});
        users[number % users.len()].post("/api/v1/chat", &message)
    };
    let answers: Vec<Answer> = thread::scope(|scope| {
        let running: Vec<_> = (0..400).map(|number| scope.spawn(move || chat(number))).collect();
        running.into_iter().map(|running| running.join().unwrap()).collect()
    });
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status != 200).collect();
    assert!(refused.is_empty(), "{} of 400: {refused:?}", refused.len());
    bystander.finish().assert_well("400 chats at once");
}
